using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Packages;

/// <summary>Which roles packages give, of the resources and roles asked for.</summary>
internal sealed class PackageRoles
{
    private readonly EntitlementReader reader;
    private readonly List<WildcardText>? resources;
    private readonly List<WildcardText>? roleNames;
    private readonly ResourceRoles roles;
    private readonly Dictionary<long, List<ResourceRole>> byPackage = [];

    /// <summary>Reads roles.</summary>
    /// <param name="reader">Reads packages and resources.</param>
    /// <param name="resource">Names, ids or URLs of resources; null or empty for any.</param>
    /// <param name="role">Names of roles; null or empty for any.</param>
    /// <param name="findsPackages">Whether the packages that give the resources are looked for.</param>
    public PackageRoles(EntitlementReader reader, IReadOnlyList<string>? resource, IReadOnlyList<string>? role, bool findsPackages)
    {
        this.reader = reader;
        roles = new(reader);
        resources = resource is { Count: > 0 } ? [.. resource.Select(text => new WildcardText(text))] : null;
        roleNames = role is { Count: > 0 } ? [.. role.Select(name => new WildcardText(name))] : null;
        if (resources == null || !findsPackages) return;
        var all = Giving(reader, resource!) ?? reader.All(EntityKind.AccessPackage);
        Load(all);
        Packages = [.. all.Where(package => RolesOf(package).Count > 0)];
    }

    /// <summary>The packages that matter; null for any.</summary>
    public HashSet<long>? Packages { get; }

    /// <summary>The roles of a package that are asked for.</summary>
    public List<ResourceRole> RolesOf(long package)
    {
        if (package == 0) return [];
        if (!byPackage.ContainsKey(package)) Load([package]);
        return byPackage[package];
    }

    /// <summary>A package or policy as objects refer to it; null for number 0.</summary>
    public EntitlementReference? Reference(long number) => reader.Ref(number)?.ToReference();

    /// <summary>Roles of scopes or resource assignments, those asked for.</summary>
    public IEnumerable<ResourceRole> Read(IReadOnlyCollection<long> scopes)
    {
        roles.Prepare(scopes);
        return scopes.Select(roles.Of).OfType<ResourceRole>().Where(IsWanted);
    }

    // The packages that can give resources which are named by their id or name, found by that; null where all have to be looked through.
    private static List<long>? Giving(EntitlementReader reader, IReadOnlyList<string> texts)
    {
        var resources = new HashSet<long>();
        foreach (var text in texts)
        {
            if (new WildcardText(text).Literal is null) return null;
            var named = reader.Find(EntityKind.Resource, [text]);
            var others = reader.Find(EntityKind.Group, [text]).Concat(reader.Find(EntityKind.ServicePrincipal, [text])).ToList();
            if (named.Count + others.Count == 0) return null;
            resources.UnionWith(named);
            resources.UnionWith(EntityIds.Numbers(reader.Mirror, EntityKind.Resource,
                others.Select(other => reader.Ref(other)!.Id)).Values);
        }

        var sql = new SqlText();
        sql.Add($"""
            SELECT DISTINCT e.source FROM entity_link l CROSS JOIN edge e INDEXED BY edge_target ON e.target = l.source
            WHERE {sql.In("l.target", resources)} AND l.kind = {(int)EntityKind.ResourceRoleScope} AND e.role = {(int)EdgeRole.RoleScope}
            """);
        return resources.Count == 0 ? [] : [.. reader.Mirror.Query(sql, row => row.GetInt64(0))];
    }

    private void Load(IReadOnlyCollection<long> packages)
    {
        var lists = new EdgeLists(reader, packages, EdgeRole.RoleScope);
        roles.Prepare([.. packages.SelectMany(package => lists[package, EdgeRole.RoleScope].Targets)]);
        foreach (var package in packages) byPackage[package] = [.. Read(lists[package, EdgeRole.RoleScope].Targets)];
    }

    private bool IsWanted(ResourceRole role) =>
        (resources == null || new[] { role.Shown.Id, role.Shown.DisplayName, role.Shown.Url }.Any(text => text != null
            && resources.Exists(pattern => pattern.IsMatch(text))))
        && (roleNames == null || (role.Role is { } name && roleNames.Exists(pattern => pattern.IsMatch(name))));
}
