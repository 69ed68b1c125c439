using System.Text.Json;
using EntraAuditTools.Core.Formats.Details;
using EntraAuditTools.Core.Formats.Provisioning;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>The last observation of a job.</summary>
internal sealed record JobObservation(string JobId, DateTimeOffset ObservedAt, bool IsAssumed, IdentityText Application, string? TenantId,
    long Block, int Slot);

/// <summary>Reads the states of synchronization jobs.</summary>
internal static class SynchronizationJobs
{
    /// <summary>Each job as it was observed last, by a time: what was seen at that moment is how it was then.</summary>
    public static List<JobObservation> Latest(MirrorReader mirror, ActivityDimensions words, DateTimeOffset? before)
    {
        var sql = new SqlText();
        // SQLite takes the other columns from the row of the maximum.
        sql.Add($"""
            SELECT job, max(observed), min(last_observed, {sql.Bind(before?.UtcTicks ?? long.MaxValue)}), assumed,
                coalesce((SELECT o.application FROM synchronization_job o WHERE o.job = j.job AND o.application <> 0 ORDER BY o.observed DESC LIMIT 1), 0),
                tenant, block, slot
            FROM synchronization_job j
            WHERE observed <= {sql.Bind(before?.UtcTicks ?? long.MaxValue)} GROUP BY job
            """);
        return mirror.Query(sql, row => new
        {
            Job = TerminalText.Visible(row.GetString(0)), Observed = row.GetInt64(2), Assumed = row.GetInt64(3) != 0,
                Application = row.GetInt64(4), Tenant = row.GetInt64(5), Block = row.GetInt64(6), Slot = row.GetInt32(7),
        }).ToList().ConvertAll(j =>
            new JobObservation(j.Job, UtcTime.Of(j.Observed), j.Assumed, Named(mirror, words.Identity(j.Application)), words.Term(j.Tenant),
                j.Block, j.Slot));
    }

    /// <summary>What a job's export says, in the summary's words; the rest is left for the logs.</summary>
    public static ProvisioningSummary Read(OriginalSource originals, JobObservation observation)
    {
        using var document = DetailJson.Parse(originals.Read(observation.Block, observation.Slot).Json);
        var job = new SynchronizationJobRecord(document.RootElement);
        var run = job.LastExecution;
        var quarantine = Quarantine(job.Quarantine);
        var byType = job.SynchronizedByType.Select(entry => DetailJson.Detail(entry, showSecret: true)).ToList();
        var (inScope, reason) = InScope(job, run);
        var counts = job.SynchronizedByType.Select(entry => SynchronizationJobRecord.Number(entry, "value")).OfType<long>().ToList();
        return new ProvisioningSummary
        {
            State = job.Code,
            Schedule = job.Schedule,
            InScope = inScope,
            InScopeReason = reason,
            Synchronized = counts.Count > 0 ? Sum(counts) : null,
            InEscrow = SynchronizationJobRecord.Number(run, "countEscrowed"),
            EscrowsPruned = job.EscrowsPruned,
            LastRunCounters = new([.. SynchronizationJobRecord.Counters(run)
                .Select(counter => new AuditDetail { Key = counter.Name,
                    Value = counter.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) })]),
            LastRun = Time(Math.Max(SynchronizationJobRecord.Time(run, "timeEnded"), SynchronizationJobRecord.Time(run, "timeBegan"))),
            LastRunState = DetailJson.Text(run, "state"),
            LastRunError = SynchronizationJobRecord.Error(DetailJson.Find(run, "error")),
            InitialCycleComplete = job.IsCut ? null : job.SteadyFirst > 0 || job.SteadyLast > 0,
            SteadySince = Time(job.SteadyFirst),
            InQuarantine = job.IsCut ? null : quarantine != null || (job.Code != null && Utf8.Is(job.Code, "Quarantine")),
            Quarantine = quarantine,
            SynchronizedByType = new(byType),
            ObservedAt = observation.ObservedAt,
            ObservedAtAssumed = observation.IsAssumed,
        };
    }

    /// <summary>
    /// How many objects are in scope. Graph counts them nowhere: <c>countEntitledForProvisioning</c> is the "count of processed entries
    /// that were assigned for provisioning" of one run (synchronizationTaskExecution), and a run processes what changed. Only the run that
    /// ended
    /// the initial cycle processed everything.
    /// </summary>
    private static (long? InScope, string Reason) InScope(in SynchronizationJobRecord job, JsonElement run)
    {
        var (began, ended) = (SynchronizationJobRecord.Time(run, "timeBegan"), SynchronizationJobRecord.Time(run, "timeEnded"));
        if (job.IsCut || ended == 0) return (null, "No export tells of a run that has ended.");
        if (job.SteadyFirst == 0) return (null, "The initial cycle is not complete: what is in scope is not known before.");
        if (began == 0 || job.SteadyFirst < began || job.SteadyFirst > ended + TimeSpan.TicksPerMinute)
            return (null, "The counters are of the last run, which processed only what had changed; only those of the initial cycle "
                + "count all that is in scope.");
        var count = SynchronizationJobRecord.Number(run, "countEntitledForProvisioning")
            ?? SynchronizationJobRecord.Number(run, "countEntitled");
        return count > 0 ? (count, "Counted by the run that completed the initial cycle.")
            : (null, "The run that completed the initial cycle counts nothing as assigned for provisioning.");
    }

    private static ProvisioningQuarantine? Quarantine(JsonElement quarantine) => quarantine.ValueKind != JsonValueKind.Object ? null : new()
    {
        // A series begins when a quarantine is first imposed and ends when it is lifted; the current one is the last time it was imposed
        // again.
        Since = Time(SynchronizationJobRecord.Time(quarantine, "seriesBegan"))
        ?? Time(SynchronizationJobRecord.Time(quarantine, "currentBegan")),
        Reason = DetailJson.NullIfEmpty(DetailJson.Text(quarantine, "reason")),
        Error = SynchronizationJobRecord.Error(DetailJson.Find(quarantine, "error")),
        NextAttempt = Time(SynchronizationJobRecord.Time(quarantine, "nextAttempt")),
        LastImposed = Time(SynchronizationJobRecord.Time(quarantine, "currentBegan")),
        Attempts = SynchronizationJobRecord.Number(quarantine, "seriesCount"),
    };

    /// <summary>What is more than a number holds is no count.</summary>
    private static long? Sum(List<long> counts)
    {
        var sum = counts.Sum(count => (decimal)count);
        return sum is >= long.MinValue and <= long.MaxValue ? (long)sum : null;
    }

    private static DateTimeOffset? Time(long ticks) => ticks > 0 ? UtcTime.Of(ticks) : null;

    /// <summary>An application of which only the id is known, with the name that some log gives it.</summary>
    private static IdentityText Named(MirrorReader mirror, IdentityText application)
    {
        if (application.DisplayName != null || application.ObjectId is not { } id) return application;
        var sql = new SqlText();
        sql.Add($"SELECT display_name FROM identity WHERE object_id = {sql.Bind(id)} AND display_name IS NOT NULL ORDER BY id DESC LIMIT 1");
        var name = mirror.Query(sql, row => row.GetString(0)).FirstOrDefault() ?? OfServicePrincipal(mirror, id);
        return application with { DisplayName = TerminalText.Visible(name) };
    }

    // The page that a job stands on names the service principal, and so does the latter's own export.
    private static string? OfServicePrincipal(MirrorReader mirror, string id)
    {
        if (mirror.SchemaVersion < 2) return null;
        var sql = new SqlText();
        sql.Add($"SELECT name FROM entity WHERE object_id = {sql.Bind(StoredEntityId.ToStored(id))} AND kind = "
            + $"{(int)EntityKind.ServicePrincipal} AND name IS NOT NULL");
        return mirror.Query(sql, row => row.GetString(0)).FirstOrDefault();
    }
}
