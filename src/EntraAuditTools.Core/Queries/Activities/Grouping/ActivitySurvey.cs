using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Activities.Grouping;

/// <summary>Groups activities in several ways at once: the log is gone through once for all of them.</summary>
internal sealed class ActivitySurvey
{
    /// <summary>How many columns stand before those of the dimensions: row, drift and result.</summary>
    private const int OwnColumns = 3;

    private readonly List<string> columns = [];
    private readonly List<ActivityGrouping> groupings = [];

    /// <summary>The groups of one grouping; where there are no dimensions, one of everything, and none where there is nothing.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="conditions">Which activities; possible ones.</param>
    /// <param name="dimensions">What to group by.</param>
    public static Dictionary<GroupKey, GroupCounts> Groups(
        MirrorReader mirror, LogConditions conditions, IReadOnlyList<MeasureDimension> dimensions)
    {
        var survey = new ActivitySurvey();
        var grouping = survey.Add(dimensions);
        survey.Read(mirror, conditions);
        using var words = new ActivityDimensions(mirror);
        return grouping.InWords(mirror, words);
    }

    /// <summary>Adds a grouping, before the log is read.</summary>
    /// <param name="dimensions">What to group by. By target, an activity counts once for each; then all groupings must be.</param>
    /// <param name="from">Activities at or after this time, UTC ticks.</param>
    public ActivityGrouping Add(IReadOnlyList<MeasureDimension> dimensions, long from = 0)
    {
        var grouping = new ActivityGrouping(dimensions, from, columns);
        groupings.Add(grouping);
        return grouping;
    }

    /// <summary>Goes through the log.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="conditions">Which activities; possible ones.</param>
    public void Read(MirrorReader mirror, LogConditions conditions)
    {
        if (mirror.Light != null)
        {
            foreach (var grouping in groupings) ReadThere(mirror, conditions.Since(grouping.Since), grouping);
            return;
        }

        var (success, failure) = Results(mirror);
        var numbers = new long[OwnColumns + columns.Count];
        var sql = new SqlText($"SELECT a.id, a.drift, a.result{string.Concat(columns.Select(column => ", " + column))} FROM ");
        using var row = mirror.Prepare(sql.Add(From(mirror, sql, conditions)));
        while (mirror.Step(row))
        {
            row.Numbers(numbers);
            var (id, result) = (numbers[0], numbers[2]);
            var ticks = ActivityTime.ToTicks(id, numbers[1]);
            var one = new GroupCounts(1, success.Contains(result) ? 1 : 0, failure.Contains(result) ? 1 : 0, ticks, ticks, id);
            foreach (var grouping in groupings) grouping.Add(numbers.AsSpan(OwnColumns), one);
        }
    }

    // Where the logs are elsewhere only groups come from there.
    private void ReadThere(MirrorReader mirror, LogConditions conditions, ActivityGrouping grouping)
    {
        if (conditions.Impossible) return;
        var (sql, (success, failure)) = (mirror.LogText(), Results(mirror));
        var from = From(mirror, sql, conditions);
        var names = grouping.Columns.Select((_, i) => $"g{i}").ToList();
        string Of(HashSet<long> results) => results.Count == 0 ? "0" : $"count(*) FILTER (WHERE {sql.In("result", results)})";
        sql.Add($"SELECT {string.Concat(names.Select(name => $"{name}, "))}count(*), {Of(success)}, {Of(failure)}, min(ticks), max(ticks), min(id) "
            + $"FROM (SELECT {string.Concat(grouping.Columns.Select((column, i) => $"{column} AS {names[i]}, "))}a.result AS result, a.id AS id, "
            + $"(a.id >> {ActivityTime.SequenceBits}) - a.drift + {ActivityTime.Epoch} AS ticks FROM {from}) r");
        if (names.Count > 0) sql.Add($" GROUP BY {string.Join(", ", names)}");
        var at = names.Count;
        foreach (var row in mirror.LogRows(sql))
        {
            var counts = new GroupCounts(
                row.Number(at), row.Number(at + 1), row.Number(at + 2), row.Number(at + 3), row.Number(at + 4), row.Number(at + 5));
            if (counts.Count > 0) grouping.Take([.. Enumerable.Range(0, at).Select(row.Number)], counts);
        }
    }

    private static (HashSet<long> Success, HashSet<long> Failure) Results(MirrorReader mirror) =>
        (Terms(mirror, "'success', 'succeeded'"), Terms(mirror, "'failure', 'failed', 'timeout', 'partiallysucceeded'"));

    private static HashSet<long> Terms(MirrorReader mirror, string texts) =>
        mirror.Query($"SELECT id FROM term WHERE text COLLATE NOCASE IN ({texts})", row => row.GetInt64(0)).ToHashSet();

    private string From(MirrorReader mirror, SqlText sql, LogConditions conditions)
    {
        var plan = new LogPlan(mirror, conditions);
        return groupings.Exists(grouping => grouping.Dimensions.Any(dimension => dimension.NeedsTargets))
            ? WithTargets(plan, sql) : plan.FromWhere(sql);
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
