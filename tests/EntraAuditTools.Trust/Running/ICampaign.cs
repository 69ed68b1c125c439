namespace EntraAuditTools.Trust.Running;

/// <summary>
/// Tries one promise at random. A round follows from its seed alone, so that a failure can be had again: what rounds share
/// (<see cref="Round.SharedFolder"/>) is made by the first that needs it, and is the same whichever that is.
/// </summary>
internal interface ICampaign
{
    /// <summary>The word that it is asked for by.</summary>
    string Name { get; }

    /// <summary>What it promises, in one sentence.</summary>
    string Promise { get; }

    /// <summary>How many rounds the normal tests run, from seed 1; 0 where one takes minutes.</summary>
    int ShortRounds { get; }

    /// <summary>Why it cannot be run on this machine; null when it can.</summary>
    string? Missing => null;

    /// <summary>
    /// Runs one round: counts what it did, and says by <see cref="Round.Fail"/> what is not as promised. Any exception but that of
    /// <see cref="Round.Cancel"/> is a failure too.
    /// </summary>
    void Run(Round round);
}
