using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>Access packages (Graph: accessPackage, v1.0 and beta), by themselves and for a user.</summary>
public static class AccessPackageView
{
    /// <summary>What Get-AccessPackage names packages that were asked for a user; those that the user has, where they alone were asked for.
    /// The portal's report has a tab for each; their columns differ.</summary>
    internal const string ForUser = "User", AssignedToUser = "Assigned";

    internal static void Declare(RecordViews<AccessPackage> record)
    {
        record.Alias("CreatedDateTime", it => it.Created);
        record.Alias("ModifiedDateTime", it => it.Modified);
        record.Alias("AssignmentPolicies", it => it.Policies);
        record.Alias("ResourceRoleScopes", it => it.ResourceRoles);
        record.Alias("AccessPackageCatalog", it => it.Catalog);
        record.Alias("AccessPackageAssignmentPolicies", it => it.Policies);
        record.Alias("AccessPackageResourceRoleScopes", it => it.ResourceRoles);
        record.Code("CatalogId", EntitlementCells.CatalogId);
        record.Code("Original", Original);
        record.Serialized(depth: 5);

        record.Table("AccessPackage")
            .Column("AccessPackage", 22, EntitlementCells.Name)
            .Column("Catalog", EntitlementCells.Catalog)
            .Column("ResourceRoles", ResourceRoles)
            .Column("Policies", Policies);

        // Format-Table -View ResourceRole: everything that packages give
        record.Table("ResourceRole", wrap: true)
            .Column("AccessPackage", 30, EntitlementCells.Name)
            .Column("Catalog", 18, EntitlementCells.Catalog)
            .Column("ResourceRoles", ResourceRoleLines);

        // Format-Table -View Visibility: who finds a package in My Access, and who can request it
        record.Table("Visibility", wrap: true)
            .GroupedBy(Beneficiary, "User")
            .Column("AccessPackage", 22, EntitlementCells.Name)
            .Column("Visible", 7, Visible)
            .Column("CanRequest", 10, EntitlementCells.CanRequest)
            .Column("Why visible or not", VisibilityReason);

        // Format-Table -View Policy: who can request, who approves, how it ends
        record.Table("Policy", wrap: true)
            .Column("AccessPackage", 30, EntitlementCells.Name)
            .Column("Policies", PolicyLines);

        record.List("AccessPackage")
            .Item("AccessPackage", EntitlementCells.Name)
            .Item("AccessPackageId", it => it.AccessPackageId)
            .Item("Catalog", EntitlementCells.Catalog)
            .Item("Description", SharedCells.Description)
            .Item("IsHidden", it => it.IsHidden)
            .ItemIf(HasUser, "User", EntitlementCells.Person)
            .ItemIf(HasUser, "CanRequest", EntitlementCells.CanRequest)
            .ItemIf(HasUser, "Approval", EntitlementCells.ApprovalRequired)
            .ItemIf(HasUser, "Reason", SharedCells.Reason)
            .ItemIf(HasUser, "Decisions", Decisions)
            .ItemIf(HasUser, "Visible in My Access", MyAccess)
            .ItemIf(HasUser, "Assignment", EntitlementCells.Assignment)
            .Item("ResourceRoles", ResourceRoleLines)
            .Item("Policies", PolicyLines)
            .ItemIf(HasIncompatible, "Incompatible with", Incompatible)
            .Origin();

        // Access packages for a user
        record.Table("UserReport", wrap: true, named: ForUser)
            .GroupedBy(Beneficiary, "User")
            .Column("AccessPackage", 20, EntitlementCells.Name)
            .Column("CanRequest", 10, EntitlementCells.CanRequest)
            .Column("Approval", 12, EntitlementCells.ApprovalRequired)
            .Column("Policy", 16, EntitlementCells.DecidingPolicy)
            .Column("Reason", EntitlementCells.ShortReason);

        // Access packages for a user: those assigned
        record.Table("AssignedReport", named: AssignedToUser)
            .GroupedBy(PersonShort, "User")
            .Column("AccessPackage", 22, EntitlementCells.Name)
            .Column("Policy", AssignedPolicy)
            .Column("State", 9, AssignedState)
            .Column("Start (UTC)", 16, AssignedStart)
            .Column("End (UTC)", 16, AssignedEnd);
    }

    /// <summary>The original record.</summary>
    public static object? Original(PSObject instance) => (instance?.BaseObject as AccessPackage)?.GetOriginal();

    /// <summary>Who, without the id: the head of a report.</summary>
    public static object PersonShort(PSObject instance) => EntitlementText.Named(Cell.Value(instance, "User"), withId: false);

    /// <summary>The user who would get access, and who would ask for it: the head of a report.</summary>
    public static object Beneficiary(PSObject instance) =>
        Cell.Value(instance, "RequestedBy") is { } by ? $"{PersonShort(instance)}, requested by {EntitlementText.Named(by, withId: false)}"
        : PersonShort(instance);

    /// <summary>The first of what a package gives.</summary>
    public static object ResourceRoles(PSObject instance) =>
        EntitlementText.First(instance, "ResourceRoles", EntitlementText.IsTrue(instance, "ResourceRolesKnown"));

    /// <summary>What a package gives, a line each.</summary>
    public static object ResourceRoleLines(PSObject instance) =>
        EntitlementText.Lines(instance, "ResourceRoles", EntitlementText.ResourceRole) is { Length: > 0 } lines ? lines
            : ResourceRoles(instance);

    /// <summary>The first policy of a package.</summary>
    public static object Policies(PSObject instance) =>
        EntitlementText.First(instance, "Policies", EntitlementText.IsTrue(instance, "PoliciesKnown"));

    /// <summary>The policies of a package with their rules, a line each.</summary>
    public static object PolicyLines(PSObject instance) =>
        EntitlementText.Lines(instance, "Policies", EntitlementText.Policy) is { Length: > 0 } lines ? lines : Policies(instance);

    /// <summary>What must not be held together with a package.</summary>
    public static object Incompatible(PSObject instance) => string.Join('\n', new[]
    {
        EntitlementText.Lines(instance, "IncompatibleAccessPackages", item => "access package " + Cell.Line(item)),
        EntitlementText.Lines(instance, "IncompatibleGroups", item => "group " + Cell.Line(item)),
    }.Where(text => text.Length > 0));

    /// <summary>Whether anything must not be held together with a package.</summary>
    public static object HasIncompatible(PSObject instance) => Incompatible(instance) is string { Length: > 0 };

    /// <summary>Whether the package was asked for a user.</summary>
    public static object HasUser(PSObject instance) => Cell.Value(instance, "User") is not null;

    /// <summary>Whether the user finds it in My Access, coloured.</summary>
    public static object Visible(PSObject instance) => Palette.State(Cell.Line(instance, "VisibleInMyAccess"));

    /// <summary>Why the user finds it in My Access or not.</summary>
    public static object VisibilityReason(PSObject instance) => Cell.Line(instance, "VisibilityReason");

    /// <summary>Both.</summary>
    public static object MyAccess(PSObject instance) => $"{Visible(instance)}: {VisibilityReason(instance)}";

    /// <summary>What each policy says, a line each.</summary>
    public static object Decisions(PSObject instance) => EntitlementText.Lines(instance, "Decisions", item => Cell.Line(item));

    /// <summary>The policy of the user's assignment.</summary>
    public static object AssignedPolicy(PSObject instance) => OfAssignment(instance, EntitlementCells.Policy);

    /// <summary>The state of the user's assignment.</summary>
    public static object AssignedState(PSObject instance) => OfAssignment(instance, EntitlementCells.State);

    /// <summary>The start of the user's assignment.</summary>
    public static object AssignedStart(PSObject instance) => OfAssignment(instance, EntitlementCells.Start);

    /// <summary>The end of the user's assignment.</summary>
    public static object AssignedEnd(PSObject instance) => OfAssignment(instance, EntitlementCells.End);

    private static object OfAssignment(PSObject package, Func<PSObject, object> part) =>
        Cell.Value(package, "Assignment") is { } assignment ? part(PSObject.AsPSObject(assignment)) : string.Empty;
}
