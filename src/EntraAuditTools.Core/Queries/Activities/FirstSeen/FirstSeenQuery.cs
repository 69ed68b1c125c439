using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
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
        var groups = ActivityGroups.Of(mirror, everything, dimensions).Where(group => group.Value.First >= (asked.Time.FromTicks ?? 0));
        var brought = new FirstImport(mirror, asked.HidesTwins);
        var coverage = new GroupCoverage(mirror, filter.Tenant, dimensions);
        foreach (var (key, counts) in groups.OrderByDescending(group => group.Value.First).ThenBy(group => group.Key))
        {
            var import = brought.Of(counts.FirstRow);
            if (import < firstImport || imports?.Contains(import) == false) continue;
            var since = coverage.Since(key, counts.First);
            yield return new AuditActivityFirstSeen
            {
                Group = key.Named(dimensions),
                Count = counts.Count,
                Success = counts.Success,
                Failure = counts.Failure,
                First = UtcTime.Of(counts.First),
                Last = UtcTime.Of(counts.Last),
                FirstImportId = import,
                CoveredSince = since is { } from ? UtcTime.Of(from) : null,
                IsNew = FirstSeenCoverage.IsNew(since, counts.First),
                RestsOn = FirstSeenCoverage.Words(since, counts.First),
            };
        }
    }
}
