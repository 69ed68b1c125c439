using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>Graph: accessPackageAssignmentPolicy</summary>
public static class AccessPackagePolicyView
{
    internal static void Declare(RecordViews<AccessPackagePolicy> record)
    {
        record.Alias("AllowedTargetScope", it => it.AllowedRequestors);
        record.Serialized(depth: 3);

        record.Table("Policy")
            .Column("DisplayName", 22, EntitlementView.Name)
            .Column("Requests", 9, EntitlementView.Requests)
            .Column("AllowedRequestors", EntitlementView.AllowedRequestors)
            .Column("Approval", 10, EntitlementView.Approval)
            .Column("Expiration", EntitlementView.Expiration);

        record.List("Policy")
            .Item("DisplayName", EntitlementView.Name)
            .Item("Id", it => it.Id)
            .Item("Description", EntitlementView.Description)
            .Item("Who can request", EntitlementView.WhoCanRequest)
            .Item("Enable new requests", EntitlementView.Requests)
            .Item("Require approval", EntitlementView.ApprovalStages)
            .Item("Require justification", EntitlementView.JustificationRequired)
            .Item("Request on behalf", EntitlementView.OnBehalf)
            .Item("Specific timeline", EntitlementView.CustomSchedule)
            .Item("Assignments expire", EntitlementView.Expiration)
            .Item("Extend access", EntitlementView.Extending)
            .Item("Remove own access", EntitlementView.OwnRemoval)
            .Item("Access reviews", EntitlementView.AccessReviews)
            .ItemIf(EntitlementView.IsAutomatic, "On leaving the scope", EntitlementView.Leaving)
            .Item("Questions", EntitlementView.Questions)
            .Item("Custom extensions", EntitlementView.CustomExtensions);
    }
}
