using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Queries;

namespace EntraAuditTools.Core.Tests.Catalog;

/// <summary>The built-in catalog, and what a mirror has seen of it.</summary>
public sealed class ActivityCatalogTests
{
    [Fact]
    public void Lists_the_whole_reference()
    {
        var activities = ActivityCatalog.Instance.Activities;
        Assert.Equal(1196, activities.Count);
        Assert.Equal(28, activities.Select(activity => activity.Service).Distinct().Count());
        Assert.All(activities, activity =>
            Assert.All([activity.Service, activity.Category, activity.Activity], text => Assert.Equal(text.Trim(), Assert.IsType<string>(text))));
    }

    [Theory]
    [InlineData("Account provisioning", 14)]
    [InlineData("Entitlement Management", 57)]
    [InlineData("Access reviews", 38)]
    public void Describes_every_activity_of_the_governance_services(string service, int count)
    {
        var activities = ActivityCatalog.Instance.Activities.Where(activity => activity.Service == service).ToList();
        Assert.Equal(count, activities.Count);
        Assert.All(activities, activity => Assert.EndsWith(".", activity.Description));
        Assert.Equal(count, activities.Select(activity => activity.Description).Distinct().Count());
    }

    [Theory]
    [InlineData("PIM", "RoleManagement", "Add eligible member to role in PIM completed (permanent)", "Privileged Identity Management (PIM)")]
    [InlineData("Account Provisioning", "ProvisioningManagement", "process escrow", "Account provisioning")]
    [InlineData("Core Directory", "Application Management", "Add application", "Core Directory")]
    [InlineData("Self-service Group Management", "GroupManagement", "Approve a pending request to join a group", "Self-service group management")]
    public void Finds_activities_by_the_names_that_records_carry(string service, string category, string activity, string heading)
    {
        Assert.True(ActivityCatalog.Instance.TryFind(service, category, activity, out var found));
        Assert.Equal(heading, found.Service);
    }

    [Fact]
    public void Says_what_was_seen_and_what_the_catalog_lacks()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Event.All(
            new("1", "2026-10-01T08:00:00Z", "Import") { Service = "Account Provisioning", Category = "ProvisioningManagement" },
            new("2", "2026-10-03T08:00:00Z", "import") { Service = "Account Provisioning", Category = "Provisioning Management" },
            new("3", "2026-10-02T08:00:00Z", "Execution") { Service = "Account Provisioning", Category = "ProvisioningManagement" }));
        using var reader = MirrorReader.Open(mirror.Path);

        var seen = AuditActivityTypeQuery.Run(reader, null, null, null, seen: true, unlisted: false).ToList();
        Assert.Equal(2, seen.Count);
        var import = seen.Single(type => type.Activity == "Import");
        Assert.Equal((true, 2L, "Account provisioning"), (import.Listed, import.Count, import.Service));
        Assert.Equal((new DateTimeOffset(2026, 10, 1, 8, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 10, 3, 8, 0, 0, TimeSpan.Zero)),
            (import.FirstSeen!.Value, import.LastSeen!.Value));

        var unlisted = Assert.Single(AuditActivityTypeQuery.Run(reader, null, null, null, seen: false, unlisted: true));
        Assert.Equal(("Execution", false, 1L), (unlisted.Activity, unlisted.Listed, unlisted.Count));
        Assert.Equal(1197, AuditActivityTypeQuery.Run(reader, null, null, null, false, false).Count());
        Assert.Equal((0L, null), AuditActivityTypeQuery.Run(reader, null, null, ["Process escrow"], false, false)
            .Select(type => (type.Count, type.FirstSeen)).Single());
    }

    [Theory]
    [InlineData("PIM", null, null, 196)]
    [InlineData("*(PIM)", null, null, 196)]
    [InlineData("entitlement management", null, "*timed out*", 0)]
    [InlineData("Entitlement*", "Entitlement Management", "Create access package", 1)]
    [InlineData(null, "Directory Management", null, 101)]
    public void Filters_by_heading_or_by_the_name_in_records(string? service, string? category, string? activity, int count)
    {
        var types = AuditActivityTypeQuery.Run(null, List(service), List(category), List(activity), false, false).ToList();
        Assert.Equal(count, types.Count);
        Assert.All(types, type => Assert.Null(type.Count));

        static string[]? List(string? text) => text is null ? null : [text];
    }
}
