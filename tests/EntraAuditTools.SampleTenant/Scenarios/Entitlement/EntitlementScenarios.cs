using static EntraAuditTools.SampleTenant.EventParts;

namespace EntraAuditTools.SampleTenant;

/// <summary>Access packages in the audit log: how they are built and requested.</summary>
internal static class EntitlementScenarios
{
    /// <summary>A scenario of one request or more, in every detail a <see cref="RequestTrail"/>.</summary>
    public static Action<ScenarioContext> Request(RequestScenario kind) => scenario => RequestTrail.Of(scenario, kind).Write();

    /// <summary>An administrator builds a catalog with a package.</summary>
    public static void Build(ScenarioContext scenario)
    {
        var administrator = scenario.Random.Pick(scenario.Tenant.Administrators);
        var package = scenario.Random.Pick(scenario.Tenant.Packages);
        string correlation = scenario.Random.NewId();
        AuditEvent Built(SampleRandom random, long ticks, string activity, string operation, EventTarget target) =>
            Record("EntitlementManagement", "Entitlement Management", random, ticks, correlation, "EntitlementManagement", activity,
                operation, Actor(random, administrator), [target], [], reason: null, userAgent: UserAgents[0]);
        scenario.Step(0, (random, ticks) =>
            Built(random, ticks, "Create access package catalog", "CreateAccessPackageCatalog",
                new EventTarget("AccessPackageCatalog", package.Catalog.Id, package.Catalog.DisplayName)));
        scenario.Step(TimeSpan.FromSeconds(30), (random, ticks) =>
            Built(random, ticks, "Create access package", "CreateAccessPackage", PackageTarget(package)));
        scenario.Step(TimeSpan.FromSeconds(60),
            (random, ticks) => Built(random, ticks, "Create access package assignment policy", "CreateAccessPackageAssignmentPolicy",
                new EventTarget("AccessPackageAssignmentPolicy", package.Policies[0].Id, package.Policies[0].DisplayName)));
    }

    private static EventTarget PackageTarget(AccessPackageModel package) => new("AccessPackage", package.Id, package.DisplayName);
}
