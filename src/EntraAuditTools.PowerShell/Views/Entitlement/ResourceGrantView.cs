using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>ResourceGrant</summary>
public static class ResourceGrantView
{
    internal static void Declare(RecordViews<ResourceGrant> record)
    {
        record.Serialized(depth: 3);

        record.Table("ResourceGrant")
            .Column("AccessPackage", 22, EntitlementView.AccessPackage)
            .Column("Policy", EntitlementView.Policy)
            .Column("State", 9, EntitlementView.State)
            .Column("Start (UTC)", 16, EntitlementView.Start)
            .Column("End (UTC)", 16, EntitlementView.End)
            .Column("Basis", EntitlementView.Basis);

        record.List("ResourceGrant")
            .Item("AccessPackage", EntitlementView.Package)
            .Item("Policy", EntitlementView.Policy)
            .Item("State", EntitlementView.State)
            .Item("Start (UTC)", EntitlementView.Start)
            .Item("End (UTC)", EntitlementView.End)
            .Item("Basis", EntitlementView.Basis)
            .Item("AssignmentId", it => it.AssignmentId);
    }
}
