using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>What the log entries of one job add up to. Entries are added in the order of their time.</summary>
internal sealed class ProvisioningTally
{
    private readonly Dictionary<(string? Action, string? Status), long> outcomes = [];
    private readonly Dictionary<string, ErrorTally> errors = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, bool> lastFailed = [];
    private readonly List<long> durations = [];
    private long successes;

    public long Entries { get; private set; }

    public long Failures { get; private set; }

    public long OutOfScope { get; private set; }

    public long OtherSkips { get; private set; }

    public long FirstTicks { get; private set; }

    public long LastTicks { get; private set; }

    /// <summary>When something was provisioned last, UTC ticks; 0 when never.</summary>
    public long LastSuccessTicks { get; private set; }

    /// <summary>Entries that succeeded, with a warning or without.</summary>
    public long Successes => successes;

    public double? SuccessRate => successes + Failures == 0 ? null : Math.Round(100.0 * successes / (successes + Failures), 2);

    public TimeSpan? WorstDuration => durations.Count == 0 ? null : TimeSpan.FromMilliseconds(durations.Max());

    public IEnumerable<ProvisioningOutcome> Outcomes =>
        outcomes.Select(o => new ProvisioningOutcome { Action = o.Key.Action, Status = o.Key.Status, Count = o.Value })
        .OrderByDescending(o => o.Count).ThenBy(o => o.Action, StringComparer.Ordinal).ThenBy(o => o.Status, StringComparer.Ordinal);

    public IEnumerable<ProvisioningErrorCount> Errors => errors.Select(e => new ProvisioningErrorCount
    {
        ErrorCode = e.Key.Length == 0 ? null : e.Key,
        Count = e.Value.Count,
        Identities = e.Value.Identities.Count,
        FirstSeen = UtcTime.Of(e.Value.First),
        LastSeen = UtcTime.Of(e.Value.Last),
    }).OrderByDescending(e => e.Count).ThenBy(e => e.ErrorCode, StringComparer.Ordinal);

    /// <summary>Objects whose last outcome is a failure.</summary>
    public IEnumerable<long> Failing => lastFailed.Where(i => i.Value).Select(i => i.Key);

    /// <summary>Adds an entry.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="ticks">When, UTC.</param>
    /// <param name="identity">Number of its object; 0 when nobody is known.</param>
    /// <param name="duration">Milliseconds; null when unknown.</param>
    public void Add(ProvisioningKindText kind, long ticks, long identity, long? duration)
    {
        if (Entries++ == 0) FirstTicks = ticks;
        LastTicks = Math.Max(LastTicks, ticks);
        FirstTicks = Math.Min(FirstTicks, ticks);
        outcomes[(kind.Action, kind.Status)] = outcomes.GetValueOrDefault((kind.Action, kind.Status)) + 1;
        if (duration is { } milliseconds) durations.Add(milliseconds);
        if (kind.IsFailure) Failures++;
        else if (kind.IsSuccess) AddSuccess(ticks);
        else if (kind.IsOutOfScope) OutOfScope++;
        else if (kind.IsSkipped) OtherSkips++;
        if (identity != 0) lastFailed[identity] = kind.IsFailure;
        if (kind.IsFailure) AddError(kind.ErrorCode ?? string.Empty, ticks, identity);
    }

    /// <summary>The middle duration; of an even number, halfway between the two in the middle.</summary>
    public TimeSpan? MedianDuration()
    {
        if (durations.Count == 0) return null;
        durations.Sort();
        var middle = durations.Count / 2;
        return TimeSpan.FromMilliseconds(durations.Count % 2 == 1 ? durations[middle] : (durations[middle - 1] + durations[middle]) / 2.0);
    }

    private void AddSuccess(long ticks)
    {
        successes++;
        LastSuccessTicks = Math.Max(LastSuccessTicks, ticks);
    }

    private void AddError(string code, long ticks, long identity)
    {
        if (!errors.TryGetValue(code, out var error)) errors.Add(code, error = new() { First = ticks });
        error.Count++;
        error.First = Math.Min(error.First, ticks);
        error.Last = Math.Max(error.Last, ticks);
        if (identity != 0) error.Identities.Add(identity);
    }

    private sealed class ErrorTally
    {
        public long Count { get; set; }

        public long First { get; set; }

        public long Last { get; set; }

        public HashSet<long> Identities { get; } = [];
    }
}
