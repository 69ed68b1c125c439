using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Activities.Grouping;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Activities.Comparing;

/// <summary>What is there more or less of than in another time?</summary>
internal static class ActivityComparison
{
    /// <summary>
    /// The groups of both times, those that differ most first. A group is New, Gone, More or Fewer only where the days that could make it
    /// otherwise are covered; else Unknown.
    /// </summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="filter">
    /// Which activities, and the time; <see cref="LogFilter.Skip"/> and <see cref="LogFilter.First"/> are left aside.
    /// </param>
    /// <param name="reference">The time to compare with.</param>
    /// <param name="by">Names of <see cref="AuditActivityMeasureQuery.Dimensions"/>, in any case.</param>
    /// <exception cref="AuditToolException">UnknownDimension, or what can be wrong with a filter or mirror.</exception>
    public static IEnumerable<AuditActivityComparison> Run(
        MirrorReader mirror, LogFilter filter, (DateTimeOffset After, DateTimeOffset Before) reference, IReadOnlyList<string> by)
    {
        var dimensions = MeasureDimension.Find(by);
        // Both times are counted in one state of the mirror.
        using var _ = mirror.BeginRead();
        var conditions = ActivityLog.Definition.Resolve(mirror, filter);
        var now = Groups(mirror, conditions, dimensions);
        var then = Groups(mirror, conditions with { Time = TimeCondition.Of(reference.After, reference.Before) }, dimensions);
        var coverage = new GroupCoverage(mirror, filter.Tenant, dimensions);
        var (nowSpan, thenSpan) = (Span(filter.After!.Value, filter.Before!.Value), Span(reference.After, reference.Before));
        return now.Keys.Union(then.Keys).Select(key =>
        {
            var (count, before) = (now.GetValueOrDefault(key).Count, then.GetValueOrDefault(key).Count);
            var (missingNow, missingThen) = (coverage.DaysMissing(key, nowSpan), coverage.DaysMissing(key, thenSpan));
            return (Key: key, Row: new AuditActivityComparison
            {
                Group = key.Named(dimensions),
                Change = ActivityChange.Of(before, count, missingThen == 0, missingNow == 0),
                ReferenceCount = before,
                Count = count,
                ReferenceAfter = reference.After,
                ReferenceBefore = reference.Before,
                After = filter.After!.Value,
                Before = filter.Before!.Value,
                ReferenceDaysNotCovered = missingThen,
                DaysNotCovered = missingNow,
            });
        }).OrderByDescending(group => Math.Abs(group.Row.Difference)).ThenBy(group => group.Key).Select(group => group.Row).ToList();
    }

    private static Dictionary<GroupKey, GroupCounts> Groups(
        MirrorReader mirror, LogConditions conditions, IReadOnlyList<MeasureDimension> dimensions) =>
        conditions.Impossible ? [] : ActivitySurvey.Groups(mirror, conditions, dimensions);

    private static TicksSpan Span(DateTimeOffset from, DateTimeOffset to) => new(from.UtcTicks, to.UtcTicks);
}
