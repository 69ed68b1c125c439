using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Mirror.Writing.Logs;
using EntraAuditTools.Core.Queries.Logs.Conditions;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>
/// Decides which condition finds the rows, and writes the SQL. Every index of a log ends in the row's number and so in time order: one
/// value of an index needs no sort, and a few values are merged (UNION ALL with ORDER BY), so that the newest rows come at once.
/// SQLite's own choice would sort all matches first whenever a column has several values.
/// </summary>
internal sealed class LogPlan
{
    /// <summary>Up to this many matches are sorted rather than found by walking through everything.</summary>
    private const long FewRows = 20_000;

    private readonly MirrorReader mirror;
    private readonly LogConditions conditions;
    private readonly IReadOnlyList<string> links;
    private readonly LogCondition? chosen;

    public LogPlan(MirrorReader mirror, LogConditions conditions)
    {
        this.mirror = mirror;
        this.conditions = conditions;
        // What a record is about: its targets, and what its properties name.
        var mentions = mirror.SchemaVersion >= ReadingSchema.Since ? conditions.Log.Mentions : null;
        links = [.. new[] { conditions.Log.Links, mentions }.OfType<string>()];
        chosen = Choose();
    }

    /// <summary>SELECT of rows in time order.</summary>
    /// <param name="columns">Columns of the log; the first must be its row's number.</param>
    /// <param name="skip">Rows to leave out.</param>
    /// <param name="first">Rows at most; null for all.</param>
    /// <param name="oldestFirst">Oldest first instead of newest.</param>
    public SqlText Select(string columns, long skip, long? first, bool oldestFirst = false)
    {
        var sql = mirror.LogText();
        var scope = Scope(sql);
        var arms = chosen?.Driver!.Arms?.Invoke(scope).ToList();
        if (arms != null && chosen!.Driver!.ArmsRow?.Invoke(scope) is { } row)
            columns = row + columns[columns.IndexOf(',', StringComparison.Ordinal)..];
        arms ??= [Source(scope)];
        var where = Where(scope);
        sql.Add(string.Join(" UNION ALL ", arms.Select(arm => $"SELECT {columns} FROM {arm}{where}")))
            .Add(oldestFirst ? " ORDER BY 1" : " ORDER BY 1 DESC");
        return sql.Add(sql.Dialect.Page(sql, skip, first));
    }

    /// <summary>"activity a … WHERE …" for counting and grouping, in no order.</summary>
    public string FromWhere(SqlText sql)
    {
        var scope = Scope(sql);
        return Source(scope) + Where(scope);
    }

    /// <summary>SELECT of how many rows there are. Where an index alone knows, those that are hidden are counted in an index too.</summary>
    public SqlText Count()
    {
        var (sql, log) = (mirror.LogText("SELECT "), conditions.Log);
        if (conditions is { HidesTwins: true, IsOpen: true })
            return sql.Add($"(SELECT count(*) FROM {log.Name}) - (SELECT count(*) FROM {log.Twins})");
        if (conditions is { HidesTwins: true, IsOfKindsOnly: true } && chosen != null)
        {
            var kinds = sql.In("kind", conditions.Kinds!);
            var walked = sql.Dialect.WalkIndex(log.Name, string.Empty, log.IndexOf("kind").Name);
            return sql.Add($"(SELECT count(*) FROM {walked} WHERE {kinds}) - "
                + $"(SELECT count(*) FROM {log.Name} WHERE origin = {TwinWriter.Twin} AND {kinds})");
        }

        return sql.Add("count(*) FROM ").Add(FromWhere(sql));
    }

    private LogScope Scope(SqlText sql) => new(sql, conditions.Log, conditions.Time, links, conditions.HidesTwins);

    private string Source(LogScope scope) =>
        chosen?.Driver!.Source(scope) ?? $"{scope.Dialect.WalkRows(conditions.Log.Name, conditions.Log.Alias)} WHERE TRUE";

    private string Where(LogScope scope)
    {
        var text = conditions.Time.Exact(scope.Sql, conditions.Log.Alias);
        if (conditions.HidesTwins) text += $" AND {scope.Column("origin")} <> {TwinWriter.Twin}";
        foreach (var condition in conditions.All.Where(condition => condition != chosen)) text += $" AND {condition.Where(scope)}";
        return text;
    }

    private LogCondition? Choose()
    {
        var able = conditions.All.Where(condition => condition.Driver != null).ToList();
        if (able.Find(condition => condition.Driver!.Ids is null) is { } decisive) return decisive;
        if (able.Count == 0 || conditions.Impossible) return null;

        // Beyond an eighth of the log, looking rows up one by one costs more than walking through them.
        var total = mirror.Query(mirror.Light == null ? conditions.Log.Size : LogTable.Activity.Size, row => row.GetInt64(0)).First();
        var limit = Math.Max(FewRows, total / 8);
        LogCondition? best = null;
        var fewest = limit;
        foreach (var condition in able)
        {
            // Few enough to merge may be as many as the limit; else they are sorted, and should be few.
            var most = Math.Min(fewest, condition.Driver!.Arms != null ? limit : FewRows);
            var rows = Rows(condition.Driver, most);
            if (rows < most) (best, fewest) = (condition, rows);
        }

        return best;
    }

    private long Rows(LogDriver driver, long most)
    {
        var sql = mirror.LogText();
        var arms = driver.Indexes(Scope(sql)).Select(index =>
            $"SELECT 1 FROM {index.Table} WHERE {sql.In(index.Column, driver.Ids!)}{conditions.Time.Rows(sql, index.RowId)}").ToList();
        sql.Add($"SELECT count(*) FROM (SELECT * FROM ({string.Join(" UNION ALL ", arms)}) f{sql.Dialect.Page(sql, 0, most)}) c");
        return mirror.NumberOfLog(sql);
    }
}
