using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

/// <summary>
/// The parent of a record that does not name it: a page's address names the package, group or organization that was requested (FORMATS
/// §1.3), or the admin does.
/// </summary>
internal static class ParentFacts
{
    /// <summary>Adds the parent to a record's main entity.</summary>
    public static void Add(EntityObservation entity, ODataAddress address, EntitlementHints hints)
    {
        switch (entity.Kind)
        {
            case EntityKind.Assignment or EntityKind.Request or EntityKind.Policy:
                AddPackageLink(entity, address, hints.AccessPackage);
                break;
            case EntityKind.ResourceRoleScope:
                AddRoleScope(entity, address, hints.AccessPackage);
                break;
            case EntityKind.AccessPackage:
                AddPackage(entity, address);
                break;
            case EntityKind.User or EntityKind.Group or EntityKind.ServicePrincipal:
                AddDirectoryObject(entity, address, hints.Group);
                break;
            case EntityKind.AppRoleAssignment:
                AddApplication(entity, address, hints.Application);
                break;
        }
    }

    private static void AddPackageLink(EntityObservation entity, ODataAddress address, string? hint)
    {
        var id = IsOfPackage(address) ? address.ParentId : IdText.IsGuid(hint) ? IdText.Clean(hint) : null;
        if (id != null) entity.Scope = (EntityKind.AccessPackage, id);
        if (entity.Link(FactNames.Package) is { } package)
        {
            if (id == null && hint != null) entity.Scope = (EntityKind.AccessPackage, package);
            return;
        }

        if (id != null) entity.AddLink(FactNames.Package, EntityKind.AccessPackage, id);
        else if (hint != null) entity.NamedParent = new(EntityKind.AccessPackage, hint, FactNames.Package, null);
    }

    private static void AddRoleScope(EntityObservation entity, ODataAddress address, string? hint)
    {
        if (IsOfPackage(address)) entity.Parent = (EdgeRole.RoleScope, EntityKind.AccessPackage, address.ParentId!);
        else if (IdText.IsGuid(hint)) entity.Parent = (EdgeRole.RoleScope, EntityKind.AccessPackage, IdText.Clean(hint)!);
        else if (hint != null) entity.NamedParent = new(EntityKind.AccessPackage, hint, null, EdgeRole.RoleScope);
    }

    private static void AddPackage(EntityObservation entity, ODataAddress address)
    {
        if (address.Is("catalogs", "accessPackages") || address.Is("accessPackageCatalogs", "accessPackages"))
        {
            entity.Scope = (EntityKind.Catalog, address.ParentId!);
            if (entity.Link(FactNames.Catalog) == null) entity.AddLink(FactNames.Catalog, EntityKind.Catalog, address.ParentId);
        }
        else if (address.Is("accessPackages", "incompatibleAccessPackages"))
        {
            entity.Parent = (EdgeRole.IncompatiblePackage, EntityKind.AccessPackage, address.ParentId!);
        }
        else if (address.Is("accessPackages", "accessPackagesIncompatibleWith"))
        {
            // The other way round: these name the one that was requested.
            entity.Edges.Add((EdgeRole.IncompatiblePackage, EntityKind.AccessPackage, address.ParentId!));
        }
    }

    private static void AddDirectoryObject(EntityObservation entity, ODataAddress address, string? hint)
    {
        if (address.Is("accessPackages", "incompatibleGroups"))
            entity.Parent = (EdgeRole.IncompatibleGroup, EntityKind.AccessPackage, address.ParentId!);
        else if (address.Is("connectedOrganizations", "internalSponsors"))
            entity.Parent = (EdgeRole.InternalSponsor, EntityKind.ConnectedOrganization, address.ParentId!);
        else if (address.Is("connectedOrganizations", "externalSponsors"))
            entity.Parent = (EdgeRole.ExternalSponsor, EntityKind.ConnectedOrganization, address.ParentId!);
        else if (address.Is("users", "directReports") && IdText.IsGuid(address.ParentId))
            entity.Parent = (EdgeRole.DirectReport, EntityKind.User, address.ParentId!);
        else if (address.Is("groups", "members")) entity.Parent = (EdgeRole.Member, EntityKind.Group, address.ParentId!);
        else if (address.Is("groups", "transitiveMembers"))
            entity.Parent = (EdgeRole.TransitiveMember, EntityKind.Group, address.ParentId!);
        else if (hint != null)
        {
            var role = Utf8.Is(address.Name, "transitiveMembers") ? EdgeRole.TransitiveMember : EdgeRole.Member;
            if (IdText.IsGuid(hint)) entity.Parent = (role, EntityKind.Group, IdText.Clean(hint)!);
            else entity.NamedParent = new(EntityKind.Group, hint, null, role);
        }
    }

    private static void AddApplication(EntityObservation entity, ODataAddress address, string? hint)
    {
        // What one principal has is not all that there is, either.
        if (address is { ParentId: { } principal, Parent: { } owner } && Utf8.Is(address.Name, "appRoleAssignments")
            && PrincipalKind(owner) is { } principalKind) entity.Scope = (principalKind, principal);
        var id = address.Is("servicePrincipals", "appRoleAssignedTo") ? address.ParentId : IdText.IsGuid(hint) ? IdText.Clean(hint) : null;
        if (id != null) entity.Scope = (EntityKind.ServicePrincipal, id);
        if (entity.Link(FactNames.Resource) != null) return;
        if (id != null) entity.AddLink(FactNames.Resource, EntityKind.ServicePrincipal, id);
        else if (hint != null) entity.NamedParent = new(EntityKind.ServicePrincipal, hint, FactNames.Resource, null);
    }

    private static EntityKind? PrincipalKind(string segment) => segment.ToUpperInvariant() switch
    {
        "USERS" => EntityKind.User,
        "GROUPS" => EntityKind.Group,
        "SERVICEPRINCIPALS" => EntityKind.ServicePrincipal,
        _ => null,
    };

    private static bool IsOfPackage(ODataAddress address) =>
        address is { ParentId: not null, Parent: { } parent } && Utf8.Is(parent, "accessPackages");
}
