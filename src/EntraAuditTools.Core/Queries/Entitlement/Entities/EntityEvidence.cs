using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>Every import that contained something about the entities, oldest first.</summary>
internal static class EntityEvidence
{
    /// <summary>Reads it from the mirror; empty when the mirror was deleted meanwhile.</summary>
    public static RecordList<AuditEvidence> Read(string mirrorPath, IReadOnlyCollection<long> entities)
    {
        var found = new SortedDictionary<long, AuditEvidence>();
        if (entities.Count == 0) return new([]);
        try
        {
            var sql = new SqlText();
            // A state seen again may have come with another original: the sighting names the import alone.
            sql.Add($"""
                SELECT {ImportText.Columns}, e.object_id FROM entity_state s JOIN block b ON b.id = s.block JOIN import i ON i.id = b.import
                    JOIN entity e ON e.id = s.entity WHERE {sql.In("s.entity", entities)}
                UNION SELECT {ImportText.Columns}, e.object_id FROM entity_state s JOIN entity_sighting g ON g.state = s.id
                    JOIN import i ON i.id = g.import JOIN entity e ON e.id = s.entity WHERE {sql.In("s.entity", entities)}
                """);
            var all = KeptMirror.Read(mirrorPath,
                mirror => mirror.Query(sql, row => ImportText.Read(row).ToEvidence(StoredEntityId.Of(row, 4))).ToList());
            foreach (var evidence in all) found.TryAdd(evidence.ImportId, evidence);
        }
        catch (AuditToolException e) when (e.Kind is AuditErrorKind.NotFound or AuditErrorKind.PermissionDenied)
        {
            // The object outlived its mirror.
        }

        return new([.. found.Values]);
    }
}
