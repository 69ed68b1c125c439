using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>Graph: accessPackage, v1.0 and beta</summary>
public static class AccessPackageView
{
    internal static void Declare(RecordViews<AccessPackage> record)
    {
        record.Alias("CreatedDateTime", it => it.Created);
        record.Alias("ModifiedDateTime", it => it.Modified);
        record.Alias("AssignmentPolicies", it => it.Policies);
        record.Alias("ResourceRoleScopes", it => it.ResourceRoles);
        record.Alias("AccessPackageCatalog", it => it.Catalog);
        record.Alias("AccessPackageAssignmentPolicies", it => it.Policies);
        record.Alias("AccessPackageResourceRoleScopes", it => it.ResourceRoles);
        record.Code("CatalogId", EntitlementView.CatalogId);
        record.Code("Original", EntitlementView.Original);
        record.Serialized(depth: 5);

        record.Table("AccessPackage")
            .Column("AccessPackage", 22, EntitlementView.Name)
            .Column("Catalog", EntitlementView.Catalog)
            .Column("ResourceRoles", EntitlementView.ResourceRoles)
            .Column("Policies", EntitlementView.Policies);

        // Format-Table -View ResourceRole: everything that packages give
        record.Table("ResourceRole", wrap: true)
            .Column("AccessPackage", 30, EntitlementView.Name)
            .Column("Catalog", 18, EntitlementView.Catalog)
            .Column("ResourceRoles", EntitlementView.ResourceRoleLines);

        // Format-Table -View Visibility: who finds a package in My Access beside who can request it
        record.Table("Visibility", wrap: true)
            .GroupedBy(EntitlementView.Beneficiary, "User")
            .Column("AccessPackage", 22, EntitlementView.Name)
            .Column("Visible", 7, EntitlementView.Visible)
            .Column("CanRequest", 10, EntitlementView.CanRequest)
            .Column("Why visible or not", EntitlementView.VisibilityReason);

        // Format-Table -View Policy: who can request, who approves, how it ends
        record.Table("Policy", wrap: true)
            .Column("AccessPackage", 30, EntitlementView.Name)
            .Column("Policies", EntitlementView.PolicyLines);

        record.List("AccessPackage")
            .Item("AccessPackage", EntitlementView.Name)
            .Item("AccessPackageId", it => it.AccessPackageId)
            .Item("Catalog", EntitlementView.Catalog)
            .Item("Description", EntitlementView.Description)
            .Item("IsHidden", it => it.IsHidden)
            .ItemIf(EntitlementView.HasUser, "User", EntitlementView.Person)
            .ItemIf(EntitlementView.HasUser, "CanRequest", EntitlementView.CanRequest)
            .ItemIf(EntitlementView.HasUser, "Approval", EntitlementView.ApprovalRequired)
            .ItemIf(EntitlementView.HasUser, "Reason", RecordView.Reason)
            .ItemIf(EntitlementView.HasUser, "Decisions", EntitlementView.Decisions)
            .ItemIf(EntitlementView.HasUser, "Visible in My Access", EntitlementView.MyAccess)
            .ItemIf(EntitlementView.HasUser, "Assignment", EntitlementView.Assignment)
            .Item("ResourceRoles", EntitlementView.ResourceRoleLines)
            .Item("Policies", EntitlementView.PolicyLines)
            .ItemIf(EntitlementView.HasIncompatible, "Incompatible with", EntitlementView.Incompatible)
            .Item("Created (UTC)", EntitlementView.Created)
            .Item("Modified (UTC)", EntitlementView.Modified)
            .Item("Observed (UTC)", EntitlementView.Observed)
            .Item("TenantId", it => it.TenantId)
            .Item("Evidence", EntitlementView.Evidence);

        // Access packages for a user
        record.Table("UserReport", wrap: true, named: "User")
            .GroupedBy(EntitlementView.Beneficiary, "User")
            .Column("AccessPackage", 20, EntitlementView.Name)
            .Column("CanRequest", 10, EntitlementView.CanRequest)
            .Column("Approval", 12, EntitlementView.ApprovalRequired)
            .Column("Policy", 16, EntitlementView.DecidingPolicy)
            .Column("Reason", EntitlementView.ShortReason);

        // Access packages for a user: those assigned
        record.Table("AssignedReport", named: "Assigned")
            .GroupedBy(EntitlementView.PersonShort, "User")
            .Column("AccessPackage", 22, EntitlementView.Name)
            .Column("Policy", EntitlementView.AssignedPolicy)
            .Column("State", 9, EntitlementView.AssignedState)
            .Column("Start (UTC)", 16, EntitlementView.AssignedStart)
            .Column("End (UTC)", 16, EntitlementView.AssignedEnd);
    }
}
