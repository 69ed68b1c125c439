using System.Globalization;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Activities.FirstSeen;

/// <summary>
/// How far back the audit log is known to be complete before something was first seen. A value that is first seen on the first covered day
/// may have been there always.
/// </summary>
internal sealed class FirstSeenCoverage
{
    private readonly List<CoverageLog> logs;
    private readonly int tenantAt;

    /// <param name="mirror">The mirror.</param>
    /// <param name="tenant">The tenants asked about; null for all.</param>
    /// <param name="dimensions">What is grouped by: a group of one tenant rests on that one's log alone.</param>
    public FirstSeenCoverage(MirrorReader mirror, IReadOnlyList<string>? tenant, IReadOnlyList<MeasureDimension> dimensions)
    {
        var scope = TenantScope.Of(mirror, tenant);
        logs = new CoverageReader(LogTable.Activity).ReadSpans(mirror, new(ActivityTime.MinTicks, ActivityTime.MaxTicks))
            .FindAll(log => log.TenantIds.Count == 0 || scope?.Has(log.Tenant) != false);
        tenantAt = dimensions.ToList().FindIndex(dimension => dimension.Name == "Tenant");
    }

    /// <summary>
    /// Since when all logs that a group comes from are covered without a gap up to its first activity; null when they are not. UTC ticks.
    /// </summary>
    public long? Since(GroupKey group, long first)
    {
        var all = tenantAt < 0 || logs.Count <= 1 ? logs
            : logs.FindAll(log => string.Equals(log.Tenant, group.Values[tenantAt] as string, StringComparison.OrdinalIgnoreCase));
        long? latest = null;
        foreach (var log in all)
        {
            var covering = log.Covered.Spans.FirstOrDefault(span => span.From <= first && first < span.To);
            if (covering.Length == 0) return null;
            latest = Math.Max(latest ?? covering.From, covering.From);
        }

        return latest;
    }

    /// <summary>Whether a first activity is known to be the first: at least a day before it is covered.</summary>
    public static bool IsNew(long? since, long first) => first - since >= TimeSpan.TicksPerDay;

    /// <summary>The same in words.</summary>
    public static string Words(long? since, long first)
    {
        if (since is not { } from) return "not covered before";
        if (!IsNew(since, first)) return "first covered day";
        var days = (first - from) / TimeSpan.TicksPerDay;
        return string.Create(CultureInfo.InvariantCulture, $"{days:N0} covered {(days == 1 ? "day" : "days")}");
    }
}
