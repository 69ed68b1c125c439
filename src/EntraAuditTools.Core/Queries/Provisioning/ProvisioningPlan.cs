using System.Globalization;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Activities;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>Decides which index answers a question on the provisioning log; see <see cref="ActivityPlan"/>, whose reasons hold here too.</summary>
internal sealed class ProvisioningPlan
{
    private const int MaxArms = 16;
    private const long FewRows = 20_000;

    private readonly MirrorReader mirror;
    private readonly ProvisioningConditions conditions;
    private readonly Driver driver;

    public ProvisioningPlan(MirrorReader mirror, ProvisioningConditions conditions)
    {
        this.mirror = mirror;
        this.conditions = conditions;
        driver = ChooseDriver();
    }

    private enum Driver
    {
        Time,
        Rows,
        Change,
        Cycle,
        Kind,
        Identity,
    }

    /// <summary>SELECT of rows in time order.</summary>
    /// <param name="columns">Columns of <c>p</c>; the first must be <c>p.id</c>.</param>
    /// <param name="skip">Rows to leave out.</param>
    /// <param name="first">Rows at most; null for all.</param>
    /// <param name="oldestFirst">Oldest first instead of newest.</param>
    public SqlText Select(string columns, long skip, long? first, bool oldestFirst = false)
    {
        var sql = new SqlText();
        string[] arms = driver switch
        {
            Driver.Kind when conditions.Kinds!.Count <= MaxArms =>
                [.. conditions.Kinds.Select(id =>
                    $"provisioning p INDEXED BY provisioning_kind_time WHERE p.kind = {id.ToString(CultureInfo.InvariantCulture)}")],
            Driver.Identity when conditions.Identities!.Count == 1 =>
                [$"provisioning_identity t CROSS JOIN provisioning p ON p.id = t.provisioning WHERE "
                    + $"{sql.In("t.identity", conditions.Identities)}{conditions.Time.Rows(sql, "t.provisioning")}"],
            _ => [Source(sql)],
        };
        var filters = Filters(sql);
        sql.Add(string.Join(" UNION ALL ", arms.Select(arm => $"SELECT {columns} FROM {arm}{filters}"))).Add(oldestFirst ? " ORDER BY 1" : " ORDER BY 1 DESC");
        if (first is not null || skip > 0) sql.Add($" LIMIT {sql.Bind(first ?? -1)} OFFSET {sql.Bind(skip)}");
        return sql;
    }

    /// <summary>"provisioning p … WHERE …" for counting and grouping, in no order.</summary>
    public string FromWhere(SqlText sql) => Source(sql) + Filters(sql);

    private string Source(SqlText sql) => driver switch
    {
        Driver.Rows => $"provisioning p WHERE {sql.In("p.id", conditions.Rows!)}",
        Driver.Change => $"provisioning p WHERE {conditions.Changes.In(sql, "p.change_id")}",
        Driver.Cycle => $"provisioning p WHERE {conditions.Cycles.In(sql, "p.cycle")}",
        Driver.Kind => $"provisioning p INDEXED BY provisioning_kind_time WHERE {sql.In("p.kind", conditions.Kinds!)}",
        Driver.Identity => $"provisioning p WHERE p.id IN (SELECT provisioning FROM provisioning_identity WHERE "
            + $"{sql.In("identity", conditions.Identities!)}{conditions.Time.Rows(sql, "provisioning")})",
        _ => "provisioning p NOT INDEXED WHERE 1",
    };

    private string Filters(SqlText sql)
    {
        var text = conditions.Time.Exact(sql, "p");
        if (driver != Driver.Rows && conditions.Rows is { } rows) text += $" AND {sql.In("+p.id", rows)}";
        if (driver != Driver.Kind && conditions.Kinds is { } kinds) text += $" AND {sql.In("+p.kind", kinds)}";
        if (driver != Driver.Identity && conditions.Identities is { } identities)
            text += $" AND ({sql.In("p.source", identities)} OR {sql.In("p.target", identities)})";
        if (conditions.Tenants is { } tenants) text += $" AND {sql.In("p.tenant", tenants)}";
        if (driver != Driver.Change) text += conditions.Changes.Filter(sql, "p.change_id");
        if (driver != Driver.Cycle) text += conditions.Cycles.Filter(sql, "p.cycle");
        if (conditions.Imports is { } imports) text += $" AND {SqlOfImports(sql, imports)}";
        if (conditions.RecordIdPatterns is { } ids) text += $" AND {ActivityPlan.AnyMatch(sql, ids, $"{MirrorFunctions.CorrelationText}(p.record_id)")}";
        return text;
    }

    // As for activities; and the files of the portal that hold the steps and changes of entries.
    private static string SqlOfImports(SqlText sql, IReadOnlyList<long> imports)
    {
        var blocks = $"SELECT id FROM block WHERE {sql.In("import", imports)}";
        return $"(+p.block IN ({blocks}) OR +p.change_id IN (SELECT change_id FROM provisioning_part WHERE block IN ({blocks}))"
            + $" OR +p.id IN (SELECT provisioning FROM provisioning_copy WHERE block IN ({blocks}) UNION ALL SELECT provisioning FROM "
            + $"provisioning_sighting WHERE {sql.In("import", imports)}))";
    }

    private Driver ChooseDriver()
    {
        if (conditions.Rows is not null) return Driver.Rows;
        if (conditions.Changes.Stored is not null) return Driver.Change;
        if (conditions.Cycles.Stored is not null) return Driver.Cycle;
        if (conditions.Kinds is null && conditions.Identities is null) return Driver.Time;

        // Beyond an eighth of the log, looking rows up one by one costs more than walking through them.
        var total = mirror.Query("SELECT count(*) FROM (SELECT 1 FROM provisioning LIMIT 2000000)", row => row.GetInt64(0)).First();
        var limit = Math.Max(FewRows, total / 8);
        var best = (Driver: Driver.Time, Rows: limit);
        Consider(Driver.Identity, conditions.Identities, "provisioning_identity", "identity", "provisioning", conditions.Identities?.Count == 1);
        Consider(Driver.Kind, conditions.Kinds, "provisioning INDEXED BY provisioning_kind_time", "kind", "id", conditions.Kinds?.Count <= MaxArms);
        return best.Driver;

        void Consider(Driver candidate, IReadOnlyList<long>? ids, string table, string column, string rowId, bool isMerged)
        {
            if (ids is null) return;
            var most = Math.Min(best.Rows, isMerged ? limit : FewRows);
            var sql = new SqlText();
            sql.Add($"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {sql.In(column, ids)}{conditions.Time.Rows(sql, rowId)} LIMIT {sql.Bind(most)})");
            var rows = mirror.Query(sql, row => row.GetInt64(0)).First();
            if (rows < most) best = (candidate, rows);
        }
    }
}
