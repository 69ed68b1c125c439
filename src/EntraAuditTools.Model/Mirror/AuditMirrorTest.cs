namespace EntraAuditTools;

/// <summary>Whether a mirror is as the imports left it.</summary>
public sealed class AuditMirrorTest
{
    /// <summary>Full path of the mirror.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>Passed, or Failed when there is a problem.</summary>
    public string Result => Problems.Count == 0 ? "Passed" : "Failed";

    /// <summary>What is damaged or was changed; empty when nothing is.</summary>
    public RecordList<AuditMirrorProblem> Problems { get; init; } = new([]);

    /// <summary>What is no fault and yet has to be known: imports that no link covers yet, records that were removed, checks left out.</summary>
    public RecordList<string> Notes { get; init; } = new([]);

    /// <summary>What was checked, in order: Pages, Chain, Derivation.</summary>
    public RecordList<string> Checks { get; init; } = new([]);

    /// <summary>Imports that the mirror records.</summary>
    public long Imports { get; init; }

    /// <summary>Originals that were compared with the digests made when they were imported.</summary>
    public long Originals { get; init; }

    /// <summary>Links of the chain.</summary>
    public long Links { get; init; }

    /// <summary>
    /// Head of the chain in lower-case hex: keep it elsewhere to prove later that nothing up to here was changed; null for a mirror without.
    /// </summary>
    public string? ChainHead { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>"Passed", or "Failed: " and the first problem.</summary>
    public override string ToString() => Problems.Count == 0 ? "Passed" : $"Failed: {Problems[0]}";
}
