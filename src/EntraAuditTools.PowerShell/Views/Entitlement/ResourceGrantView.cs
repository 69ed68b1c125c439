using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>Assignments by which a user has a role.</summary>
public static class ResourceGrantView
{
    internal static void Declare(RecordViews<ResourceGrant> record)
    {
        record.Serialized(depth: 3);

        record.Table("ResourceGrant")
            .Column("AccessPackage", 22, EntitlementCells.AccessPackage)
            .Column("Policy", EntitlementCells.Policy)
            .Column("State", 9, EntitlementCells.State)
            .Column("Start (UTC)", 16, EntitlementCells.Start)
            .Column("End (UTC)", 16, EntitlementCells.End)
            .Column("Basis", EntitlementCells.Basis);

        record.List("ResourceGrant")
            .Item("AccessPackage", EntitlementCells.Package)
            .Item("Policy", EntitlementCells.Policy)
            .Item("State", EntitlementCells.State)
            .Item("Start (UTC)", EntitlementCells.Start)
            .Item("End (UTC)", EntitlementCells.End)
            .Item("Basis", EntitlementCells.Basis)
            .Item("AssignmentId", it => it.AssignmentId);
    }
}
