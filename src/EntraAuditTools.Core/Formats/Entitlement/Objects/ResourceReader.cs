using EntraAuditTools.Core.Schema;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

/// <summary>
/// Reads resources (<c>accessPackageResource</c>), roles of them as packages give them (<c>accessPackageResourceRoleScope</c>), and who has
/// them (beta <c>accessPackageAssignmentResourceRole</c>).
/// </summary>
internal static class ResourceReader
{
    /// <summary>A resource by its <c>originId</c>; null when it has none.</summary>
    public static EntityObservation? Resource(RecordNode node)
    {
        if (node.Id(P.OriginId) is not { } id) return null;
        return new EntityObservation(EntityKind.Resource, id)
            .AddCommon(node)
            .AddKnownTime(FactNames.Created, node.Ticks(P.CreatedDateTime) ?? node.Ticks(P.AddedOn))
            .AddKnown(FactNames.System, EntitlementWords.Systems.Known(node.Text(P.OriginSystem)))
            .AddKnown(FactNames.Url, node.Text(P.Url) ?? UrlOf(id));
    }

    /// <summary>A role scope; null when it has no id.</summary>
    public static EntityObservation? RoleScope(RecordNode node)
    {
        if (node.Id(P.Id) is not { } id) return null;
        var roleScope = new EntityObservation(EntityKind.ResourceRoleScope, id).AddKnownTime(FactNames.Created,
            node.Ticks(P.CreatedDateTime));
        AddRole(roleScope, roleScope.Child(node, P.Role, P.AccessPackageResourceRole),
            roleScope.Child(node, P.Scope, P.AccessPackageResourceScope), default);
        return roleScope;
    }

    /// <summary>A person's role; null when it has no id.</summary>
    /// <param name="node">The object.</param>
    /// <param name="assignment">Id of the assignment that contains it; null when it is a record of its own.</param>
    public static EntityObservation? Assignment(RecordNode node, string? assignment = null)
    {
        if (node.Id(P.Id) is not { } id) return null;
        var role = new EntityObservation(EntityKind.ResourceAssignment, id).AddKnown(FactNames.Status, node.Text(P.Status));
        AddRole(role, role.Child(node, P.AccessPackageResourceRole, P.Role), role.Child(node, P.AccessPackageResourceScope, P.Scope), node);
        SubjectReader.Add(role, role.Child(node, P.AccessPackageSubject), null);
        AddAssignments(role, node, assignment);
        return role;
    }

    /// <summary>
    /// Adds role and resource. The resource is named by the expanded resource of role or scope, else by the root scope's origin, else by a
    /// group role's (<c>Member_</c> and the group's id).
    /// </summary>
    private static void AddRole(EntityObservation entity, in RecordNode role, in RecordNode scope, in RecordNode link)
    {
        var roleOrigin = role.Id(P.OriginId) ?? link.Id(P.OriginId);
        var expanded = entity.Child(role, P.Resource, P.AccessPackageResource);
        if (expanded.Id(P.OriginId) == null) expanded = entity.Child(scope, P.Resource, P.AccessPackageResource);
        var resource = expanded.Id(P.OriginId) ?? scope.Id(P.OriginId) ?? GroupOf(roleOrigin);
        var system = EntitlementWords.Systems.Known(expanded.Text(P.OriginSystem) ?? scope.Text(P.OriginSystem)
            ?? role.Text(P.OriginSystem) ?? link.Text(P.OriginSystem));
        var url = expanded.Text(P.Url) ?? scope.Text(P.Url) ?? UrlOf(resource);
        entity.AddKnown(FactNames.Role, role.Text(P.DisplayName))
            .AddKnown(FactNames.RoleOrigin, roleOrigin)
            .AddKnown(FactNames.System, system)
            .AddKnown(FactNames.Url, url)
            .AddLink(FactNames.Resource, EntityKind.Resource, resource);
        if (expanded.Exists) entity.AddNested(Resource(expanded));
        else if (resource != null)
            entity.AddNested(new EntityObservation(EntityKind.Resource, resource).AddKnown(FactNames.System, system)
                .AddKnown(FactNames.Url, url));
    }

    private static void AddAssignments(EntityObservation role, in RecordNode node, string? assignment)
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        if (assignment != null) ids.Add(assignment);
        var listed = role.Items(node, P.AccessPackageAssignments);
        foreach (var item in listed ?? [])
        {
            if (AssignmentReader.Read(item) is not { } nested) continue;
            ids.Add(nested.Id);
            role.AddNested(nested);
        }

        if (listed == null && assignment == null) return;
        role.AddTexts(FactNames.Assignments, ids);
    }

    /// <summary>A SharePoint site's origin is its URL, which v1.0 does not repeat.</summary>
    private static string? UrlOf(string? origin) =>
        origin?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true ? origin : null;

    private static string? GroupOf(string? roleOrigin)
    {
        var at = roleOrigin?.IndexOf('_', StringComparison.Ordinal) ?? -1;
        return at > 0 && IdText.IsGuid(roleOrigin![(at + 1)..]) ? IdText.Clean(roleOrigin[(at + 1)..]) : null;
    }
}
