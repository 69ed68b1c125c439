using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Requests;

/// <summary>Graph: directoryAudit</summary>
public static class AppRoleAssignmentActivityView
{
    internal static void Declare(RecordViews<AppRoleAssignmentActivity> record)
    {
        record.Alias("ActivityDateTime", it => it.Time);
        record.Alias("ActivityDisplayName", it => it.Activity);
        record.Code("Original", EntitlementView.Original);
        record.Code("ViewMinute", EntitlementView.Time);
        record.Serialized(depth: 3);

        // Those that did not come from an access package
        record.Table("AppRoleAssignmentActivity")
            .Column("Time (UTC)", 16, EntitlementView.Time)
            .Column("Operation", 9, RequestView.Operation)
            .Column("Result", 7, RequestView.Result)
            .Column("Application", RequestView.Application)
            .Column("Role", RequestView.Role)
            .Column("Principal", RequestView.Principal)
            .Column("Initiated by", RequestView.InitiatedBy);

        // Format-Table -View Entitlement: which package it came from, and how that was decided
        record.Table("Entitlement", wrap: true)
            .Column("Time (UTC)", 16, EntitlementView.Time)
            .Column("Operation, role, principal", 32, RequestView.Deed)
            .Column("Via", RequestView.ViaBasis);

        record.List("AppRoleAssignmentActivity")
            .Item("Time (UTC)", RequestView.Time)
            .Item("Activity", RequestView.Activity)
            .Item("Result", RequestView.Result)
            .Item("Application", RequestView.Application)
            .Item("Role", RequestView.Role)
            .Item("Principal", RequestView.Principal)
            .Item("PrincipalType", it => it.PrincipalType)
            .Item("PrincipalId", it => it.PrincipalId)
            .Item("InitiatedBy", RequestView.InitiatedByWhole)
            .Item("Via", RequestView.Via)
            .Item("Basis", EntitlementView.Basis)
            .Item("RequestId", it => it.RequestId)
            .Item("CorrelationId", it => it.CorrelationId)
            .Item("TenantId", it => it.TenantId)
            .Item("Evidence", EntitlementView.Evidence);
    }
}
