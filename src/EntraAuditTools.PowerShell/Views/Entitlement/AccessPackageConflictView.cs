using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>AccessPackageConflict</summary>
public static class AccessPackageConflictView
{
    internal static void Declare(RecordViews<AccessPackageConflict> record)
    {
        record.Serialized(depth: 4);

        record.Table("Conflict")
            .Column("User", 17, EntitlementView.User)
            .Column("Kind", EntitlementView.Kind)
            .Column("AccessPackage", EntitlementView.AccessPackage)
            .Column("ConflictsWith", EntitlementView.ConflictsWith)
            .Column("Since (UTC)", 16, EntitlementView.Since);

        record.List("Conflict")
            .Item("Kind", EntitlementView.Kind)
            .Item("User", EntitlementView.Person)
            .Item("AccessPackage", EntitlementView.Package)
            .Item("ConflictsWith", EntitlementView.ConflictsWith)
            .Item("Since (UTC)", EntitlementView.Since)
            .Item("Reason", RecordView.Reason)
            .Item("Assignment", EntitlementView.Assignment)
            .Item("OtherAssignment", EntitlementView.OtherAssignment)
            .Item("RequestId", it => it.RequestId);
    }
}
