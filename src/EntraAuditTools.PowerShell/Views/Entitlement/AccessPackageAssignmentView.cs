using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>Graph: accessPackageAssignment, v1.0 and beta</summary>
public static class AccessPackageAssignmentView
{
    internal static void Declare(RecordViews<AccessPackageAssignment> record)
    {
        record.Alias("Id", it => it.AssignmentId);
        record.Alias("Target", it => it.User);
        record.Alias("AssignmentPolicy", it => it.Policy);
        record.Alias("ExpiredDateTime", it => it.EndedAt);
        record.Alias("AccessPackageAssignmentPolicy", it => it.Policy);
        record.Alias("AssignmentState", it => it.State);
        record.Alias("AssignmentStatus", it => it.Status);
        record.Alias("TargetId", it => it.UserId);
        record.Code("AssignmentPolicyId", EntitlementView.PolicyId);
        record.Code("CatalogId", EntitlementView.CatalogId);
        record.Code("Schedule", EntitlementView.Schedule);
        record.Code("Original", EntitlementView.Original);
        record.Serialized(depth: 3);

        record.Table("Assignment", wrap: true)
            .Column("User", 14, EntitlementView.User)
            .Column("AccessPackage", EntitlementView.AccessPackage)
            .Column("Policy", EntitlementView.Policy)
            .Column("State", 10, EntitlementView.StateWord)
            .Column("Start (UTC)", 11, EntitlementView.StartDay)
            .Column("End (UTC)", 10, EntitlementView.EndDay);

        // Format-Table -View Source: what the answer is taken from
        record.Table("Source")
            .Column("User", 16, EntitlementView.User)
            .Column("AccessPackage", EntitlementView.AccessPackage)
            .Column("State", 10, EntitlementView.State)
            .Column("Source", 9, it => it.Source)
            .Column("Observed (UTC)", EntitlementView.ObservedMinute);

        record.List("Assignment")
            .Item("User", EntitlementView.Person)
            .Item("AccessPackage", EntitlementView.Package)
            .Item("Policy", EntitlementView.Policy)
            .Item("Catalog", EntitlementView.Catalog)
            .Item("State", EntitlementView.State)
            .Item("Status", RecordView.Status)
            .Item("Start (UTC)", EntitlementView.Start)
            .Item("End (UTC)", EntitlementView.End)
            .Item("Ended (UTC)", EntitlementView.EndedAt)
            .Item("Source", it => it.Source)
            .Item("Disagreement", EntitlementView.Disagreement)
            .Item("Observed (UTC)", EntitlementView.Observed)
            .Item("AssignmentId", it => it.AssignmentId)
            .Item("RequestId", it => it.RequestId)
            .Item("TenantId", it => it.TenantId)
            .Item("Evidence", EntitlementView.Evidence);
    }
}
