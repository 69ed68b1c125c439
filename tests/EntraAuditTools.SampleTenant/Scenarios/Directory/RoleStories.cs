using static EntraAuditTools.SampleTenant.Telling;

namespace EntraAuditTools.SampleTenant;

/// <summary>Directory roles and their activation.</summary>
internal static class RoleStories
{
    private static readonly string[] Reasons =
        ["Weekly access check", "Ticket HD-2041: mailbox cannot be opened", "Change CHG0031, \"certificate renewal\"", "on call", "Vertretung für Clara"];

    /// <summary>An eligible administrator activates a role.</summary>
    public static void Activate(StoryContext story)
    {
        var person = story.Random.Pick(story.Tenant.Administrators);
        var role = story.Random.Pick(story.Tenant.Roles);
        string correlation = story.Random.NewId();
        string request = story.Random.NewId();
        string justification = story.Random.Pick(Reasons);
        AuditEvent Pim(SampleRandom random, long ticks, string activity) =>
            Record("PIM", "PIM", random, ticks, correlation, "RoleManagement", activity, "ActivateRole", Actor(random, person),
            [
                new("Role", role.Id, role.DisplayName) { Properties =
                    [Changed("RoleDefinitionOriginId", Quoted(""), Quoted(role.TemplateId)),
                        Changed("RoleDefinitionOriginType", Quoted(""), Quoted("BuiltInRole")), Changed("TemplateId", Quoted(""), Quoted(role.TemplateId))] },
                new("Request", request, null),
                Named(person),
                new("Directory", story.Tenant.Id, story.Tenant.DisplayName),
            ],
            [
                new("RoleDefinitionOriginId", role.TemplateId), new("RoleDefinitionOriginType", "BuiltInRole"), new("TemplateId", role.TemplateId),
                new("StartTime", Iso(ticks)), new("ExpirationTime", Iso(ticks + 8 * TimeSpan.TicksPerHour)), new("Justification", justification),
                new("oid", person.Id), new("tid", story.Tenant.Id), new("ipaddr", person.IpAddresses[0]), new("RequestId", request),
            ],
            reason: justification);
        story.Step(0, (random, ticks) => Pim(random, ticks, "Add member to role requested (PIM activation)"));
        story.Step(TimeSpan.FromSeconds(2),
            (random, ticks) => Directory(random, ticks, correlation, "RoleManagement", "Add member to role", "Assign",
                story.Tenant.Services.Pim, [Target(person, RoleProperties(role))]));
        story.Step(TimeSpan.FromSeconds(3), (random, ticks) => Pim(random, ticks, "Add member to role completed (PIM activation)"));
    }

    /// <summary>A role is given directly, which PIM notices.</summary>
    public static void AssignDirectly(StoryContext story)
    {
        var administrator = story.Random.Pick(story.Tenant.Administrators);
        var person = story.Random.Pick(story.Tenant.Members);
        var role = story.Random.Pick(story.Tenant.Roles);
        string correlation = story.Random.NewId();
        story.Step(0, (random, ticks) =>
            Directory(random, ticks, correlation, "RoleManagement", "Add member to role", "Assign", Actor(random, administrator),
                [Target(person, RoleProperties(role)), new("Role", role.Id, role.DisplayName)]));
        story.Step(TimeSpan.FromSeconds(30),
            (random, ticks) => Record("PIM", "PIM", random, ticks, random.NewId(), "RoleManagement",
                "Add member to role outside of PIM (permanent)", "CreateRoleAssignment", Actor(random, administrator),
            [new("Role", role.Id, role.DisplayName), Named(person), new("Directory", story.Tenant.Id, story.Tenant.DisplayName), new(null, null, null)],
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
