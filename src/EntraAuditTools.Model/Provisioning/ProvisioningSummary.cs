namespace EntraAuditTools;

/// <summary>The state of a provisioning job: what its export says, and what the provisioning logs contain about it.</summary>
public sealed class ProvisioningSummary
{
    /// <summary>Name of the application, else its id; null when neither an export nor a log names it.</summary>
    public string? Application { get; init; }

    /// <summary>Object id of the application's service principal; null when unknown.</summary>
    public string? ApplicationId { get; init; }

    /// <summary>The job; null for log entries that name none.</summary>
    public string? JobId { get; init; }

    /// <summary>Active, Paused, Quarantine, NotRun, NotConfigured as the job export says; null without one.</summary>
    public string? State { get; init; }

    /// <summary>Active, Paused or Disabled: whether the job is scheduled; null without a job export.</summary>
    public string? Schedule { get; init; }

    /// <summary>Users and groups in scope; null when nothing proves it, never 0 then: see <see cref="InScopeReason"/>.</summary>
    public long? InScope { get; init; }

    /// <summary>What <see cref="InScope"/> is taken from, or why it is not known.</summary>
    public string? InScopeReason { get; init; }

    /// <summary>Users and groups that are synchronised; null when no job export contains it, never 0 then.</summary>
    public long? Synchronized { get; init; }

    /// <summary>Objects that wait for a retry, as the last run counted them; null when no job export contains it.</summary>
    public long? InEscrow { get; init; }

    /// <summary>
    /// True when errors of single objects were cleared during the initial cycle, because there were so many that the job would have gone
    /// into quarantine: once that cycle is complete, the job pauses and waits for the customer to clean them up. Null when no job export
    /// contains it.
    /// </summary>
    public bool? EscrowsPruned { get; init; }

    /// <summary>When the job ran last, UTC; from the logs alone, the time of its last entry; null when it never ran.</summary>
    public DateTimeOffset? LastRun { get; init; }

    /// <summary>Succeeded, Failed or EntryLevelErrors; null when the job never ran or no job export contains it.</summary>
    public string? LastRunState { get; init; }

    /// <summary>Error of the last run; null when there was none or no job export contains it.</summary>
    public string? LastRunError { get; init; }

    /// <summary>
    /// Counters of the last run: of the entries that it processed, which in a quiet run are none; empty when no job export contains them.
    /// </summary>
    public RecordList<AuditDetail> LastRunCounters { get; init; } = new([]);

    /// <summary>Whether the initial cycle is complete (a steady state was reached); null without a job export.</summary>
    public bool? InitialCycleComplete { get; init; }

    /// <summary>Since when the job is in a steady state, UTC; null when never or unknown.</summary>
    public DateTimeOffset? SteadySince { get; init; }

    /// <summary>Whether the job is in quarantine; null when neither a job export nor, without one, the audit log says so.</summary>
    public bool? InQuarantine { get; init; }

    /// <summary>The quarantine; null when there is none or it is not known.</summary>
    public ProvisioningQuarantine? Quarantine { get; init; }

    /// <summary>Log entries in the period; 0 when the mirror holds none of this job.</summary>
    public long Entries { get; init; }

    /// <summary>Entries that failed; null when the mirror holds no log entries of this job.</summary>
    public long? Failures { get; init; }

    /// <summary>
    /// Entries that were skipped because the object is out of scope; null when the mirror holds no log entries of this job.
    /// </summary>
    public long? OutOfScope { get; init; }

    /// <summary>
    /// Entries that were skipped for another reason (nothing to do, not valid); null when the mirror holds no log entries of this job.
    /// </summary>
    public long? OtherSkips { get; init; }

    /// <summary>Entries that succeeded, with a warning or without; null when the mirror holds no log entries of this job.</summary>
    public long? Successes { get; init; }

    /// <summary>
    /// <see cref="Successes"/> in percent of all entries that succeeded or failed: skips don't count; null when there were none.
    /// </summary>
    public double? SuccessRate { get; init; }

    /// <summary>Half of the entries took no longer; null when no entry says how long it took.</summary>
    public TimeSpan? MedianDuration { get; init; }

    /// <summary><see cref="MedianDuration"/> in seconds, to measure and for files; null when it is.</summary>
    public double? MedianDurationSeconds => MedianDuration?.TotalSeconds;

    /// <summary>The longest; null when no entry says how long it took.</summary>
    public TimeSpan? WorstDuration { get; init; }

    /// <summary><see cref="WorstDuration"/> in seconds, to measure and for files; null when it is.</summary>
    public double? WorstDurationSeconds => WorstDuration?.TotalSeconds;

    /// <summary>Time of the first log entry, UTC; null when there is none.</summary>
    public DateTimeOffset? FirstEntry { get; init; }

    /// <summary>Time of the last log entry, UTC; null when there is none.</summary>
    public DateTimeOffset? LastEntry { get; init; }

    /// <summary>True when there is no export of the job, so that all is derived from the logs.</summary>
    public bool Derived { get; init; }

    /// <summary>When the job export was taken, UTC; null without one.</summary>
    public DateTimeOffset? ObservedAt { get; init; }

    /// <summary>True when that time is assumed (from the job's own dates, or the file's); null without a job export.</summary>
    public bool? ObservedAtAssumed { get; init; }

    /// <summary>Tenant; null when no export names it.</summary>
    public string? TenantId { get; init; }

    /// <summary>Number of entries by action and status, most frequent first; words that are not known are counted as they are.</summary>
    public RecordList<ProvisioningOutcome> Outcomes { get; init; } = new([]);

    /// <summary>The most frequent error codes, with first and last time and the number of identities.</summary>
    public RecordList<ProvisioningErrorCount> TopErrors { get; init; } = new([]);

    /// <summary>Identities whose last outcome is a failure, by name.</summary>
    public RecordList<string> FailingIdentities { get; init; } = new([]);

    /// <summary>Number of objects synchronised by type, as the job export says: "User = 1024".</summary>
    public RecordList<AuditDetail> SynchronizedByType { get; init; } = new([]);

    /// <summary>"application: state".</summary>
    public override string ToString() => $"{Application ?? JobId}: {State ?? "derived from logs"}";
}
