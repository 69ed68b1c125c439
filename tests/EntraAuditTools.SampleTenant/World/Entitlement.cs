namespace EntraAuditTools.SampleTenant;

/// <summary>A catalog of access packages.</summary>
public sealed record AccessCatalog(string Id, string DisplayName, string CatalogType, bool Published, bool ExternallyVisible, DateTime Created);

/// <summary>What a package gives: membership of a group, or a role of an application.</summary>
public sealed record PackageResource(string ResourceId, string RoleId, string ScopeId, DirectoryGroup? Group, EnterpriseApplication? Application)
{
    public string DisplayName => Group?.DisplayName ?? Application!.DisplayName;

    public string OriginSystem => Group is null ? "AadApplication" : "AadGroup";

    public string OriginId => Group?.Id ?? Application!.ServicePrincipalId;

    public string RoleName => Group is null ? Application!.Roles[0].DisplayName : "Member";
}

/// <summary>Who may request a package, who approves and for how long it is given.</summary>
public sealed record PackagePolicy(string Id, string DisplayName, string AllowedTargetScope, bool ApprovalRequired, Person? Approver, int DurationInDays);

/// <summary>An access package.</summary>
public sealed record AccessPackageModel(string Id, string DisplayName, string Description, AccessCatalog Catalog, DateTime Created)
{
    public required IReadOnlyList<PackageResource> Resources { get; init; }

    /// <summary>The first requires approval, the second does not.</summary>
    public required IReadOnlyList<PackagePolicy> Policies { get; init; }
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

    internal static AccessPackageModel[] Packages(SampleRandom random, IReadOnlyList<AccessCatalog> catalogs, IReadOnlyList<Person> people, IReadOnlyList<DirectoryGroup> groups, IReadOnlyList<EnterpriseApplication> applications, DateTime before)
    {
        string[] names = ["Quarter close", "Field service starter", "Partner portal", "Data lake reader", "Payroll operations", "Campaign studio", "Lab instruments", "Sales onboarding", "Contract review", "Warehouse handheld", "Audit season", "Project Lantern"];
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
                Resources =
                [
                    new(random.NewId(), random.NewId(), random.NewId(), group, null),
                    new(random.NewId(), random.NewId(), random.NewId(), null, application),
                ],
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
}
