using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Mirror;
using EntraAuditTools.Core.Mirror.Entities;

namespace EntraAuditTools.Core.Queries.Entitlement;

/// <summary>Numbers of entities by their ids, many at a time.</summary>
internal static class EntityIds
{
    private const int MaxAtOnce = 500;

    /// <summary>The numbers of those that the mirror names, by id without regard to case.</summary>
    public static Dictionary<string, long> Numbers(MirrorReader mirror, EntityKind kind, IEnumerable<string> ids)
    {
        var found = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var some in ids.Distinct(StringComparer.OrdinalIgnoreCase).Chunk(MaxAtOnce))
        {
            var sql = new SqlText();
            sql.Add($"SELECT id, object_id FROM entity WHERE kind = {(int)kind} AND object_id IN ({string.Join(',', some.Select(id => sql.Bind(StoredEntityId.ToStored(id))))})");
            foreach (var (number, id) in mirror.Query(sql, row => (row.GetInt64(0), StoredEntityId.Of(row, 1)))) found[id] = number;
        }

        return found;
    }

    /// <summary>For each of some entities, those of a kind that name it.</summary>
    public static ILookup<long, long> Referring(MirrorReader mirror, IReadOnlyCollection<long> targets, EntityKind sourceKind)
    {
        if (targets.Count == 0) return Array.Empty<long>().ToLookup(n => n);
        var sql = new SqlText();
        sql.Add($"SELECT target, source FROM entity_link WHERE {sql.In("target", targets)} AND kind = {(int)sourceKind}");
        return mirror.Query(sql, row => (Target: row.GetInt64(0), Source: row.GetInt64(1))).ToLookup(pair => pair.Target, pair => pair.Source);
    }
}
