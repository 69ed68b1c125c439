using static EntraAuditTools.SampleTenant.EventParts;

namespace EntraAuditTools.SampleTenant;

/// <summary>
/// Application roles that are given and taken: by administrators and applications, and by entitlement management for requests that the
/// log does not know. Each scenario is one event, and one of nine activities.
/// </summary>
internal static class AppRoleScenarios
{
    private static readonly EventDetail[] NoDetails = [];

    /// <summary>The name of the activity.</summary>
    /// <param name="principalType">User, Group or ServicePrincipal.</param>
    /// <param name="granted">Given, not taken.</param>
    /// <param name="link">As part of link removal.</param>
    public static string Activity(string principalType, bool granted, bool link = false) => (principalType, granted, link) switch
    {
        ("User", _, true) => "Add a deletion-marked app role assignment grant to user as part of link removal",
        ("User", true, _) => "Add app role assignment grant to user",
        ("User", false, _) => "Remove app role assignment from user",
        ("Group", _, true) => "Add a deletion-marked app role assignment grant to group as part of link removal",
        ("Group", true, _) => "Add app role assignment to group",
        ("Group", false, _) => "Remove app role assignment from group",
        (_, _, true) => "Add a deletion-marked app role assignment grant to service principal as part of link removal",
        (_, true, _) => "Add app role assignment to service principal",
        _ => "Remove app role assignment from service principal",
    };

    /// <summary>A person is given a role or loses it.</summary>
    public static void AssignToPerson(ScenarioContext scenario) => Add(scenario, FactsOf(scenario, person: true));

    /// <summary>A group or service principal is given a role or loses it.</summary>
    public static void AssignToOther(ScenarioContext scenario) => Add(scenario, FactsOf(scenario, person: false));

    /// <summary>What a scenario did; the context must be fresh.</summary>
    public static AppRoleGrantLabel Label(ScenarioContext scenario, bool person)
    {
        var facts = FactsOf(scenario, person);
        var audit = Make(new SampleRandom(SampleRandom.Mix(scenario.Seed, 0)), scenario.Start, facts);
        return new AppRoleGrantLabel
        {
            EventId = audit.Id,
            Time = new DateTimeOffset(audit.Ticks, TimeSpan.Zero),
            Activity = audit.Activity,
            Granted = facts.Granted && !facts.Link,
            Success = !facts.Failed,
            Application = facts.Application,
            Role = facts.Role,
            PrincipalType = facts.PrincipalType,
            PrincipalId = facts.Person?.Id ?? facts.Group?.Id ?? facts.Principal!.ServicePrincipalId,
            PrincipalName = facts.Person?.UserPrincipalName ?? facts.Group?.DisplayName ?? facts.Principal!.DisplayName,
            Actor = audit.Actor,
            ViaEntitlement = facts.ViaEntitlement,
        };
    }

    private static Facts FactsOf(ScenarioContext scenario, bool person)
    {
        var random = scenario.Random;
        var tenant = scenario.Tenant;
        var application = random.Pick(tenant.Applications);
        var role = random.Pick(application.Roles);
        bool group = random.Chance(50);
        int who = random.Below(100);
        return new Facts(application, role, random.NewId())
        {
            Person = person ? random.Pick(tenant.People) : null,
            Group = !person && group ? random.Pick(tenant.Groups) : null,
            Principal = !person && !group ? random.Pick(tenant.Applications) : null,
            Granted = random.Chance(65),
            Link = random.Chance(20),
            Failed = random.Chance(6),
            Administrator = random.Pick(tenant.Administrators),
            // Sometimes the request is older than the log, or a package got a new resource.
            Service = who < 5 ? tenant.Services.Entitlement
                : who < 8 ? new EventActor(false, SampleRandom.Of(tenant.Id + " user management").NewId(),
                    "Azure AD Identity Governance - User Management")
                : who < 18 ? new EventActor(false, random.Pick(tenant.Applications).ServicePrincipalId, "Tradewind Access Automation")
                : null,
            ViaEntitlement = who < 8,
        };
    }

    private static void Add(ScenarioContext scenario, Facts facts) => scenario.Step(0, (random, ticks) => Make(random, ticks, facts));

    private static AuditEvent Make(SampleRandom random, long ticks, Facts facts)
    {
        bool give = facts.Granted || facts.Link;
        EventProperty Of(string name, string value) => give ? Changed(name, null, Quoted(value)) : Changed(name, Quoted(value), null);
        var (category, principal, target) = facts switch
        {
            { Person: { } person } => ("UserManagement",
                new[] { Of("User.ObjectID", person.Id), Of("User.UPN", person.UserPrincipalName) }, Target(person)),
            { Group: { } group } => ("GroupManagement", [Of("Group.ObjectID", group.Id), Of("Group.DisplayName", group.DisplayName)],
                Target(group)),
            _ => ("ApplicationManagement",
                [Of("ServicePrincipal.ObjectID", facts.Principal!.ServicePrincipalId),
                    Of("ServicePrincipal.DisplayName", facts.Principal.DisplayName)],
                    new EventTarget("ServicePrincipal", facts.Principal!.ServicePrincipalId, facts.Principal.DisplayName)),
        };
        return Record("Directory", "Core Directory", random, ticks, facts.CorrelationId, category,
            Activity(facts.PrincipalType, facts.Granted, facts.Link), give ? "Assign" : "Unassign",
            facts.Service ?? Actor(random, facts.Administrator),
            [
                Principal(
                    facts.Application,
                    [
                        Of("AppRole.Id", facts.Role.Id),
                        Of("AppRole.Value", facts.Role.Value),
                        Of("AppRole.DisplayName", facts.Role.DisplayName),
                        Of("AppRoleAssignment.CreatedDateTime", Iso(ticks)),
                        .. principal,
                        Of("TargetId.ServicePrincipalNames", facts.Application.AppId),
                    ]),
                target,
            ],
            NoDetails,
            facts.Failed ? "failure" : "success",
            facts.Failed ? "Microsoft.Online.Workflows.ValidationException" : "");
    }

    private sealed record Facts(EnterpriseApplication Application, ApplicationRole Role, string CorrelationId)
    {
        public Person? Person { get; init; }

        public DirectoryGroup? Group { get; init; }

        public EnterpriseApplication? Principal { get; init; }

        public bool Granted { get; init; }

        public bool Link { get; init; }

        public bool Failed { get; init; }

        public required Person Administrator { get; init; }

        /// <summary>The application that did it; null when the administrator did.</summary>
        public EventActor? Service { get; init; }

        public bool ViaEntitlement { get; init; }

        public string PrincipalType => Person is not null ? "User" : Group is not null ? "Group" : "ServicePrincipal";
    }
}
