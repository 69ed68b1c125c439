namespace EntraAuditTools.Core.Schema;

/// <summary>What kinds of entity are called.</summary>
internal static class EntityKinds
{
    /// <summary>The name in results and questions (<see cref="KindNames"/>).</summary>
    public static string Name(EntityKind kind) => kind switch
    {
        EntityKind.Catalog => KindNames.AccessPackageCatalog,
        EntityKind.AccessPackage => KindNames.AccessPackage,
        EntityKind.Policy => KindNames.AccessPackageAssignmentPolicy,
        EntityKind.ResourceRoleScope => KindNames.AccessPackageResourceRoleScope,
        EntityKind.Resource => KindNames.AccessPackageResource,
        EntityKind.Assignment => KindNames.AccessPackageAssignment,
        EntityKind.Request => KindNames.AccessPackageAssignmentRequest,
        EntityKind.ResourceAssignment => KindNames.AccessPackageResourceAssignment,
        EntityKind.ConnectedOrganization => KindNames.ConnectedOrganization,
        EntityKind.User => KindNames.User,
        EntityKind.Group => KindNames.Group,
        EntityKind.ServicePrincipal => KindNames.ServicePrincipal,
        EntityKind.Application => KindNames.Application,
        EntityKind.Approval => KindNames.AccessPackageApproval,
        EntityKind.AppRoleAssignment => KindNames.AppRoleAssignment,
        EntityKind.ApproverDelegate => KindNames.ApproverDelegate,
        _ => kind.ToString(),
    };

    /// <summary>What to call one to people: "access package".</summary>
    public static string Label(EntityKind kind) => kind switch
    {
        EntityKind.Catalog => "access package catalog",
        EntityKind.AccessPackage => "access package",
        EntityKind.Policy => "access package assignment policy",
        EntityKind.ResourceRoleScope => "access package resource role scope",
        EntityKind.Resource => "access package resource",
        EntityKind.Assignment => "access package assignment",
        EntityKind.Request => "access package assignment request",
        EntityKind.ResourceAssignment => "access package resource assignment",
        EntityKind.ConnectedOrganization => "connected organization",
        EntityKind.User => "user",
        EntityKind.Group => "group",
        EntityKind.ServicePrincipal => "service principal",
        EntityKind.Application => "application",
        EntityKind.Approval => "access package approval",
        EntityKind.AppRoleAssignment => "app role assignment",
        EntityKind.ApproverDelegate => "approver delegate",
        _ => kind.ToString(),
    };
}
