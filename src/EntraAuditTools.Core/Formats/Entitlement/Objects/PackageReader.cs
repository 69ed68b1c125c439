using EntraAuditTools.Core.Schema;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

/// <summary>Reads catalogs (v1.0 and beta <c>accessPackageCatalog</c>) and access packages (<c>accessPackage</c>).</summary>
internal static class PackageReader
{
    /// <summary>A catalog; null when it has no id.</summary>
    public static EntityObservation? Catalog(in RecordNode node)
    {
        if (node.Id(P.Id) is not { } id) return null;
        var catalog = new EntityObservation(EntityKind.Catalog, id)
            .AddCommon(node)
            .AddKnown(FactNames.State, EntitlementWords.CatalogStates.Known(node.Text(P.State, P.CatalogStatus)))
            .AddKnown(FactNames.CatalogType, EntitlementWords.CatalogTypes.Known(node.Text(P.CatalogType)))
            .AddBool(FactNames.IsExternallyVisible, node.Bool(P.IsExternallyVisible));
        foreach (var package in catalog.Items(node, P.AccessPackages) ?? []) catalog.AddNested(Package(package, id));
        foreach (var resource in catalog.Items(node, P.Resources, P.AccessPackageResources) ?? [])
            catalog.AddNested(ResourceReader.Resource(resource));
        return catalog;
    }

    /// <summary>A package; null when it has no id.</summary>
    /// <param name="node">The object.</param>
    /// <param name="catalog">Id of the catalog that contains it; null when not known.</param>
    public static EntityObservation? Package(in RecordNode node, string? catalog = null)
    {
        if (node.Id(P.Id) is not { } id) return null;
        var package = new EntityObservation(EntityKind.AccessPackage, id)
            .AddCommon(node)
            .AddBool(FactNames.IsHidden, node.Bool(P.IsHidden));
        var parent = package.Child(node, P.Catalog, P.AccessPackageCatalog);
        package.AddLink(FactNames.Catalog, EntityKind.Catalog, parent.Id(P.Id) ?? node.Id(P.CatalogId) ?? catalog);
        if (parent.Exists) package.AddNested(Catalog(parent));

        Add(package, node, P.AssignmentPolicies, P.AccessPackageAssignmentPolicies, EdgeRole.PolicyOf,
            policy => PolicyReader.Read(policy, id));
        Add(package, node, P.ResourceRoleScopes, P.AccessPackageResourceRoleScopes, EdgeRole.RoleScope, ResourceReader.RoleScope);
        Add(package, node, P.IncompatibleAccessPackages, P.None, EdgeRole.IncompatiblePackage, other => Package(other));
        Add(package, node, P.IncompatibleGroups, P.None, EdgeRole.IncompatibleGroup,
            group => DirectoryReader.Read(group, EntityKind.Group));
        foreach (var other in package.Items(node, P.AccessPackagesIncompatibleWith) ?? [])
        {
            // The others name this one; which they name besides is not said.
            if (Package(other) is not { } naming) continue;
            naming.Edges.Add((EdgeRole.IncompatiblePackage, EntityKind.AccessPackage, id));
            package.AddNested(naming);
        }

        return package;
    }

    private static void Add(EntityObservation package, in RecordNode node, P name, P beta, EdgeRole role,
        Func<RecordNode, EntityObservation?> read)
    {
        if (!node.Has(name) && !node.Has(beta)) return;
        var present = package.Items(node, name) != null ? name : beta;
        if (package.Items(node, present) is { } items) ExpandedList.Add(package, role, items, !node.HasRest(present), read);
    }
}
