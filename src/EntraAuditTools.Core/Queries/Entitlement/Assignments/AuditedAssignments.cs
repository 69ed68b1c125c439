using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Trail;

namespace EntraAuditTools.Core.Queries.Entitlement.Assignments;

/// <summary>The audit trail as questions about assignments use it.</summary>
internal static class AuditedAssignments
{
    /// <summary>The trail; null when the mirror has no event of entitlement management.</summary>
    public static AssignmentTrail? TrailOf(MirrorReader mirror)
    {
        // Readers of entities report an older mirror.
        if (mirror.SchemaVersion < EntitySchema.Since) return null;
        return mirror.Query("SELECT EXISTS (SELECT 1 FROM entitlement_event)", row => row.GetInt64(0) != 0).First()
            ? new AssignmentTrail(mirror) : null;
    }
}
