using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities.Grouping;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>How many activities, of what, by whom, when?</summary>
internal static class AuditActivityMeasureQuery
{
    /// <summary>
    /// What can be grouped by. Times are UTC; weeks are ISO 8601's. By Target, an activity counts once for each of its targets.
    /// </summary>
    public static readonly IReadOnlyList<string> Dimensions = MeasureDimension.All.Select(dimension => dimension.Name).ToList();

    /// <summary>
    /// Groups, most frequent first; by time where the first dimension is one, which is read as a course. Without dimensions one group of
    /// everything.
    /// </summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="filter">Which activities; <see cref="LogFilter.Skip"/> and <see cref="LogFilter.First"/> are left aside.</param>
    /// <param name="by">Names of <see cref="Dimensions"/>, in any case.</param>
    /// <exception cref="AuditToolException">UnknownDimension, or what can be wrong with a filter or mirror.</exception>
    public static IEnumerable<AuditActivityMeasure> Run(MirrorReader mirror, LogFilter filter, IReadOnlyList<string> by)
    {
        var dimensions = MeasureDimension.Find(by);
        var conditions = ActivityLog.Definition.Resolve(mirror, filter);
        return conditions.Impossible ? [] : Measures(ActivitySurvey.Groups(mirror, conditions, dimensions), dimensions).ToList();
    }

    /// <summary>Groups that were counted, in their order.</summary>
    public static IEnumerable<AuditActivityMeasure> Measures(
        Dictionary<GroupKey, GroupCounts> groups, IReadOnlyList<MeasureDimension> dimensions)
    {
        var first = dimensions.Count > 0 ? dimensions[0] : null;
        return groups.OrderBy(group => first?.TimeOf?.Invoke(group.Key.Values[0])).ThenByDescending(group => group.Value.Count)
            .ThenBy(group => group.Key)
            .Select(group => new AuditActivityMeasure
            {
                Group = group.Key.Named(dimensions),
                Count = group.Value.Count,
                Success = group.Value.Success,
                Failure = group.Value.Failure,
                First = UtcTime.Of(group.Value.First),
                Last = UtcTime.Of(group.Value.Last),
            });
    }
}
