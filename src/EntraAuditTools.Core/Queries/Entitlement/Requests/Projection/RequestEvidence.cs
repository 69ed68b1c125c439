using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Projection;

/// <summary>Every import that brought an event of a request, or its object, oldest first.</summary>
internal static class RequestEvidence
{
    /// <summary>Reads it; empty when the mirror is gone by now.</summary>
    /// <param name="mirrorPath">The mirror.</param>
    /// <param name="rows">Activities, each with its block and record id.</param>
    /// <param name="entities">The request object and its approval.</param>
    public static RecordList<AuditEvidence> Read(string mirrorPath, IReadOnlyList<(long Row, long Block, string? RecordId)> rows,
        IReadOnlyCollection<long> entities)
    {
        var found = new List<AuditEvidence>();
        try
        {
            KeptMirror.Read(mirrorPath, mirror =>
            {
                using var imports = new ImportLookup(mirror);
                foreach (var (row, block, recordId) in rows)
                    found.AddRange(RecordEvidence.Of(LogTable.Activity).Read(mirrorPath, row, imports.OfBlock(block), recordId));
                return found;
            });
        }
        catch (AuditToolException e) when (e.Kind is AuditErrorKind.NotFound or AuditErrorKind.PermissionDenied)
        {
            return new([]);
        }

        found.AddRange(EntityEvidence.Read(mirrorPath, entities));
        return new([.. found.OrderBy(e => e.ImportId).ThenBy(e => e.RecordId, StringComparer.Ordinal)]);
    }
}
