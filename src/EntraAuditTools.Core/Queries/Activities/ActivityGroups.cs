using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>What is known of a group of activities. Times are UTC ticks.</summary>
/// <param name="Count">How many.</param>
/// <param name="Success">How many of them succeeded.</param>
/// <param name="Failure">How many of them failed or timed out.</param>
/// <param name="First">Time of the first.</param>
/// <param name="Last">Time of the last.</param>
/// <param name="FirstRow">Number of the first one's row.</param>
internal readonly record struct GroupCounts(long Count, long Success, long Failure, long First, long Last, long FirstRow)
{
    public GroupCounts Add(GroupCounts other) =>
        new(Count + other.Count, Success + other.Success, Failure + other.Failure, Math.Min(First, other.First),
            Math.Max(Last, other.Last), Math.Min(FirstRow, other.FirstRow));
}

/// <summary>Groups activities by dimensions: SQLite counts by numbers, and only the groups are put in words.</summary>
internal static class ActivityGroups
{
    /// <summary>The groups; where there are no dimensions, one of everything.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="conditions">Which activities; possible ones.</param>
    /// <param name="dimensions">What to group by.</param>
    public static Dictionary<GroupKey, GroupCounts> Of(
        MirrorReader mirror, LogConditions conditions, IReadOnlyList<MeasureDimension> dimensions)
    {
        using var words = new ActivityDimensions(mirror);
        var groups = new Dictionary<GroupKey, GroupCounts>();
        foreach (var (values, counts) in mirror.Query(Sql(mirror, conditions, dimensions), row => Read(row, dimensions, words)))
        {
            // SQL groups by ids: several can be the same value, such as a person seen with two names.
            var key = new GroupKey(values);
            groups[key] = groups.TryGetValue(key, out var before) ? before.Add(counts) : counts;
        }

        return groups;
    }

    private static SqlText Sql(MirrorReader mirror, LogConditions conditions, IReadOnlyList<MeasureDimension> dimensions)
    {
        var columns = Columns(dimensions);
        var sql = new SqlText("SELECT ");
        foreach (var column in columns) sql.Add(column).Add(", ");
        sql.Add($"""
            count(*), sum(a.result IN (SELECT id FROM term WHERE text COLLATE NOCASE IN ('success', 'succeeded'))),
            sum(a.result IN (SELECT id FROM term WHERE text COLLATE NOCASE IN ('failure', 'failed', 'timeout', 'partiallysucceeded'))),
            min((a.id >> {ActivityTime.SequenceBits}) - a.drift), max((a.id >> {ActivityTime.SequenceBits}) - a.drift), min(a.id) FROM
            """).Add(" ");
        var plan = new LogPlan(mirror, conditions);
        sql.Add(dimensions.Any(dimension => dimension.NeedsTargets) ? WithTargets(plan, sql) : plan.FromWhere(sql));
        return sql.Add(" GROUP BY ").Add(string.Join(", ", Enumerable.Range(1, columns.Count)));
    }

    // Grouping by a constant gives one group, and none where there is nothing.
    private static List<string> Columns(IReadOnlyList<MeasureDimension> dimensions) =>
        dimensions.Count == 0 ? ["0"] : dimensions.Select(dimension => dimension.Column).Distinct().ToList();

    // Targets are indexed by identity alone, so the walk is through them, and the activities are looked up; those without targets come
    // after.
    // Without the plus SQLite would skip through the index once for each activity.
    private static string WithTargets(LogPlan plan, SqlText sql) => $"""
        (SELECT t.identity, a.id, a.drift, a.kind, a.result, a.actor, a.tenant, a.origin, a.address FROM activity_target t CROSS
            JOIN activity a ON a.id = t.activity
            WHERE +t.activity IN (SELECT a.id FROM {plan.FromWhere(sql)})
        UNION ALL SELECT 0, a.id, a.drift, a.kind, a.result, a.actor, a.tenant, a.origin, a.address FROM {plan.FromWhere(sql)} AND a.target_count = 0) a
        """;

    private static (object?[] Values, GroupCounts Counts) Read(
        SqliteDataReader row, IReadOnlyList<MeasureDimension> dimensions, ActivityDimensions words)
    {
        var columns = Columns(dimensions);
        var next = columns.Count;
        return (dimensions.Select(dimension => dimension.Value(words, row.GetInt64(columns.IndexOf(dimension.Column)))).ToArray(),
            new GroupCounts(row.GetInt64(next), row.GetInt64(next + 1), row.GetInt64(next + 2), row.GetInt64(next + 3) + ActivityTime.Epoch,
                row.GetInt64(next + 4) + ActivityTime.Epoch, row.GetInt64(next + 5)));
    }
}
