namespace EntraAuditTools.SampleTenant;

/// <summary>A catalog of access packages.</summary>
public sealed record AccessCatalog(string Id, string DisplayName, string CatalogType, bool Published, bool ExternallyVisible,
    DateTime Created);

/// <summary>An access package.</summary>
public sealed record AccessPackageModel(string Id, string DisplayName, string Description, AccessCatalog Catalog, DateTime Created)
{
    public required IReadOnlyList<PackageResource> Resources { get; init; }

    /// <summary>
    /// The first requires approval, the second does not; packages of <see cref="EntitlementManagement"/> have as many as they need.
    /// </summary>
    public required IReadOnlyList<PackagePolicy> Policies { get; init; }

    /// <summary>Not listed in My Access; who has the link may still request it.</summary>
    public bool Hidden { get; init; }

    /// <summary>When it was deleted, in UTC ticks; null when it was not.</summary>
    public long? Deleted { get; init; }

    /// <summary>Ids of packages whose holders may not be given this one.</summary>
    public IReadOnlyList<string> IncompatiblePackages { get; init; } = [];

    /// <summary>Groups whose members may not be given this one.</summary>
    public IReadOnlyList<DirectoryGroup> IncompatibleGroups { get; init; } = [];

    /// <summary>Whether it is there at a time, in UTC ticks.</summary>
    public bool ExistsAt(long ticks) => Created.Ticks <= ticks && !(Deleted <= ticks);

    /// <summary>What it gives at a time, in UTC ticks.</summary>
    public IEnumerable<PackageResource> ResourcesAt(long ticks) => Resources.Where(resource => !(resource.Added > ticks));

    /// <summary>Its policies as they stood at a time, in UTC ticks.</summary>
    public IEnumerable<PackagePolicy> PoliciesAt(long ticks) =>
        Policies.Where(policy => !(policy.Added > ticks)).Select(policy => policy.At(ticks));
}
