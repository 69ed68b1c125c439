using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>
/// Exports that were declared complete, also those that held nothing: only of them does an absence say something.
/// </summary>
internal sealed class CompleteExportTimes
{
    private readonly ILookup<EntityKind, (long Tenant, long Scope, long Seen)> exports;

    private CompleteExportTimes(IEnumerable<(EntityKind Kind, long Tenant, long Scope, long Seen)> found) =>
        exports = found.ToLookup(row => row.Kind, row => (row.Tenant, row.Scope, row.Seen));

    /// <summary>Reads them; none of a mirror that was last written before they were kept.</summary>
    public static CompleteExportTimes Read(MirrorReader mirror)
    {
        var isKept = mirror.Query("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'complete_export')",
            row => row.GetInt64(0) != 0).First();
        return new(!isKept ? []
            : mirror.Query("SELECT kind, tenant, scope, seen FROM complete_export",
                row => ((EntityKind)row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3))).ToList());
    }

    /// <summary>Whether all of a kind were exported, or all that belong to one entity.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="scope">The entity that they belong to; 0 for all there are.</param>
    public bool Covers(EntityKind kind, long scope = 0) => exports[kind].Any(row => row.Scope == 0 || row.Scope == scope);

    /// <summary>
    /// When all of a kind, or all that belong to an entity, were exported first after a time, UTC ticks; null when they were not.
    /// </summary>
    /// <param name="kind">The kind.</param>
    /// <param name="scope">The entity that they belong to.</param>
    /// <param name="tenant">Its tenant as a term; 0 when unknown.</param>
    /// <param name="after">The time, UTC ticks.</param>
    public long? FirstAfter(EntityKind kind, long scope, long tenant, long after)
    {
        long? first = null;
        foreach (var row in exports[kind])
        {
            if (row.Seen <= after || (row.Scope != 0 && row.Scope != scope) || (row.Tenant != 0 && tenant != 0 && row.Tenant != tenant))
                continue;
            if (first is not { } known || row.Seen < known) first = row.Seen;
        }

        return first;
    }
}
