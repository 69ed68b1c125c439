namespace EntraAuditTools.SampleTenant;

/// <summary>A quarantine as a synchronization job reports it; times are UTC ticks.</summary>
/// <param name="SeriesBegan">When it was first imposed.</param>
/// <param name="CurrentBegan">When it was last imposed again.</param>
/// <param name="SeriesCount">How often it was looked at and left.</param>
/// <param name="NextAttempt">When the job tries again.</param>
/// <param name="Reason">A quarantineReason.</param>
/// <param name="ErrorCode">The error behind it.</param>
/// <param name="ErrorMessage">In words.</param>
public sealed record QuarantineState(long SeriesBegan, long CurrentBegan, int SeriesCount, long NextAttempt, string Reason,
    string ErrorCode, string ErrorMessage);

/// <summary>How a job stood when it was exported: what its synchronizationJob says. Times are UTC ticks.</summary>
public sealed record SynchronizationState
{
    public required ProvisioningJob Job { get; init; }

    /// <summary>When it was exported.</summary>
    public required long ObservedAt { get; init; }

    /// <summary>NotRun, Active or Quarantine.</summary>
    public required string Code { get; init; }

    /// <summary>Null when it never ran.</summary>
    public long? LastRunBegan { get; init; }

    /// <inheritdoc cref="LastRunBegan"/>
    public long? LastRunEnded { get; init; }

    /// <summary>Succeeded, EntryLevelErrors or Failed; null when it never ran.</summary>
    public string? LastRunResult { get; init; }

    /// <summary>Null when the initial cycle was never complete; written as the year 1.</summary>
    public long? InitialCycleCompleted { get; init; }

    /// <inheritdoc cref="InitialCycleCompleted"/>
    public long? LastCompleteCycle { get; init; }

    /// <summary>Users and groups in scope at the last run.</summary>
    public int InScope { get; init; }

    /// <summary>Users that are in both systems; null when not counted.</summary>
    public int? Users { get; init; }

    /// <summary>Groups that are in both systems; null when the job has none.</summary>
    public int? Groups { get; init; }

    public QuarantineState? Quarantine { get; init; }

    /// <summary>How the job stood at a time within the period, or at its end.</summary>
    public static SynchronizationState At(Tenant tenant, ProvisioningJob job, long observedAt)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(job);
        if (job.Kind == ProvisioningTargetKind.NeverRun)
            return new SynchronizationState { Job = job, ObservedAt = observedAt, Code = "NotRun" };
        var random = SampleRandom.Of(job.JobId);
        long firstAchieved = tenant.Options.From.UtcTicks - random.Between(30, 400) * TimeSpan.TicksPerDay - random
            .Below(TimeSpan.TicksPerDay);
        long ended = observedAt - random.Between(60, 2300) * TimeSpan.TicksPerSecond;
        int users = tenant.Members.Count - random.Below(Math.Max(1, tenant.Members.Count / 5));
        // A few come every week.
        int growth = (int)((observedAt - tenant.Options.From.UtcTicks) / (7 * TimeSpan.TicksPerDay));
        int? groups = job.Kind == ProvisioningTargetKind.ServiceNow ? tenant.Groups.Count : null;
        long began = tenant.Plan.QuarantineBegan;
        bool quarantined = job.Quarantined && observedAt >= began;
        users = quarantined ? users + (int)((began - tenant.Options.From.UtcTicks) / (7 * TimeSpan.TicksPerDay)) : users + growth;
        var error = ProvisioningErrors.Credentials(job);
        long again = began + ProvisioningPlan.Restart.Ticks + 30 * TimeSpan.TicksPerMinute;
        return new SynchronizationState
        {
            Job = job,
            ObservedAt = observedAt,
            Code = quarantined ? "Quarantine" : "Active",
            LastRunBegan = ended - random.Between(20, 400) * TimeSpan.TicksPerSecond,
            LastRunEnded = ended,
            LastRunResult = quarantined ? "Failed" : job.Kind is ProvisioningTargetKind.AmazonWebServices ? "Succeeded"
                : "EntryLevelErrors",
            InitialCycleCompleted = firstAchieved,
            LastCompleteCycle = quarantined ? began - 26 * TimeSpan.TicksPerHour : ended,
            InScope = users + (groups ?? 0) + random.Between(1, 4),
            Users = users,
            Groups = groups,
            Quarantine = !quarantined ? null : new QuarantineState(
                began,
                observedAt >= again ? again : began,
                1 + (int)((observedAt - began) / TimeSpan.TicksPerDay),
                ended + TimeSpan.TicksPerDay,
                "EncounteredQuarantineException",
                error.Code,
                error.Reason),
        };
    }
}
