using static EntraAuditTools.SampleTenant.EventParts;

namespace EntraAuditTools.SampleTenant;

/// <summary>Directory roles and their activation.</summary>
internal static class RoleScenarios
{
    private static readonly string[] Reasons =
        ["Weekly access check", "Ticket HD-2041: mailbox cannot be opened", "Change CHG0031, \"certificate renewal\"", "on call",
            "Vertretung für Clara"];

    /// <summary>An eligible administrator activates a role.</summary>
    public static void Activate(ScenarioContext scenario)
    {
        var person = scenario.Random.Pick(scenario.Tenant.Administrators);
        var role = scenario.Random.Pick(scenario.Tenant.Roles);
        string correlation = scenario.Random.NewId();
        string request = scenario.Random.NewId();
        string justification = scenario.Random.Pick(Reasons);
        AuditEvent Pim(SampleRandom random, long ticks, string activity) =>
            Record("PIM", "PIM", random, ticks, correlation, "RoleManagement", activity, "ActivateRole", Actor(random, person),
            [
                new("Role", role.Id, role.DisplayName) { Properties =
                    [Changed("RoleDefinitionOriginId", Quoted(""), Quoted(role.TemplateId)),
                        Changed("RoleDefinitionOriginType", Quoted(""), Quoted("BuiltInRole")),
                            Changed("TemplateId", Quoted(""), Quoted(role.TemplateId))] },
                new("Request", request, null),
                Named(person),
                new("Directory", scenario.Tenant.Id, scenario.Tenant.DisplayName),
            ],
            [
                new("RoleDefinitionOriginId", role.TemplateId), new("RoleDefinitionOriginType", "BuiltInRole"),
                    new("TemplateId", role.TemplateId),
                new("StartTime", Iso(ticks)), new("ExpirationTime", Iso(ticks + 8 * TimeSpan.TicksPerHour)),
                    new("Justification", justification),
                new("oid", person.Id), new("tid", scenario.Tenant.Id), new("ipaddr", person.IpAddresses[0]), new("RequestId", request),
            ],
            reason: justification);
        scenario.Step(0, (random, ticks) => Pim(random, ticks, "Add member to role requested (PIM activation)"));
        scenario.Step(TimeSpan.FromSeconds(2),
            (random, ticks) => Directory(random, ticks, correlation, "RoleManagement", "Add member to role", "Assign",
                scenario.Tenant.Services.Pim, [Target(person, RoleProperties(role))]));
        scenario.Step(TimeSpan.FromSeconds(3), (random, ticks) => Pim(random, ticks, "Add member to role completed (PIM activation)"));
    }

    /// <summary>A role is given directly, which PIM notices.</summary>
    public static void AssignDirectly(ScenarioContext scenario)
    {
        var administrator = scenario.Random.Pick(scenario.Tenant.Administrators);
        var person = scenario.Random.Pick(scenario.Tenant.Members);
        var role = scenario.Random.Pick(scenario.Tenant.Roles);
        string correlation = scenario.Random.NewId();
        scenario.Step(0, (random, ticks) =>
            Directory(random, ticks, correlation, "RoleManagement", "Add member to role", "Assign", Actor(random, administrator),
                [Target(person, RoleProperties(role)), new("Role", role.Id, role.DisplayName)]));
        scenario.Step(TimeSpan.FromSeconds(30),
            (random, ticks) => Record("PIM", "PIM", random, ticks, random.NewId(), "RoleManagement",
                "Add member to role outside of PIM (permanent)", "CreateRoleAssignment", Actor(random, administrator),
            [new("Role", role.Id, role.DisplayName), Named(person), new("Directory", scenario.Tenant.Id, scenario.Tenant.DisplayName),
                new(null, null, null)],
            [new("RoleDefinitionOriginId", role.TemplateId), new("AssignmentState", "Active")], reason: null));
    }

    private static EventProperty[] RoleProperties(DirectoryRole role) =>
    [
        Changed("Role.ObjectID", null, Quoted(role.Id)),
        Changed("Role.DisplayName", null, Quoted(role.DisplayName)),
        Changed("Role.TemplateId", null, Quoted(role.TemplateId)),
        Changed("Role.WellKnownObjectName", null, Quoted(role.DisplayName.Replace(" ", "", StringComparison.Ordinal))),
    ];
}
