using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Logs.Conditions;
using EntraAuditTools.Core.Queries.Logs.Kinds;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using SQLitePCL;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>Are the provisioning jobs healthy?</summary>
internal static class ProvisioningSummaryQuery
{
    /// <summary>How many error codes are shown, and how many failing identities are named.</summary>
    private const int MostErrors = 25, MostIdentities = 1000;

    /// <summary>
    /// A summary of each job, those in quarantine first, then those with most failures. A job is known from its export, from log entries,
    /// or both; entries that name no job are summed up by application.
    /// </summary>
    /// <exception cref="AuditToolException">InvalidWildcard, or what can be wrong with a mirror.</exception>
    public static IEnumerable<ProvisioningSummary> Run(MirrorReader mirror, ProvisioningSummaryFilter filter)
    {
        using var kinds = ProvisioningKindText.All(mirror);
        var jobs = Group(kinds, SynchronizationJobs.Latest(mirror, kinds.Words, filter.Before))
            .Where(job => Matches(filter.Application, job.ApplicationTexts) && Matches(filter.JobId, [job.JobId])).ToList();
        ReadEntries(mirror, kinds, jobs, filter);
        var originals = new OriginalSource(mirror.Path);
        var tenants = TenantScope.Of(mirror, filter.Tenant);
        return jobs
            .Where(job => job.Observation != null || job.Tally.Entries > 0)
            .Select(job => Summarize(mirror, originals, kinds.Words, job, filter.Before))
            .Where(summary => tenants?.Has(summary.TenantId) != false)
            .OrderByDescending(s => s.InQuarantine == true).ThenByDescending(s => s.Failures ?? 0)
            .ThenBy(s => s.Application, StringComparer.OrdinalIgnoreCase).ThenBy(s => s.JobId, StringComparer.Ordinal)
            .ToList();
    }

    /// <summary>The filter as it was understood: bounds in UTC and every condition.</summary>
    public static string Describe(ProvisioningSummaryFilter filter) =>
        new FilterDescription("Summaries of provisioning jobs from log entries", filter.After, filter.Before)
        .Add("application's name or id", filter.Application)
        .Add("job id", filter.JobId)
        .Add("tenant", filter.Tenant)
        .End("jobs in quarantine first", 0, null);

    private static bool Matches(IReadOnlyList<string>? patterns, IEnumerable<string?> texts) =>
        patterns is not { Count: > 0 }
            || patterns.Any(pattern => texts.Any(text => text != null && new WildcardText(pattern).IsMatch(text)));

    private static List<Job> Group(LogKinds<ProvisioningKindText> kinds, List<JobObservation> observations)
    {
        var jobs = new Dictionary<string, Job>(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, kind) in kinds.All.OrderBy(k => k.Key))
        {
            // Entries without a job are distinguished by their application.
            var key = kind.JobId ?? $"\n{kind.Application.ObjectId ?? kind.Application.DisplayName ?? kind.TargetSystem}";
            if (!jobs.TryGetValue(key, out var job)) jobs.Add(key, job = new Job(kind.JobId));
            job.Kinds.Add(id);
            job.AddApplication(kind.Application);
        }

        foreach (var observation in observations)
        {
            if (!jobs.TryGetValue(observation.JobId, out var job)) jobs.Add(observation.JobId, job = new Job(observation.JobId));
            job.Observation = observation;
            job.AddApplication(observation.Application);
        }

        return [.. jobs.Values];
    }

    private static void ReadEntries(MirrorReader mirror, LogKinds<ProvisioningKindText> kinds, List<Job> jobs,
        ProvisioningSummaryFilter filter)
    {
        var wanted = jobs.SelectMany(job => job.Kinds.Select(kind => (kind, job))).ToDictionary(p => p.kind, p => p.job);
        if (wanted.Count == 0) return;
        var (log, asked) = (LogTable.Provisioning, new List<LogCondition>());
        if (wanted.Count < kinds.All.Count) asked.Add(LogConditions.OfKinds(log, [.. wanted.Keys]));
        if (TenantScope.Of(mirror, filter.Tenant) is { } tenants) asked.Add(new NumberCondition("tenant", tenants.Ids));
        var conditions = new LogConditions(log, asked, TimeCondition.Of(filter.After, filter.Before));
        if (conditions.Impossible) return;
        var people = new SamePeople(kinds.Words);
        var sql = new LogPlan(mirror, conditions)
            .Select("p.id, p.drift, p.kind, p.source, p.target, p.duration, p.tenant", 0, null, oldestFirst: true);
        using var command = sql.ToCommand(mirror.Connection);
        using var rows = mirror.Execute(command);
        while (mirror.Read(rows))
        {
            var row = rows.Handle!;
            var kind = raw.sqlite3_column_int64(row, 2);
            var words = kinds[kind];
            if (!wanted.TryGetValue(kind, out var job)) continue;
            var identity = people.Of(raw.sqlite3_column_int64(row, 3), raw.sqlite3_column_int64(row, 4));
            job.Tally.Add(words, ActivityTime.ToTicks(raw.sqlite3_column_int64(row, 0), raw.sqlite3_column_int64(row, 1)), identity,
                raw.sqlite3_column_type(row, 5) == raw.SQLITE_NULL ? null : raw.sqlite3_column_int64(row, 5));
            if (raw.sqlite3_column_int64(row, 6) is var tenant and not 0) job.Tenant = tenant;
        }
    }

    private static ProvisioningSummary Summarize(MirrorReader mirror, OriginalSource originals, ActivityDimensions words, Job job,
        DateTimeOffset? before)
    {
        var export = job.Observation is { } observation
            ? SynchronizationJobs.Read(originals, observation) : new ProvisioningSummary { Derived = true };
        var tally = job.Tally;
        var hasLog = tally.Entries > 0;
        // Without an export the audit log may know of a quarantine; that it knows of none says nothing.
        var quarantine = export.Quarantine
            ?? (export.Derived ? AuditedQuarantine.Find(mirror, job.Application, job.JobId, tally.LastSuccessTicks > 0
                ? UtcTime.Of(tally.LastSuccessTicks) : null, before) : null);
        DateTimeOffset? last = hasLog ? UtcTime.Of(tally.LastTicks) : null;
        return new ProvisioningSummary
        {
            Application = job.Application.DisplayName ?? job.Application.ObjectId,
            ApplicationId = job.Application.ObjectId,
            JobId = job.JobId,
            State = export.State,
            Schedule = export.Schedule,
            InScope = export.InScope,
            InScopeReason = export.InScopeReason ?? "No export of the job tells it (servicePrincipals/{id}/synchronization/jobs).",
            Synchronized = export.Synchronized,
            InEscrow = export.InEscrow,
            EscrowsPruned = export.EscrowsPruned,
            LastRunCounters = export.LastRunCounters,
            LastRun = export.LastRun > last || last == null ? export.LastRun : last,
            LastRunState = export.LastRunState,
            LastRunError = export.LastRunError,
            InitialCycleComplete = export.InitialCycleComplete,
            SteadySince = export.SteadySince,
            InQuarantine = export.InQuarantine ?? (quarantine != null ? true : null),
            Quarantine = quarantine,
            Entries = tally.Entries,
            Successes = hasLog ? tally.Successes : null,
            Failures = hasLog ? tally.Failures : null,
            OutOfScope = hasLog ? tally.OutOfScope : null,
            OtherSkips = hasLog ? tally.OtherSkips : null,
            SuccessRate = tally.SuccessRate,
            MedianDuration = tally.MedianDuration(),
            WorstDuration = tally.WorstDuration,
            FirstEntry = hasLog ? UtcTime.Of(tally.FirstTicks) : null,
            LastEntry = last,
            Derived = export.Derived,
            ObservedAt = export.ObservedAt,
            ObservedAtAssumed = export.ObservedAtAssumed,
            TenantId = job.Observation?.TenantId ?? words.Term(job.Tenant),
            Outcomes = new([.. tally.Outcomes]),
            TopErrors = new([.. tally.Errors.Take(MostErrors)]),
            FailingIdentities = new(
                [.. tally.Failing.Select(words.Identity).Select(i => ProvisioningRowReader.NameOf(i, IdentityText.None)).OfType<string>()
                    .Order(StringComparer.OrdinalIgnoreCase).Take(MostIdentities)]),
            SynchronizedByType = export.SynchronizedByType,
        };
    }

    /// <summary>A job, or the entries of an application that name none.</summary>
    private sealed class Job(string? jobId)
    {
        private readonly HashSet<string?> texts = [];

        public string? JobId => jobId;

        public List<long> Kinds { get; } = [];

        public ProvisioningTally Tally { get; } = new();

        public JobObservation? Observation { get; set; }

        public long Tenant { get; set; }

        /// <summary>The names and ids by which it can be asked for.</summary>
        public IEnumerable<string?> ApplicationTexts => texts;

        public IdentityText Application { get; private set; } = IdentityText.None;

        /// <summary>Adds what an export calls the application: the last name wins, and a name or id once known stays.</summary>
        public void AddApplication(IdentityText application)
        {
            texts.Add(application.DisplayName);
            texts.Add(application.ObjectId);
            texts.Add(application.AppId);
            Application = Application with { DisplayName = application.DisplayName ?? Application.DisplayName,
                ObjectId = application.ObjectId ?? Application.ObjectId };
        }
    }
}
