using System.Globalization;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Mirror.Writing.Logs;

namespace EntraAuditTools.Core.Queries.Activities;

/// <summary>
/// Decides which index answers, and writes the SQL. Every index on activities ends in the rowid and so in time order: one value of
/// an index needs no sort, and a few values are merged (UNION ALL with ORDER BY), so that the newest rows come at once.
/// SQLite's own choice would sort all matches first whenever a column has several values.
/// </summary>
internal sealed class ActivityPlan
{
    /// <summary>More values than this are not merged: SQLite merges arm by arm, each row passing through all of them.</summary>
    private const int MaxArms = 16;

    /// <summary>Up to this many matches are sorted rather than found by walking through everything.</summary>
    private const long FewRows = 20_000;

    private readonly MirrorReader mirror;
    private readonly ActivityConditions conditions;
    private readonly IReadOnlyList<string> links;
    private readonly Driver driver;

    public ActivityPlan(MirrorReader mirror, ActivityConditions conditions)
    {
        this.mirror = mirror;
        this.conditions = conditions;
        // What an activity is about: its targets, and what its properties name.
        links = mirror.SchemaVersion < ReadingSchema.Since ? ["activity_target"] : ["activity_target", "activity_mention"];
        driver = ChooseDriver();
    }

    private enum Driver
    {
        Time,
        Rows,
        Correlation,
        Search,
        Kind,
        Actor,
        Target,
        Involved,
    }

    /// <summary>SELECT of rows in time order.</summary>
    /// <param name="columns">Columns of <c>a</c>; the first must be <c>a.id</c>.</param>
    /// <param name="skip">Rows to leave out.</param>
    /// <param name="first">Rows at most; null for all.</param>
    /// <param name="oldestFirst">Oldest first instead of newest.</param>
    public SqlText Select(string columns, long skip, long? first, bool oldestFirst = false)
    {
        var sql = new SqlText();
        var arms = driver switch
        {
            Driver.Kind when conditions.Kinds!.Count <= MaxArms =>
                conditions.Kinds.Select(id => $"activity a INDEXED BY activity_kind WHERE a.kind = {Number(id)}"),
            Driver.Actor when conditions.Actors!.Count <= MaxArms =>
                conditions.Actors.Select(id => $"activity a INDEXED BY activity_actor WHERE a.actor = {Number(id)}"),
            // CROSS JOIN fixes the order of the loops: the index on targets first, in time order.
            Driver.Target when conditions.Targets!.Count == 1 => TargetArms(sql, Number(conditions.Targets[0])),
            Driver.Search when !conditions.HidesTwins =>
                [$"activity_text f CROSS JOIN activity a ON a.id = f.rowid WHERE activity_text MATCH "
                    + $"{sql.Bind(conditions.Search!.ToMatch())}{conditions.Time.Rows(sql, "f.rowid")}"],
            _ => [Source(sql)],
        };
        var filters = Filters(sql);
        sql.Add(string.Join(" UNION ALL ", arms.Select(arm => $"SELECT {columns} FROM {arm}{filters}"))).Add(oldestFirst ? " ORDER BY 1" : " ORDER BY 1 DESC");
        if (first is not null || skip > 0) sql.Add($" LIMIT {sql.Bind(first ?? -1)} OFFSET {sql.Bind(skip)}");
        return sql;
    }

    /// <summary>"activity a … WHERE …" for counting and grouping, in no order.</summary>
    public string FromWhere(SqlText sql) => Source(sql) + Filters(sql);

    /// <summary>SELECT of how many rows there are. Where an index alone knows, those that are hidden are counted in an index too.</summary>
    public SqlText Count()
    {
        var sql = new SqlText("SELECT ");
        if (conditions is { HidesTwins: true, IsOpen: true }) return sql.Add("(SELECT count(*) FROM activity) - (SELECT count(*) FROM activity_twin)");
        if (conditions is { HidesTwins: true, IsOfKindsOnly: true } && driver == Driver.Kind)
        {
            var kinds = sql.In("kind", conditions.Kinds!);
            return sql.Add($"(SELECT count(*) FROM activity INDEXED BY activity_kind WHERE {kinds}) - (SELECT count(*) FROM activity "
                + $"WHERE origin = {TwinWriter.Twin} AND {kinds})");
        }

        return sql.Add("count(*) FROM ").Add(FromWhere(sql));
    }

    private string Source(SqlText sql) => driver switch
    {
        Driver.Rows => $"activity a WHERE {sql.In("a.id", conditions.Rows!)}",
        Driver.Correlation => $"activity a WHERE a.correlation IN ({string.Join(", ", conditions.Correlations!.Select(sql.Bind))})",
        Driver.Search => $"activity a WHERE a.id IN ({SearchRows(sql)})",
        Driver.Kind => $"activity a INDEXED BY activity_kind WHERE {sql.In("a.kind", conditions.Kinds!)}",
        Driver.Actor => $"activity a INDEXED BY activity_actor WHERE {sql.In("a.actor", conditions.Actors!)}",
        Driver.Target => $"activity a WHERE a.id IN ({TargetRows(sql, conditions.Targets!)})",
        Driver.Involved => $"activity a WHERE a.id IN ({InvolvedRows(sql)})",
        _ => "activity a NOT INDEXED WHERE 1",
    };

    // A unary plus keeps SQLite from choosing the column's index: the choice is made here.
    private string Filters(SqlText sql)
    {
        var text = conditions.Time.Exact(sql, "a");
        if (driver != Driver.Rows && conditions.Rows is { } rows) text += $" AND {sql.In("+a.id", rows)}";
        if (driver != Driver.Kind && conditions.Kinds is { } kinds) text += $" AND {sql.In("+a.kind", kinds)}";
        if (driver != Driver.Actor && conditions.Actors is { } actors) text += $" AND {sql.In("+a.actor", actors)}";
        if (driver != Driver.Target && conditions.Targets is { } targets)
        {
            text += targets.Count <= MaxArms
                ? $" AND ({string.Join(" OR ", links.Select(table => $"EXISTS (SELECT 1 FROM {table} t WHERE {sql.In("t.identity", targets)} AND t.activity = a.id)"))})"
                : $" AND +a.id IN ({TargetRows(sql, targets)})";
        }

        if (driver != Driver.Involved && conditions.Involved is { } involved)
            text += $" AND ({sql.In("+a.actor", involved)} OR +a.id IN ({TargetRows(sql, involved)}))";
        if (conditions.Results is { } results) text += $" AND {sql.In("a.result", results)}";
        if (conditions.Addresses is { } addresses) text += AddressOf(sql.In("a.address", addresses), sql.In("u.address", addresses));
        if (conditions.Tenants is { } tenants) text += $" AND {sql.In("a.tenant", tenants)}";
        if (conditions.PropertySets is { } sets) text += $" AND {sql.In("a.property_set", sets)}";
        if (driver != Driver.Correlation && conditions.Correlations is { } correlations)
            text += $" AND +a.correlation IN ({string.Join(", ", correlations.Select(sql.Bind))})";
        if (conditions.CorrelationPatterns is { } patterns) text += $" AND {AnyMatch(sql, patterns, $"{MirrorFunctions.CorrelationText}(a.correlation)")}";
        if (conditions.Origins is { } origins) text += $" AND {sql.In("a.origin", origins)}";
        if (conditions.HidesTwins) text += $" AND a.origin <> {TwinWriter.Twin}";
        if (conditions.RecordIdPatterns is { } ids)
            text += OrTwin(row => AnyMatch(sql, ids, $"{MirrorFunctions.RecordIdText}({row}.record_id, {row}.correlation)"));
        if (conditions.Imports is { } imports) text += OrTwin(row => SqlOfImports(sql, imports, row));
        // Last, since it reads the original.
        if (conditions.SearchByScan is { } search) text += OrTwin(row => $"{MirrorFunctions.OriginalHas}({sql.Bind(search)}, {row}.block, {row}.slot)");
        return text;
    }

    // The shown original, other originals of the same event, and originals that came again.
    private static string SqlOfImports(SqlText sql, IReadOnlyList<long> imports, string row)
    {
        var blocks = $"SELECT id FROM block WHERE {sql.In("import", imports)}";
        return $"(+{row}.block IN ({blocks}) OR +{row}.id IN (SELECT activity FROM activity_copy WHERE block IN ({blocks}) UNION ALL "
            + $"SELECT activity FROM activity_sighting WHERE {sql.In("import", imports)}))";
    }

    // What only the unified log's record says finds the event too.
    private string SearchRows(SqlText sql)
    {
        var match = sql.Bind(conditions.Search!.ToMatch());
        var rows = $"SELECT rowid FROM activity_text WHERE activity_text MATCH {match}";
        return conditions.HidesTwins
            ? $"SELECT coalesce(x.directory, f.rowid) FROM ({rows}) f LEFT JOIN activity_twin x ON x.activity = f.rowid"
            : rows + conditions.Time.Rows(sql, "rowid");
    }

    private string TargetRows(SqlText sql, IReadOnlyList<long> identities) =>
        string.Join(" UNION ALL ",
            links.Select(table => $"SELECT activity FROM {table} WHERE {sql.In("identity", identities)}{conditions.Time.Rows(sql, "activity")}"));

    private string InvolvedRows(SqlText sql) =>
        $"SELECT id FROM activity INDEXED BY activity_actor WHERE "
            + $"{sql.In("actor", conditions.Involved!)}{conditions.Time.Rows(sql, "id")} UNION ALL {TargetRows(sql, conditions.Involved!)}";

    /// <summary>Through each of the tables that link an identity, in time order; what is in both is taken from the first.</summary>
    private IEnumerable<string> TargetArms(SqlText sql, string identity) => links.Select((table, i) =>
        $"{table} t CROSS JOIN activity a ON a.id = t.activity WHERE t.identity = {identity}{conditions.Time.Rows(sql, "t.activity")}"
        + (i == 0 ? string.Empty : $" AND NOT EXISTS (SELECT 1 FROM {links[0]} o WHERE o.identity = {identity} AND o.activity = t.activity)"));

    /// <summary>An address that only the unified log's record tells is the event's too.</summary>
    private string AddressOf(string own, string other) =>
        conditions.HidesTwins ? $" AND ({own} OR (a.address = 0 AND EXISTS (SELECT 1 FROM activity_twin x JOIN activity u ON u.id = "
            + $"x.activity WHERE x.directory = a.id AND {other})))" : $" AND {own}";

    /// <summary>A condition that the other log's record of the event may fulfil as well.</summary>
    private string OrTwin(Func<string, string> condition) =>
        conditions.HidesTwins ? $" AND ({condition("a")} OR EXISTS (SELECT 1 FROM activity_twin x JOIN activity u ON u.id = x.activity "
            + $"WHERE x.directory = a.id AND {condition("u")}))" : $" AND {condition("a")}";

    public static string AnyMatch(SqlText sql, IReadOnlyList<string> patterns, string value) =>
        "(" + string.Join(" OR ", patterns.Select(pattern => $"{MirrorFunctions.Matches}({sql.Bind(pattern)}, {value})")) + ")";

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);

    private Driver ChooseDriver()
    {
        if (conditions.Rows is not null) return Driver.Rows;
        if (conditions.Correlations is not null) return Driver.Correlation;
        if (conditions.Search is not null) return Driver.Search;
        if (conditions.Kinds is null && conditions.Actors is null && conditions.Targets is null && conditions.Involved is null) return Driver.Time;

        // Beyond an eighth of the mirror, looking rows up one by one costs more than walking through them.
        var total = mirror.Query("SELECT coalesce((SELECT sum(added) FROM import), 0)", row => row.GetInt64(0)).First();
        var limit = Math.Max(FewRows, total / 8);
        var best = (Driver: Driver.Time, Rows: limit);
        var (byActor, byTarget) = (("activity INDEXED BY activity_actor", "actor", "id"), links.Select(table => (table, "identity", "activity")).ToList());
        Consider(Driver.Kind, conditions.Kinds, [("activity INDEXED BY activity_kind", "kind", "id")]);
        Consider(Driver.Actor, conditions.Actors, [byActor]);
        Consider(Driver.Target, conditions.Targets, byTarget);
        Consider(Driver.Involved, conditions.Involved, [byActor, .. byTarget]);
        return best.Driver;

        void Consider(Driver candidate, IReadOnlyList<long>? ids, IReadOnlyList<(string Table, string Column, string RowId)> indexes)
        {
            if (ids is null) return;
            // Few enough to merge may be as many as the limit; else they are sorted, and should be few.
            var merged = candidate != Driver.Involved && ids.Count <= (candidate == Driver.Target ? 1 : MaxArms);
            var most = Math.Min(best.Rows, merged ? limit : FewRows);
            var sql = new SqlText();
            var arms = string.Join(" UNION ALL ",
                indexes.Select(index => $"SELECT 1 FROM {index.Table} WHERE {sql.In(index.Column, ids)}{conditions.Time.Rows(sql, index.RowId)}"));
            sql.Add($"SELECT count(*) FROM (SELECT * FROM ({arms}) LIMIT {sql.Bind(most)})");
            var rows = mirror.Query(sql, row => row.GetInt64(0)).First();
            if (rows < most) best = (candidate, rows);
        }
    }
}
