using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>Numbers of entities by their ids, many at a time.</summary>
internal static class EntityIds
{
    /// <summary>The numbers of those that the mirror names, by id without regard to case.</summary>
    public static Dictionary<string, long> Numbers(MirrorReader mirror, EntityKind kind, IEnumerable<string> ids)
    {
        var found = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        using var transaction = mirror.BeginRead();
        foreach (var id in ids)
        {
            if (!found.ContainsKey(id)) found.Add(id, Number(mirror, kind, id));
        }

        foreach (var id in found.Where(pair => pair.Value == 0).Select(pair => pair.Key).ToList()) found.Remove(id);
        return found;
    }

    /// <summary>The number of an entity by its id; 0 when the mirror does not name it.</summary>
    public static long Number(MirrorReader mirror, EntityKind kind, string id)
    {
        var statement = mirror.Prepared("SELECT id FROM entity WHERE object_id = ? AND kind = ?");
        StoredEntityId.Bind(statement, 1, id);
        statement.Bind(2, (long)kind);
        var number = mirror.Step(statement) ? statement.Number(0) : 0;
        statement.Reset();
        return number;
    }

    /// <summary>The numbers of everything that has an id, by kind; nothing when the mirror does not name it.</summary>
    public static IEnumerable<(EntityKind Kind, long Number)> OfAnyKind(MirrorReader mirror, string id)
    {
        var statement = mirror.Prepared("SELECT kind, id FROM entity WHERE object_id = ?");
        StoredEntityId.Bind(statement, 1, id);
        var found = new List<(EntityKind, long)>(2);
        while (mirror.Step(statement)) found.Add(((EntityKind)statement.Number(0), statement.Number(1)));
        return found;
    }

    /// <summary>The numbers of everything that has any of some ids, of whatever kind.</summary>
    public static HashSet<long> Any(MirrorReader mirror, IEnumerable<string> ids)
    {
        using var transaction = mirror.BeginRead();
        return [.. ids.SelectMany(id => OfAnyKind(mirror, id)).Select(found => found.Number)];
    }

    /// <summary>For each of some entities, those of a kind that name it.</summary>
    public static ILookup<long, long> Referring(MirrorReader mirror, IReadOnlyCollection<long> targets, EntityKind sourceKind)
    {
        var found = new List<(long Target, long Source)>();
        if (targets.Count == 0) return found.ToLookup(pair => pair.Target, pair => pair.Source);
        using var transaction = mirror.BeginRead();
        var statement = mirror.Prepared("SELECT source FROM entity_link WHERE target = ? AND kind = ?");
        foreach (var target in targets.Distinct())
        {
            statement.Bind(1, target).Bind(2, (long)sourceKind);
            while (mirror.Step(statement)) found.Add((target, statement.Number(0)));
        }

        return found.ToLookup(pair => pair.Target, pair => pair.Source);
    }
}
