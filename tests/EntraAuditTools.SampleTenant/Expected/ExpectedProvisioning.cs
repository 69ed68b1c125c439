namespace EntraAuditTools.SampleTenant;

/// <summary>An error code of failures.</summary>
/// <param name="Code">The code, with its prefix.</param>
/// <param name="Count">Entries with status failure and this code.</param>
/// <param name="First">UTC ticks of the first.</param>
/// <param name="Last">UTC ticks of the last.</param>
/// <param name="Identities">How many identities had it.</param>
public sealed record ExpectedError(string Code, long Count, long First, long Last, int Identities);

/// <summary>One change that went to escrow.</summary>
/// <param name="ChangeId">What its entries share.</param>
/// <param name="MatchingId">Whom it is about.</param>
/// <param name="Recovered">Whether the last retry worked.</param>
/// <param name="Times">UTC ticks of the first try and of the retries.</param>
/// <param name="InAuditLog">Whether the audit log has its trail.</param>
public sealed record ExpectedEscrow(string ChangeId, string MatchingId, bool Recovered, IReadOnlyList<long> Times, bool InAuditLog)
{
    public int Retries => Times.Count - 1;
}

/// <summary>
/// What is true of one application: computed from the entries of the provisioning log, so that a summary that was made from any of
/// their shapes can be compared with it.
/// </summary>
public sealed class ExpectedProvisioning
{
    private readonly Dictionary<(string Action, string Status), long> outcomes = [];
    private readonly Dictionary<string, (long Count, long First, long Last, HashSet<string> Identities)> errors = [];
    private readonly Dictionary<string, (string Status, string MatchingId)> last = [];
    private readonly Dictionary<string, List<ProvisioningEntry>> escrows = [];
    private readonly List<int> durations = [];

    private ExpectedProvisioning(ProvisioningJob job, QuarantineState? quarantine)
    {
        Job = job;
        Quarantine = quarantine;
    }

    public ProvisioningJob Job { get; }

    /// <summary>Null when the job is in none at the end of the period.</summary>
    public QuarantineState? Quarantine { get; }

    /// <summary>Entries of this application.</summary>
    public long Entries { get; private set; }

    /// <summary>UTC ticks of the last entry; null when there is none.</summary>
    public long? LastEntry { get; private set; }

    /// <summary>How many entries had this action and this status; unknown ones among them.</summary>
    public IReadOnlyDictionary<(string Action, string Status), long> Outcomes => outcomes;

    /// <summary>Codes of entries with status failure, most frequent first, then by code.</summary>
    public IReadOnlyList<ExpectedError> Errors =>
        [.. errors.Select(error =>
            new ExpectedError(error.Key, error.Value.Count, error.Value.First, error.Value.Last, error.Value.Identities.Count))
            .OrderByDescending(error => error.Count).ThenBy(error => error.Code, StringComparer.Ordinal)];

    /// <summary>
    /// <see cref="ProvisioningEntry.IdentityKey"/> of those whose latest entry, of whatever status, is a failure; with the matching id.
    /// </summary>
    public IReadOnlyDictionary<string, string> LastFailed =>
        last.Where(identity => identity.Value.Status == "failure")
        .ToDictionary(identity => identity.Key, identity => identity.Value.MatchingId, StringComparer.Ordinal);

    /// <summary>Changes that were retried.</summary>
    public IReadOnlyList<ExpectedEscrow> Escrows =>
        [.. escrows.Values.Select(entries =>
            new ExpectedEscrow(entries[0].ChangeId, entries[0].MatchingId, entries[^1].Status == "success",
                [.. entries.Select(entry => entry.Ticks)], entries[0].InAuditLog))];

    /// <summary>Milliseconds, in rising order; entries without a duration left out.</summary>
    public IReadOnlyList<int> Durations => [.. durations.Order()];

    /// <summary>What is true of every job, those without entries too.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="oldestFirst">The entries to count, in the order of time; null for the whole log.</param>
    public static IReadOnlyDictionary<string,
        ExpectedProvisioning> ByJobId(Tenant tenant, IEnumerable<ProvisioningEntry>? oldestFirst = null)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        var all = tenant.Jobs.ToDictionary(job => job.JobId,
            job => new ExpectedProvisioning(job, SynchronizationState.At(tenant, job, tenant.Options.To.UtcTicks).Quarantine),
                StringComparer.Ordinal);
        foreach (var entry in oldestFirst ?? ProvisioningLog.Enumerate(tenant, newestFirst: false))
            all[entry.Job.JobId].Add(entry);
        return all;
    }

    private void Add(ProvisioningEntry entry)
    {
        Entries++;
        LastEntry = entry.Ticks;
        outcomes[(entry.Action, entry.Status)] = outcomes.GetValueOrDefault((entry.Action, entry.Status)) + 1;
        last[entry.IdentityKey] = (entry.Status, entry.MatchingId);
        if (entry.DurationMilliseconds is { } duration)
            durations.Add(duration);
        if (entry.Status == "failure" && entry.Error is { } error)
        {
            var so = errors.TryGetValue(error.Code, out var before) ? before : (0, entry.Ticks, 0, []);
            so.Identities.Add(entry.IdentityKey);
            errors[error.Code] = (so.Count + 1, so.First, entry.Ticks, so.Identities);
        }

        if (entry.Case is ProvisioningCase.EscrowRecovered or ProvisioningCase.EscrowStuck)
        {
            if (!escrows.TryGetValue(entry.ChangeId, out var tries))
                escrows[entry.ChangeId] = tries = [];
            tries.Add(entry);
        }
    }
}
