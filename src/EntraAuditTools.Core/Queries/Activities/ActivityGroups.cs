using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;

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

/// <summary>Groups activities by dimensions: counted by numbers, and only the groups are put in words.</summary>
internal static class ActivityGroups
{
    /// <summary>How many columns stand before those of the dimensions: row, drift and result.</summary>
    private const int OwnColumns = 3;

    /// <summary>The groups; where there are no dimensions, one of everything, and none where there is nothing.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="conditions">Which activities; possible ones.</param>
    /// <param name="dimensions">What to group by.</param>
    public static Dictionary<GroupKey, GroupCounts> Of(
        MirrorReader mirror, LogConditions conditions, IReadOnlyList<MeasureDimension> dimensions)
    {
        var columns = dimensions.Select(dimension => dimension.Column).Distinct().ToList();
        var places = dimensions.Select(dimension => columns.IndexOf(dimension.Column)).ToList();
        var groups = new Dictionary<GroupKey, GroupCounts>();
        using var words = new ActivityDimensions(mirror);
        var counted = mirror.Light == null ? Count(mirror, Sql(mirror, conditions, dimensions, columns), columns.Count)
            : CountThere(mirror, conditions, dimensions, columns);
        foreach (var (numbers, counts) in counted)
        {
            // The rows are grouped by ids: several can be the same value, such as a person seen with two names.
            var key = mirror.Value(numbers, row => new GroupKey([.. dimensions.Select((at, i) => at.Value(words, row[places[i]]))]));
            groups[key] = groups.TryGetValue(key, out var before) ? before.Add(counts) : counts;
        }

        return groups;
    }

    private static IEnumerable<(long[] Numbers, GroupCounts Counts)> Count(MirrorReader mirror, SqlText sql, int width)
    {
        var (success, failure) = Results(mirror);
        var groups = new NumberGroups(width);
        var counts = new List<GroupCounts>();
        using var row = mirror.Prepare(sql);
        while (mirror.Step(row))
        {
            var group = groups.Of(row, OwnColumns);
            var (id, result) = (row.Number(0), row.Number(2));
            var ticks = ActivityTime.ToTicks(id, row.Number(1));
            var one = new GroupCounts(1, success.Contains(result) ? 1 : 0, failure.Contains(result) ? 1 : 0, ticks, ticks, id);
            if (group == counts.Count) counts.Add(one);
            else counts[group] = counts[group].Add(one);
        }

        return groups.Values.Zip(counts);
    }

    /// <summary>The same where the logs are elsewhere: only groups come from there.</summary>
    private static IEnumerable<(long[] Numbers, GroupCounts Counts)> CountThere(MirrorReader mirror, LogConditions conditions,
        IReadOnlyList<MeasureDimension> dimensions, List<string> columns)
    {
        var (sql, (success, failure)) = (mirror.LogText(), Results(mirror));
        var from = From(mirror, sql, conditions, dimensions);
        var names = columns.Select((_, i) => $"g{i}").ToList();
        string Of(HashSet<long> results) => results.Count == 0 ? "0" : $"count(*) FILTER (WHERE {sql.In("result", results)})";
        sql.Add($"SELECT {string.Concat(names.Select(name => $"{name}, "))}count(*), {Of(success)}, {Of(failure)}, min(ticks), max(ticks), min(id) "
            + $"FROM (SELECT {string.Concat(columns.Select((column, i) => $"{column} AS {names[i]}, "))}a.result AS result, a.id AS id, "
            + $"(a.id >> {ActivityTime.SequenceBits}) - a.drift + {ActivityTime.Epoch} AS ticks FROM {from}) r");
        if (names.Count > 0) sql.Add($" GROUP BY {string.Join(", ", names)}");
        var at = names.Count;
        return mirror.QueryLog(sql, row => (Numbers: Enumerable.Range(0, at).Select(row.Number).ToArray(), new GroupCounts(row.Number(at),
            row.Number(at + 1), row.Number(at + 2), row.Number(at + 3), row.Number(at + 4), row.Number(at + 5)))).Where(group => group.Item2.Count > 0);
    }

    private static (HashSet<long> Success, HashSet<long> Failure) Results(MirrorReader mirror) =>
        (Terms(mirror, "'success', 'succeeded'"), Terms(mirror, "'failure', 'failed', 'timeout', 'partiallysucceeded'"));

    private static HashSet<long> Terms(MirrorReader mirror, string texts) =>
        mirror.Query($"SELECT id FROM term WHERE text COLLATE NOCASE IN ({texts})", row => row.GetInt64(0)).ToHashSet();

    private static SqlText Sql(
        MirrorReader mirror, LogConditions conditions, IReadOnlyList<MeasureDimension> dimensions, IReadOnlyList<string> columns)
    {
        var sql = new SqlText($"SELECT a.id, a.drift, a.result{string.Concat(columns.Select(column => ", " + column))} FROM ");
        return sql.Add(From(mirror, sql, conditions, dimensions));
    }

    private static string From(MirrorReader mirror, SqlText sql, LogConditions conditions, IReadOnlyList<MeasureDimension> dimensions)
    {
        var plan = new LogPlan(mirror, conditions);
        return dimensions.Any(dimension => dimension.NeedsTargets) ? WithTargets(plan, sql) : plan.FromWhere(sql);
    }

    // Targets are indexed by identity alone, so the walk is through them, and the activities are looked up; those without targets come
    // after.
    // Without the plus SQLite would skip through the index once for each activity.
    private static string WithTargets(LogPlan plan, SqlText sql) => $"""
        (SELECT t.identity, a.id, a.drift, a.kind, a.result, a.actor, a.tenant, a.origin, a.address
            FROM {sql.Dialect.LookUp("activity_target t", "activity a", "a.id = t.activity")}
            WHERE {sql.Dialect.Unsought("t.activity")} IN (SELECT a.id FROM {plan.FromWhere(sql)})
        UNION ALL SELECT 0, a.id, a.drift, a.kind, a.result, a.actor, a.tenant, a.origin, a.address
            FROM {plan.FromWhere(sql)} AND a.target_count = 0) a
        """;
}
