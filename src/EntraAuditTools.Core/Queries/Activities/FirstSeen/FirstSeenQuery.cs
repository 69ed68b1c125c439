using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities.Grouping;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Queries.Logs.Conditions;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Activities.FirstSeen;

/// <summary>Who or what was seen when for the first time, and does that say anything?</summary>
internal static class FirstSeenQuery
{
    /// <summary>
    /// The groups of <see cref="AuditActivityMeasureQuery"/> by when they were first seen, the newest first. What the filter says of times
    /// and imports is asked of the first activity of a group, not of each activity: what began in a time, what first came with an import.
    /// </summary>
    /// <inheritdoc cref="AuditActivityMeasureQuery.Run" path="/param"/>
    /// <exception cref="AuditToolException">UnknownDimension, or what can be wrong with a filter or mirror.</exception>
    public static IEnumerable<AuditActivityFirstSeen> Run(MirrorReader mirror, LogFilter filter, IReadOnlyList<string> by)
    {
        var dimensions = MeasureDimension.Find(by);
        var asked = ActivityLog.Definition.Resolve(mirror, filter);
        if (asked.Impossible) yield break;

        var imports = asked.All.OfType<ImportCondition>().FirstOrDefault()?.Imports;
        var firstImport = asked.All.OfType<FirstImportCondition>().FirstOrDefault()?.First ?? 0;
        var everything = asked with
        {
            All = [.. asked.All.Where(condition => condition is not (ImportCondition or FirstImportCondition))],
            Time = asked.Time with { FromTicks = null },
        };
        var since = asked.Time.FromTicks ?? 0;
        var groups = ActivitySurvey.Groups(mirror, everything, dimensions).Where(group => group.Value.First >= since);
        var seen = Seen(mirror, asked, filter.Tenant, groups, dimensions)
            .Where(group => group.FirstImportId >= firstImport && imports?.Contains(group.FirstImportId) != false);
        foreach (var group in seen) yield return group;
    }

    /// <summary>Groups that were counted of all activities up to a time, the newest first.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="asked">What the activities were asked for by.</param>
    /// <param name="tenants">The tenants asked about; null for all.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="dimensions">What they are grouped by.</param>
    public static IEnumerable<AuditActivityFirstSeen> Seen(MirrorReader mirror, LogConditions asked, IReadOnlyList<string>? tenants,
        IEnumerable<KeyValuePair<GroupKey, GroupCounts>> groups, IReadOnlyList<MeasureDimension> dimensions)
    {
        var brought = new FirstImport(mirror, asked.HidesTwins);
        var coverage = new GroupCoverage(mirror, tenants, dimensions);
        foreach (var (key, counts) in groups.OrderByDescending(group => group.Value.First).ThenBy(group => group.Key))
        {
            var since = coverage.Since(key, counts.First);
            yield return new AuditActivityFirstSeen
            {
                Group = key.Named(dimensions),
                Count = counts.Count,
                Success = counts.Success,
                Failure = counts.Failure,
                First = UtcTime.Of(counts.First),
                Last = UtcTime.Of(counts.Last),
                FirstImportId = brought.Of(counts.FirstRow),
                CoveredSince = since is { } from ? UtcTime.Of(from) : null,
                IsNew = FirstSeenCoverage.IsNew(since, counts.First),
                RestsOn = FirstSeenCoverage.Words(since, counts.First),
            };
        }
    }
}
