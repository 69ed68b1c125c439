using static EntraAuditTools.SampleTenant.EventParts;

namespace EntraAuditTools.SampleTenant;

/// <summary>The life of groups.</summary>
internal static class GroupScenarios
{
    public static int BurstLength(ulong seed) => 1 + (int)(seed >> 40) % 4;

    /// <summary>One to four people are added in one go; a bulk operation writes all in the same instant.</summary>
    public static void AddMembers(ScenarioContext scenario) => Burst(scenario, true);

    public static void RemoveMembers(ScenarioContext scenario) => Burst(scenario, false);

    public static void Create(ScenarioContext scenario)
    {
        var group = scenario.Random.Pick(scenario.Tenant.Groups);
        var owner = scenario.Random.Pick(scenario.Tenant.Members);
        string correlation = scenario.Random.NewId();
        scenario.Step(0, (random, ticks) => Directory(random, ticks, correlation, "GroupManagement", "Add group", "Add",
            Actor(random, owner),
            [
                Target(
                    group,
                    Changed("DisplayName", "[]", Listed(group.DisplayName)),
                    Changed("GroupType", "[]", group.Unified ? "[\"Unified\"]" : "[]"),
                    Changed("MailEnabled", "[]", group.Unified ? "[true]" : "[false]"),
                    Changed("SecurityEnabled", "[]", "[true]"),
                    Set(Included, Quoted("DisplayName, GroupType, MailEnabled, SecurityEnabled")))
            ],
            new EventDetail("User-Agent", random.Pick(UserAgents))));
        scenario.Step(scenario.About(0.3),
            (random, ticks) => Directory(random, ticks, correlation, "GroupManagement", "Add owner to group", "Assign",
                Actor(random, owner),
            [Target(owner, Changed("Group.ObjectID", null, Quoted(group.Id)),
                Changed("Group.DisplayName", null, Quoted(group.DisplayName))), Target(group)]));
    }

    public static void Update(ScenarioContext scenario)
    {
        var group = scenario.Random.Pick(scenario.Tenant.Groups);
        var owner = scenario.Random.Pick(scenario.Tenant.Administrators);
        string correlation = scenario.Random.NewId();
        scenario.Step(0, (random, ticks) => Directory(random, ticks, correlation, "GroupManagement", "Update group", "Update",
            Actor(random, owner),
            [
                Target(
                    group,
                    Changed("MembershipRule", "[]",
                        Listed($"(user.department -eq \"{random.Pick(scenario.Tenant.Members).Department}\") and (user.accountEnabled -eq true)")),
                    Changed("MembershipRuleProcessingState", "[]", "[\"On\"]"),
                    Set(Included, Quoted("MembershipRule, MembershipRuleProcessingState")))
            ]));
    }

    public static void Delete(ScenarioContext scenario)
    {
        var group = scenario.Random.Pick(scenario.Tenant.Groups);
        var owner = scenario.Random.Pick(scenario.Tenant.Administrators);
        string correlation = scenario.Random.NewId();
        scenario.Step(0, (random, ticks) =>
            Directory(random, ticks, correlation, "GroupManagement", "Delete group", "Delete", Actor(random, owner),
                [Target(group, Set("Is Hard Deleted", Quoted("False")))]));
    }

    /// <summary>Somebody asks to join, the owner approves, the directory adds.</summary>
    public static void SelfService(ScenarioContext scenario)
    {
        var group = scenario.Random.Pick(scenario.Tenant.Groups);
        var person = scenario.Random.Pick(scenario.Tenant.Members);
        var owner = scenario.Random.Pick(scenario.Tenant.Members);
        string correlation = scenario.Random.NewId();
        scenario.Step(0, (random, ticks) =>
            Record("SSGM", "Self-service Group Management", random, ticks, correlation, "GroupManagement", "Request to join a group",
                "Update", Actor(random, person),
            [new EventTarget("Group", group.Id, group.DisplayName, null, group.GroupType), Named(person)], [], reason: "OK"));
        scenario.Step(TimeSpan.FromSeconds(50),
            (random, ticks) => Record("SSGM", "Self-service Group Management", random, ticks, correlation, "GroupManagement",
                "Approve a pending request to join a group", "Update", Actor(random, owner),
            [new EventTarget("Group", group.Id, group.DisplayName, null, group.GroupType), Named(person)],
            [new("Approver", owner.UserPrincipalName)], reason: "OK"));
        scenario.Step(TimeSpan.FromSeconds(51), (random, ticks) =>
            Membership(random, ticks, correlation, true, Actor(random, owner), person, group));
    }

    public static AuditEvent Membership(SampleRandom random, long ticks, string correlation, bool add, EventActor actor, Person person,
        DirectoryGroup group)
    {
        // Additions carry the group as new values, removals as old ones.
        EventProperty Of(string name, string value) => add ? Changed(name, null, Quoted(value)) : Changed(name, Quoted(value), null);
        return Directory(random, ticks, correlation, "GroupManagement", add ? "Add member to group" : "Remove member from group", add
            ? "Assign" : "Unassign", actor,
            [
                Target(person, Of("Group.ObjectID", group.Id), Of("Group.DisplayName", group.DisplayName),
                    new EventProperty("Group.WellKnownObjectName", null, null)),
                Target(group),
            ],
            new EventDetail("GroupType", group.Unified ? "Unified" : "Security"), new EventDetail("User-Agent", random.Pick(UserAgents)));
    }

    private static void Burst(ScenarioContext scenario, bool add)
    {
        var group = scenario.Random.Pick(scenario.Tenant.Groups);
        var administrator = scenario.Random.Pick(scenario.Tenant.Administrators);
        string correlation = scenario.Random.NewId();
        bool sameInstant = scenario.Random.Chance(30);
        long offset = 0;
        for (int member = 0, count = BurstLength(scenario.Seed); member < count; member++)
        {
            var person = scenario.Random.Pick(scenario.Tenant.People);
            scenario.Step(offset, (random, ticks) =>
                Membership(random, ticks, correlation, add, Actor(random, administrator), person, group));
            offset += sameInstant ? 0 : scenario.About(0.15);
        }
    }
}
