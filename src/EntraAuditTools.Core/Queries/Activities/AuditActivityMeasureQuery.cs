using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using Microsoft.Data.Sqlite;

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
        var dimensions = by.Select(Find).Distinct().ToList();
        var conditions = ActivityLog.Definition.Resolve(mirror, filter);
        if (conditions.Impossible) return [];

        using var words = new ActivityDimensions(mirror);
        var groups = new Dictionary<GroupKey, Tally>();
        foreach (var (values, tally) in mirror.Query(Sql(mirror, conditions, dimensions), row => Read(row, dimensions, words)))
        {
            // SQL groups by ids: several can be the same value, such as a person seen with two names.
            var key = new GroupKey(values);
            groups[key] = groups.TryGetValue(key, out var before) ? before.Add(tally) : tally;
        }

        return Ordered(groups, dimensions)
            .Select(group => new AuditActivityMeasure
            {
                Group = dimensions.Select((dimension, i) => KeyValuePair.Create(dimension.Name, group.Key.Values[i]))
                    .ToDictionary(StringComparer.OrdinalIgnoreCase),
                Count = group.Value.Count,
                Success = group.Value.Success,
                Failure = group.Value.Failure,
                First = UtcTime.Of(group.Value.First),
                Last = UtcTime.Of(group.Value.Last),
            }).ToList();
    }

    private static IEnumerable<KeyValuePair<GroupKey, Tally>> Ordered(Dictionary<GroupKey, Tally> groups, List<MeasureDimension> dimensions)
    {
        var first = dimensions.FirstOrDefault();
        return groups.OrderBy(group => first?.TimeOf?.Invoke(group.Key.Values[0])).ThenByDescending(group => group.Value.Count)
            .ThenBy(group => group.Key);
    }

    private static MeasureDimension Find(string name) =>
        MeasureDimension.All.FirstOrDefault(dimension => dimension.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new AuditToolException("UnknownDimension", AuditErrorKind.InvalidArgument, $"Activities cannot be grouped by '{name}'.",
            $"Use one of {string.Join(", ", Dimensions)}.", name);

    private static SqlText Sql(MirrorReader mirror, LogConditions conditions, List<MeasureDimension> dimensions)
    {
        var columns = Columns(dimensions);
        var sql = new SqlText("SELECT ");
        foreach (var column in columns) sql.Add(column).Add(", ");
        sql.Add($"""
            count(*), sum(a.result IN (SELECT id FROM term WHERE text COLLATE NOCASE IN ('success', 'succeeded'))),
            sum(a.result IN (SELECT id FROM term WHERE text COLLATE NOCASE IN ('failure', 'failed', 'timeout', 'partiallysucceeded'))),
            min((a.id >> {ActivityTime.SequenceBits}) - a.drift), max((a.id >> {ActivityTime.SequenceBits}) - a.drift) FROM
            """).Add(" ");
        var plan = new LogPlan(mirror, conditions);
        sql.Add(dimensions.Exists(dimension => dimension.NeedsTargets) ? WithTargets(plan, sql) : plan.FromWhere(sql));
        return sql.Add(" GROUP BY ").Add(string.Join(", ", Enumerable.Range(1, columns.Count)));
    }

    // Grouping by a constant gives one group, and none where there is nothing.
    private static List<string> Columns(List<MeasureDimension> dimensions) =>
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

    private static (object?[] Values, Tally Tally) Read(SqliteDataReader row, List<MeasureDimension> dimensions, ActivityDimensions words)
    {
        var columns = Columns(dimensions);
        var next = columns.Count;
        return (dimensions.Select(dimension => dimension.Value(words, row.GetInt64(columns.IndexOf(dimension.Column)))).ToArray(),
            new Tally(row.GetInt64(next), row.GetInt64(next + 1), row.GetInt64(next + 2), row.GetInt64(next + 3) + ActivityTime.Epoch,
                row.GetInt64(next + 4) + ActivityTime.Epoch));
    }

    private readonly record struct Tally(long Count, long Success, long Failure, long First, long Last)
    {
        public Tally Add(Tally other) =>
            new(Count + other.Count, Success + other.Success, Failure + other.Failure, Math.Min(First, other.First),
                Math.Max(Last, other.Last));
    }

    /// <summary>The values of a group, equal when each is; ordered by the values, for groups of the same size.</summary>
    private sealed class GroupKey(object?[] values) : IEquatable<GroupKey>, IComparable<GroupKey>
    {
        public object?[] Values => values;

        public bool Equals(GroupKey? other) => other is not null && values.SequenceEqual(other.Values);

        public override bool Equals(object? obj) => Equals(obj as GroupKey);

        public override int GetHashCode() => values.Aggregate(17, HashCode.Combine);

        public int CompareTo(GroupKey? other)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var order = Comparer<object?>.Default.Compare(values[i] is string a ? a.ToUpperInvariant() : values[i],
                    other!.Values[i] is string b ? b.ToUpperInvariant() : other.Values[i]);
                if (order != 0) return order;
            }

            return 0;
        }
    }
}
