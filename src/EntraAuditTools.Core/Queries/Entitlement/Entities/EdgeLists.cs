using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>Lists of many entities, read together; each as <see cref="EntitlementReader.Edges"/> gives it.</summary>
internal sealed class EdgeLists
{
    private readonly Dictionary<(long Source, EdgeRole Role), List<long>> items = [];
    private readonly Dictionary<(long Source, EdgeRole Role), bool> known = [];

    /// <summary>Reads lists of some entities.</summary>
    public EdgeLists(EntitlementReader reader, IReadOnlyCollection<long> sources, params EdgeRole[] roles)
    {
        if (sources.Count == 0) return;
        var some = string.Join(',', roles.Select(role => (int)role));
        var mirror = reader.Mirror;
        using var transaction = mirror.BeginRead();
        // All lists of one entity are stored next to each other, and those asked for are most of them: one search each instead of one for
        // each role.
        var edges = mirror.Prepared(
            $"SELECT e.role, e.target, e.first FROM edge e WHERE e.source = @source AND +e.role IN ({some}) AND {EdgeTime.Condition("@time")}");
        var lists = mirror.Prepared(
            $"SELECT role, max(complete) FROM edge_list WHERE source = @source AND +role IN ({some}) GROUP BY role");
        var found = new List<(EdgeRole Role, long First, long Target)>();
        edges.Bind("@time", reader.Time);
        foreach (var source in sources)
        {
            found.Clear();
            edges.Bind("@source", source);
            while (mirror.Step(edges)) found.Add(((EdgeRole)edges.Number(0), edges.Number(2), edges.Number(1)));
            if (found.Count > 1) found.Sort();
            foreach (var (role, _, target) in found)
            {
                if (!items.TryGetValue((source, role), out var list)) items.Add((source, role), list = []);
                if (!list.Contains(target)) list.Add(target);
            }

            lists.Bind("@source", source);
            while (mirror.Step(lists)) known[(source, (EdgeRole)lists.Number(0))] = lists.Number(1) != 0;
        }
    }

    private EdgeLists(EntitlementReader reader, SqlText sql) => ReadLists(reader, sql);

    /// <summary>Of every entity whether its lists were exported, without their items.</summary>
    public static EdgeLists WithoutItems(EntitlementReader reader, params EdgeRole[] roles) =>
        new(reader, new SqlText(
            $"SELECT source, role, max(complete) FROM edge_list WHERE role IN ({string.Join(',', roles.Select(role => (int)role))}) GROUP BY source, role"));

    /// <summary>One of the lists.</summary>
    public EdgeList this[long source, EdgeRole role]
    {
        get
        {
            var targets = items.GetValueOrDefault((source, role));
            return new EdgeList(targets ?? [], targets != null || known.ContainsKey((source, role)),
                known.GetValueOrDefault((source, role)));
        }
    }

    private void ReadLists(EntitlementReader reader, SqlText sql)
    {
        foreach (var (source, role, complete) in reader.Mirror.Query(sql,
            row => (row.GetInt64(0), (EdgeRole)row.GetInt64(1), row.GetInt64(2)))) known[(source, role)] = complete != 0;
    }
}
