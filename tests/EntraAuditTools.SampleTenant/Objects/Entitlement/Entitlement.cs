namespace EntraAuditTools.SampleTenant;

/// <summary>A catalog of access packages.</summary>
public sealed record AccessCatalog(string Id, string DisplayName, string CatalogType, bool Published, bool ExternallyVisible, DateTime Created);

/// <summary>A SharePoint site.</summary>
public sealed record SharePointSite(string Url, string DisplayName);

/// <summary>What a package gives: membership of a group, a role of an application, or a role in a SharePoint site.</summary>
public sealed record PackageResource(string ResourceId, string RoleId, string ScopeId, DirectoryGroup? Group, EnterpriseApplication? Application)
{
    /// <summary>The site; null when the resource is a group or an application.</summary>
    public SharePointSite? Site { get; init; }

    /// <summary>Which of the application's roles; its first unless said.</summary>
    public int RoleIndex { get; init; }

    /// <summary>Since when the package gives it, in UTC ticks; null for as long as the package exists.</summary>
    public long? Added { get; init; }

    public string DisplayName => Group?.DisplayName ?? Application?.DisplayName ?? Site!.DisplayName;

    public string OriginSystem => Group is not null ? "AadGroup" : Application is not null ? "AadApplication" : "SharePointOnline";

    /// <summary>The group, the service principal, or the site's address.</summary>
    public string OriginId => Group?.Id ?? Application?.ServicePrincipalId ?? Site!.Url;

    public string RoleName => Group is not null ? "Member" : Application is not null ? Application.Roles[RoleIndex].DisplayName : "Contributors";

    /// <summary>What the system itself calls the role: Member_ and the group, the id of the application role, the site's role by number.</summary>
    public string RoleOriginId => Group is not null ? "Member_" + Group.Id : Application is not null ? Application.Roles[RoleIndex].Id : "4";

    /// <summary>The id of a resourceRoleScope: the role's and the scope's.</summary>
    public string RoleScopeId => RoleId + "_" + ScopeId;

    internal static PackageResource Of(DirectoryGroup group) => Of(group.Id, "Member", group, null);

    internal static PackageResource Of(EnterpriseApplication application, int role) =>
        Of(application.ServicePrincipalId, application.Roles[role].Id, null, application) with { RoleIndex = role };

    internal static PackageResource Of(SharePointSite site) => Of(site.Url, "4", null, null) with { Site = site };

    // A resource and its roles have the same ids in every package and catalog.
    private static PackageResource Of(string origin, string role, DirectoryGroup? group, EnterpriseApplication? application) =>
        new(SampleRandom.Of("resource/" + origin).NewId(), SampleRandom.Of("role/" + origin + "/" + role).NewId(),
            SampleRandom.Of("scope/" + origin).NewId(), group, application);
}

/// <summary>An access package.</summary>
public sealed record AccessPackageModel(string Id, string DisplayName, string Description, AccessCatalog Catalog, DateTime Created)
{
    public required IReadOnlyList<PackageResource> Resources { get; init; }

    /// <summary>The first requires approval, the second does not; packages of <see cref="EntitlementWorld"/> have as many as they need.</summary>
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
    public IEnumerable<PackagePolicy> PoliciesAt(long ticks) => Policies.Where(policy => !(policy.Added > ticks)).Select(policy => policy.At(ticks));
}

internal static class EntitlementFactory
{
    internal static AccessCatalog[] Catalogs(SampleRandom random, DateTime before) =>
    [
        new(random.NewId(), "General", "serviceDefault", true, true, before.AddDays(-700).AddTicks(random.Below(TimeSpan.TicksPerDay))),
        new(random.NewId(), "Finance", "userManaged", true, false, before.AddDays(-410).AddTicks(random.Below(TimeSpan.TicksPerDay))),
        new(random.NewId(), "Partners", "userManaged", true, true, before.AddDays(-200).AddTicks(random.Below(TimeSpan.TicksPerDay))),
        new(random.NewId(), "Retired projects", "userManaged", false, false, before.AddDays(-600).AddTicks(random.Below(TimeSpan.TicksPerDay))),
    ];

    internal static AccessPackageModel[] Packages(SampleRandom random, IReadOnlyList<AccessCatalog> catalogs, IReadOnlyList<Person> people,
        IReadOnlyList<DirectoryGroup> groups, IReadOnlyList<EnterpriseApplication> applications, DateTime before)
    {
        string[] names = ["Quarter close", "Field service starter", "Partner portal", "Data lake reader", "Payroll operations",
            "Campaign studio", "Lab instruments", "Sales onboarding", "Contract review", "Warehouse handheld", "Audit season", "Project Lantern"];
        int count = Math.Clamp(groups.Count / 4, names.Length, 60);
        var packages = new AccessPackageModel[count];
        for (int index = 0; index < count; index++)
        {
            var catalog = catalogs[index % catalogs.Count];
            var group = groups[random.Below(groups.Count)];
            var application = applications[random.Below(applications.Count)];
            var approver = people[index * 8 % people.Count];
            packages[index] = new AccessPackageModel(
                random.NewId(),
                names[index % names.Length] + (index < names.Length ? "" : $" {index / names.Length + 1}"),
                $"Access for {names[index % names.Length].ToLowerInvariant()}",
                catalog,
                before.AddDays(-random.Between(20, 300)).AddTicks(random.Below(TimeSpan.TicksPerDay)))
            {
                Resources = Drawn(random, PackageResource.Of(group), PackageResource.Of(application, 0)),
                Policies =
                [
                    new(random.NewId(), "Members with approval", "allMemberUsers", true, approver, random.Pick([90, 180, 365])),
                    catalog.ExternallyVisible
                        ? new(random.NewId(), "Connected organizations", "allConfiguredConnectedOrganizationUsers", false, null, 120)
                        : new(random.NewId(), "Everyone in the directory", "allDirectoryUsers", false, null, 120),
                ],
            };
        }

        return packages;
    }

    // Six ids were drawn here once: what is drawn after them must not change.
    private static PackageResource[] Drawn(SampleRandom random, params PackageResource[] resources)
    {
        for (int draw = 0; draw < 12; draw++)
            random.Next();
        return resources;
    }
}
