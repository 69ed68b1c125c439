using System.Text.Json;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Packages;

/// <summary>A role of a resource.</summary>
/// <param name="Scope">The resource role scope, or the resource assignment, that contains it.</param>
/// <param name="Resource">Number of the resource; 0 when unknown.</param>
/// <param name="Shown">The resource as objects show it.</param>
/// <param name="Role">Name of the role; null when no export contains it.</param>
/// <param name="RoleKey">What distinguishes the role from others of the resource.</param>
internal sealed record ResourceRole(EntityRef Scope, long Resource, EntitlementResource Shown, string? Role, string RoleKey);

/// <summary>
/// The roles that packages give, with names joined from wherever they are: the resource, else the group or service principal that it is.
/// </summary>
internal sealed class ResourceRoles(EntitlementReader reader)
{
    private readonly Dictionary<long, ResourceRole?> roles = [];
    private readonly Dictionary<string, (EntitlementResource Shown, long Number)> resources = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads what some role scopes need, together.</summary>
    public void Prepare(IReadOnlyCollection<long> scopes)
    {
        using var transaction = reader.Mirror.BeginRead();
        reader.Prefetch(scopes, withStates: true);
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var scope in scopes)
        {
            if (reader.StateOrGone(scope).Text(FactNames.Resource) is { } id && !resources.ContainsKey(id)) ids.Add(id);
        }

        if (ids.Count == 0) return;
        var found = ids.Select(id =>
            (Id: id, Kinds: EntityIds.OfAnyKind(reader.Mirror, id).ToDictionary(row => row.Kind, row => row.Number))).ToList();
        reader.Prefetch(found.Select(row => row.Kinds.GetValueOrDefault(EntityKind.Resource)), withStates: true);
        reader.Prefetch(found.SelectMany(row =>
            new[] { row.Kinds.GetValueOrDefault(EntityKind.Group), row.Kinds.GetValueOrDefault(EntityKind.ServicePrincipal) }),
                withStates: false);
        foreach (var (id, kinds) in found) resources[id] = (Show(id, kinds), kinds.GetValueOrDefault(EntityKind.Resource));
    }

    /// <summary>The role of a scope that was prepared; null when nothing is known of it.</summary>
    public ResourceRole? Of(long scope)
    {
        if (roles.TryGetValue(scope, out var known)) return known;
        var role = reader.Ref(scope) is { } found ? Read(found, reader.StateOrGone(scope)) : null;
        roles.Add(scope, role);
        return role;
    }

    private ResourceRole Read(EntityRef scope, EntityState state)
    {
        var id = state.Text(FactNames.Resource);
        var (known, number) = id != null && resources.TryGetValue(id, out var found) ? found : (null, 0);
        var resource = new EntitlementResource { Id = id, DisplayName = known?.DisplayName, System = state.Text(FactNames.System)
            ?? known?.System, Url = state.Text(FactNames.Url) ?? known?.Url };
        var origin = state.Text(FactNames.RoleOrigin);
        var name = state.Text(FactNames.Role) ?? AppRole(resource, origin);
        return new ResourceRole(scope, number, resource, name, (origin ?? name ?? scope.Id).ToUpperInvariant());
    }

    private EntitlementResource Show(string id, Dictionary<EntityKind, long> found)
    {
        EntityRef? Named(EntityKind kind) => reader.Ref(found.GetValueOrDefault(kind));
        var state = found.TryGetValue(EntityKind.Resource, out var resource) ? reader.StateOrGone(resource) : null;
        var system = state?.Text(FactNames.System);
        return new EntitlementResource
        {
            Id = id,
            // The directory's own name is the newest where there are both.
            DisplayName = Named(EntityKind.Group)?.Name ?? Named(EntityKind.ServicePrincipal)?.Name ?? Named(EntityKind.Resource)?.Name,
            System = system,
            Url = state?.Text(FactNames.Url),
        };
    }

    private string? AppRole(EntitlementResource resource, string? origin)
    {
        if (origin == null || resource.Id == null || reader.Ref(EntityKind.ServicePrincipal, resource.Id) is not { } principal) return null;
        foreach (var role in reader.StateOrGone(principal.Number).Json(FactNames.AppRoles).Items())
        {
            if (string.Equals(role.Text("id"), origin, StringComparison.OrdinalIgnoreCase)) return role.Text("name") ?? role.Text("value");
        }

        return null;
    }
}
