using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>ResourceAssignment</summary>
public static class ResourceAssignmentView
{
    internal static void Declare(RecordViews<ResourceAssignment> record)
    {
        record.Serialized(depth: 4);

        // A line for each grant; dates are UTC
        record.Table("ResourceAssignment", wrap: true)
            .Column("User", 14, EntitlementView.User)
            .Column("Resource", EntitlementView.ResourceOfSystem)
            .Column("Role", 12, EntitlementView.Role)
            .Column("AccessPackage via policy", EntitlementView.GrantNames)
            .Column("Start", 10, EntitlementView.GrantStarts)
            .Column("End", 10, EntitlementView.GrantEnds);

        record.List("ResourceAssignment")
            .Item("User", EntitlementView.Person)
            .Item("Resource", EntitlementView.ResourceWhole)
            .Item("System", EntitlementView.System)
            .Item("Role", EntitlementView.Role)
            .Item("Grants (UTC)", EntitlementView.Grants)
            .Item("TenantId", it => it.TenantId)
            .Item("Evidence", EntitlementView.Evidence);
    }
}
