namespace EntraAuditTools.SampleTenant;

internal static class EntitlementFactory
{
    internal static AccessCatalog[] Catalogs(SampleRandom random, DateTime before) =>
    [
        new(random.NewId(), "General", "serviceDefault", true, true, before.AddDays(-700).AddTicks(random.Below(TimeSpan.TicksPerDay))),
        new(random.NewId(), "Finance", "userManaged", true, false, before.AddDays(-410).AddTicks(random.Below(TimeSpan.TicksPerDay))),
        new(random.NewId(), "Partners", "userManaged", true, true, before.AddDays(-200).AddTicks(random.Below(TimeSpan.TicksPerDay))),
        new(random.NewId(), "Retired projects", "userManaged", false, false,
            before.AddDays(-600).AddTicks(random.Below(TimeSpan.TicksPerDay))),
    ];

    internal static AccessPackageModel[] Packages(SampleRandom random, IReadOnlyList<AccessCatalog> catalogs, IReadOnlyList<Person> people,
        IReadOnlyList<DirectoryGroup> groups, IReadOnlyList<EnterpriseApplication> applications, DateTime before)
    {
        string[] names = ["Quarter close", "Field service starter", "Partner portal", "Data lake reader", "Payroll operations",
            "Campaign studio", "Lab instruments", "Sales onboarding", "Contract review", "Warehouse handheld", "Audit season",
                "Project Lantern"];
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
