using static EntraAuditTools.SampleTenant.Telling;

namespace EntraAuditTools.SampleTenant;

/// <summary>Access packages in the audit log: how they are built and requested.</summary>
internal static class EntitlementStories
{
    /// <summary>A story of one request or more, in every detail a <see cref="RequestTrail"/>.</summary>
    public static Action<StoryContext> Request(RequestStory kind) => story => RequestTrail.Tell(story, kind).Write();

    /// <summary>An administrator builds a catalog with a package.</summary>
    public static void Build(StoryContext story)
    {
        var administrator = story.Random.Pick(story.Tenant.Administrators);
        var package = story.Random.Pick(story.Tenant.Packages);
        string correlation = story.Random.NewId();
        AuditEvent Built(SampleRandom random, long ticks, string activity, string operation, EventTarget target) =>
            Record("EntitlementManagement", "Entitlement Management", random, ticks, correlation, "EntitlementManagement", activity,
                operation, Actor(random, administrator), [target], [], reason: null, userAgent: UserAgents[0]);
        story.Step(0, (random, ticks) =>
            Built(random, ticks, "Create access package catalog", "CreateAccessPackageCatalog",
                new EventTarget("AccessPackageCatalog", package.Catalog.Id, package.Catalog.DisplayName)));
        story.Step(TimeSpan.FromSeconds(30), (random, ticks) => Built(random, ticks, "Create access package", "CreateAccessPackage", PackageTarget(package)));
        story.Step(TimeSpan.FromSeconds(60),
            (random, ticks) => Built(random, ticks, "Create access package assignment policy", "CreateAccessPackageAssignmentPolicy",
                new EventTarget("AccessPackageAssignmentPolicy", package.Policies[0].Id, package.Policies[0].DisplayName)));
    }

    private static EventTarget PackageTarget(AccessPackageModel package) => new("AccessPackage", package.Id, package.DisplayName);
}
