using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>AccessPackageAssignmentChange</summary>
public static class AccessPackageAssignmentChangeView
{
    internal static void Declare(RecordViews<AccessPackageAssignmentChange> record)
    {
        record.Serialized(depth: 4);

        record.Table("Change", wrap: true)
            .Column("Change", 8, EntitlementView.Change)
            .Column("Time (UTC)", 16, EntitlementView.Time)
            .Column("User", EntitlementView.User)
            .Column("AccessPackage", EntitlementView.AccessPackage)
            .Column("What", EntitlementView.Differences);

        record.List("Change")
            .Item("Change", EntitlementView.Change)
            .Item("Time (UTC)", EntitlementView.Time)
            .Item("User", EntitlementView.Person)
            .Item("AccessPackage", EntitlementView.Package)
            .Item("What", EntitlementView.Differences)
            .Item("Before", EntitlementView.Reference)
            .Item("After", EntitlementView.Difference)
            .Item("AssignmentId", it => it.AssignmentId);
    }
}
