using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>What each policy says to a user's request.</summary>
public static class AccessPackageRequestDecisionView
{
    internal static void Declare(RecordViews<AccessPackageRequestDecision> record)
    {
        record.Serialized(depth: 3);

        record.Table("Decision", wrap: true)
            .Column("Policy", 24, EntitlementCells.DecidingPolicy)
            .Column("CanRequest", 10, EntitlementCells.CanRequest)
            .Column("Approval", 12, EntitlementCells.ApprovalRequired)
            .Column("Reason", EntitlementCells.ShortReason);
    }
}
