using EntraAuditTools.Core.Formats.Entitlement;

namespace EntraAuditTools.Core.Queries.Entitlement;

/// <summary>Lists of many entities, read at once; each as <see cref="EntitlementReader.Edges"/> gives it.</summary>
internal sealed class EdgeLists
{
    private readonly Dictionary<(long Source, EdgeRole Role), List<long>> items = [];
    private readonly Dictionary<(long Source, EdgeRole Role), bool> told = [];

    /// <summary>Reads lists of some entities.</summary>
    public EdgeLists(EntitlementReader reader, IReadOnlyCollection<long> sources, params EdgeRole[] roles)
    {
        if (sources.Count == 0) return;
        var some = string.Join(',', roles.Select(role => (int)role));
        var sql = new SqlText();
        sql.Add($"SELECT source, role, target FROM edge e WHERE {sql.In("source", sources)} AND role IN ({some}) AND {EdgeTime.Condition(sql, reader.Time)} ORDER BY source, role, first, target");
        foreach (var (source, role, target) in reader.Mirror.Query(sql, row => (row.GetInt64(0), (EdgeRole)row.GetInt64(1), row.GetInt64(2))))
        {
            if (!items.TryGetValue((source, role), out var list)) items.Add((source, role), list = []);
            if (!list.Contains(target)) list.Add(target);
        }

        sql = new SqlText();
        sql.Add($"SELECT source, role, max(complete) FROM edge_list WHERE {sql.In("source", sources)} AND role IN ({some}) GROUP BY source, role");
        ReadTold(reader, sql);
    }

    private EdgeLists(EntitlementReader reader, SqlText told) => ReadTold(reader, told);

    /// <summary>Of every entity whether its lists were told, without their items.</summary>
    public static EdgeLists ToldOnly(EntitlementReader reader, params EdgeRole[] roles) =>
        new(reader, new SqlText($"SELECT source, role, max(complete) FROM edge_list WHERE role IN ({string.Join(',', roles.Select(role => (int)role))}) GROUP BY source, role"));

    /// <summary>One of the lists.</summary>
    public EdgeList this[long source, EdgeRole role]
    {
        get
        {
            var targets = items.GetValueOrDefault((source, role));
            return new EdgeList(targets ?? [], targets != null || told.ContainsKey((source, role)), told.GetValueOrDefault((source, role)));
        }
    }

    private void ReadTold(EntitlementReader reader, SqlText sql)
    {
        foreach (var (source, role, complete) in reader.Mirror.Query(sql, row => (row.GetInt64(0), (EdgeRole)row.GetInt64(1), row.GetInt64(2)))) told[(source, role)] = complete != 0;
    }
}

/// <summary>Which edges hold at a time.</summary>
internal static class EdgeTime
{
    /// <summary>
    /// The condition on <c>edge e</c>: begun and not ended, where before the first observation a list is taken to have been what it was then.
    /// </summary>
    public static string Condition(SqlText sql, long time)
    {
        var at = sql.Bind(time);
        return $"(e.gone IS NULL OR e.gone > {at}) AND (e.first <= {at} OR e.first <= (SELECT min(m.first) FROM edge m WHERE m.source = e.source AND m.role = e.role))";
    }
}
