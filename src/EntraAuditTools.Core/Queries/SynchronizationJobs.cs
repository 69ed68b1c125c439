using System.Text.Json;
using EntraAuditTools.Core.Formats.Provisioning;
using EntraAuditTools.Core.Mirror;

namespace EntraAuditTools.Core.Queries;

/// <summary>The last observation of a job.</summary>
internal sealed record JobObservation(string JobId, DateTimeOffset ObservedAt, bool IsAssumed, IdentityText Application, string? TenantId, long Block, int Slot);

/// <summary>Reads the states of synchronization jobs.</summary>
internal static class SynchronizationJobs
{
    /// <summary>Each job as it was observed last, before a time.</summary>
    public static List<JobObservation> Latest(MirrorReader mirror, ActivityDimensions words, DateTimeOffset? before)
    {
        var sql = new SqlText();
        // SQLite takes the other columns from the row of the maximum.
        sql.Add($"""
            SELECT job, max(observed), min(last_observed, {sql.Bind(before?.UtcTicks ?? long.MaxValue)}), assumed,
                coalesce((SELECT o.application FROM synchronization_job o WHERE o.job = j.job AND o.application <> 0 ORDER BY o.observed DESC LIMIT 1), 0),
                tenant, block, slot
            FROM synchronization_job j
            WHERE observed < {sql.Bind(before?.UtcTicks ?? long.MaxValue)} GROUP BY job
            """);
        return mirror.Query(sql, row => new
        {
            Job = Formats.TextSanitizer.Clean(row.GetString(0)), Observed = row.GetInt64(2), Assumed = row.GetInt64(3) != 0, Application = row.GetInt64(4), Tenant = row.GetInt64(5), Block = row.GetInt64(6), Slot = row.GetInt32(7),
        }).ToList().ConvertAll(j => new JobObservation(j.Job, UtcTime.Of(j.Observed), j.Assumed, Named(mirror, words.Identity(j.Application)), words.Term(j.Tenant), j.Block, j.Slot));
    }

    /// <summary>What a job's export says, in the summary's words; the rest is left for the logs.</summary>
    public static ProvisioningSummary Read(OriginalSource originals, JobObservation observation)
    {
        using var document = Formats.DetailJson.Parse(originals.Read(observation.Block, observation.Slot).Json);
        var job = new SynchronizationJobRecord(document.RootElement);
        var run = job.LastExecution;
        var quarantine = Quarantine(job.Quarantine);
        var byType = job.SynchronizedByType.Select(entry => Formats.DetailJson.Detail(entry, showSecret: true)).ToList();
        var counts = job.SynchronizedByType.Select(entry => SynchronizationJobRecord.Number(entry, "value")).OfType<long>().ToList();
        return new ProvisioningSummary
        {
            State = job.Code,
            Schedule = job.Schedule,
            InScope = SynchronizationJobRecord.Number(run, "countEntitledForProvisioning") ?? SynchronizationJobRecord.Number(run, "countEntitled"),
            Synchronized = counts.Count > 0 ? Sum(counts) : null,
            InEscrow = SynchronizationJobRecord.Number(run, "countEscrowed"),
            LastRun = Time(Math.Max(SynchronizationJobRecord.Time(run, "timeEnded"), SynchronizationJobRecord.Time(run, "timeBegan"))),
            LastRunState = Formats.DetailJson.Text(run, "state"),
            LastRunError = SynchronizationJobRecord.Error(Formats.DetailJson.Find(run, "error")),
            InitialCycleComplete = job.IsCut ? null : job.SteadyFirst > 0 || job.SteadyLast > 0,
            SteadySince = Time(job.SteadyFirst),
            InQuarantine = job.IsCut ? null : quarantine != null || (job.Code != null && Formats.Utf8.Is(job.Code, "Quarantine")),
            Quarantine = quarantine,
            SynchronizedByType = new(byType),
            ObservedAt = observation.ObservedAt,
            ObservedAtAssumed = observation.IsAssumed,
        };
    }

    private static ProvisioningQuarantine? Quarantine(JsonElement quarantine) => quarantine.ValueKind != JsonValueKind.Object ? null : new()
    {
        // A series begins when a quarantine is first imposed and ends when it is lifted; the current one is the last time it was imposed again.
        Since = Time(SynchronizationJobRecord.Time(quarantine, "seriesBegan")) ?? Time(SynchronizationJobRecord.Time(quarantine, "currentBegan")),
        Reason = Formats.DetailJson.NullIfEmpty(Formats.DetailJson.Text(quarantine, "reason")),
        Error = SynchronizationJobRecord.Error(Formats.DetailJson.Find(quarantine, "error")),
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
        return application with { DisplayName = Formats.TextSanitizer.Clean(mirror.Query(sql, row => row.GetString(0)).FirstOrDefault()) };
    }
}
