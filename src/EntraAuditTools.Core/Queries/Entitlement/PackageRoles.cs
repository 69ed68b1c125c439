using EntraAuditTools.Core.Formats.Entitlement;

namespace EntraAuditTools.Core.Queries.Entitlement;

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
        var all = reader.All(EntityKind.AccessPackage);
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

    private void Load(IReadOnlyCollection<long> packages)
    {
        var lists = new EdgeLists(reader, packages, EdgeRole.RoleScope);
        roles.Prepare([.. packages.SelectMany(package => lists[package, EdgeRole.RoleScope].Targets)]);
        foreach (var package in packages) byPackage[package] = [.. Read(lists[package, EdgeRole.RoleScope].Targets)];
    }

    private bool IsWanted(ResourceRole role) =>
        (resources == null || new[] { role.Shown.Id, role.Shown.DisplayName, role.Shown.Url }.Any(text => text != null && resources.Exists(pattern => pattern.IsMatch(text))))
        && (roleNames == null || (role.Role is { } name && roleNames.Exists(pattern => pattern.IsMatch(name))));
}
