using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>AccessPackageRequestDecision</summary>
public static class AccessPackageRequestDecisionView
{
    internal static void Declare(RecordViews<AccessPackageRequestDecision> record)
    {
        record.Serialized(depth: 3);

        record.Table("Decision", wrap: true)
            .Column("Policy", 24, EntitlementView.DecidingPolicy)
            .Column("CanRequest", 10, EntitlementView.CanRequest)
            .Column("Approval", 12, EntitlementView.ApprovalRequired)
            .Column("Reason", EntitlementView.ShortReason);
    }
}
