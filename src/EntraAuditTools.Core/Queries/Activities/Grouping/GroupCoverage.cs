using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Activities.Grouping;

/// <summary>
/// For which time the audit log is known to be complete of what a group of activities comes from: the logs of all tenants asked about, or
/// the one log of a group of one tenant. Times are UTC ticks.
/// </summary>
internal sealed class GroupCoverage
{
    private readonly List<CoverageLog> logs;
    private readonly int tenantAt;

    /// <param name="mirror">The mirror.</param>
    /// <param name="tenant">The tenants asked about; null for all.</param>
    /// <param name="dimensions">What is grouped by.</param>
    public GroupCoverage(MirrorReader mirror, IReadOnlyList<string>? tenant, IReadOnlyList<MeasureDimension> dimensions)
    {
        var scope = TenantScope.Of(mirror, tenant);
        logs = new CoverageReader(LogTable.Activity).ReadSpans(mirror, new(ActivityTime.MinTicks, ActivityTime.MaxTicks))
            .FindAll(log => log.TenantIds.Count == 0 || scope?.Has(log.Tenant) != false);
        tenantAt = dimensions.ToList().FindIndex(dimension => dimension.Name == "Tenant");
    }

    /// <summary>Since when all is covered without a gap up to a time; null when the time itself is not covered.</summary>
    public long? Since(GroupKey group, long time)
    {
        long? latest = null;
        foreach (var log in Of(group))
        {
            var covering = log.Covered.Spans.FirstOrDefault(span => span.From <= time && time < span.To);
            if (covering.Length == 0) return null;
            latest = Math.Max(latest ?? covering.From, covering.From);
        }

        return latest;
    }

    /// <summary>On how many UTC days of a span something is not covered.</summary>
    public int DaysMissing(GroupKey group, TicksSpan span)
    {
        var missing = Of(group).SelectMany(log => log.Covered.MissingOf(span));
        return missing.SelectMany(part => Days(part)).Distinct().Count();
    }

    private static IEnumerable<long> Days(TicksSpan span)
    {
        for (var day = span.From / TimeSpan.TicksPerDay; day <= (span.To - 1) / TimeSpan.TicksPerDay; day++) yield return day;
    }

    // A mirror without any record or coverage: nothing is covered.
    private List<CoverageLog> Of(GroupKey group)
    {
        var all = tenantAt < 0 || logs.Count <= 1 ? logs
            : logs.FindAll(log => string.Equals(log.Tenant, group.Values[tenantAt] as string, StringComparison.OrdinalIgnoreCase));
        return all.Count > 0 ? all : [new(null, [], new TimeSpans([]), new Dictionary<long, DayRecords>(), null, null)];
    }
}
