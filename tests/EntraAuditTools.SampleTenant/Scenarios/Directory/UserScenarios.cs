using static EntraAuditTools.SampleTenant.EventParts;

namespace EntraAuditTools.SampleTenant;

/// <summary>The life of user accounts.</summary>
internal static class UserScenarios
{
    private static readonly string[] Offices = ["Quay 1", "Quay 2", "North Tower / 4", "Lab \"B\"", "Remote", "Übersee-Ring 12"];

    /// <summary>Attributes change, from synchronization or by an administrator.</summary>
    public static void Update(ScenarioContext scenario)
    {
        var person = scenario.Random.Pick(scenario.Tenant.People);
        bool byAdministrator = scenario.Random.Chance(40);
        var administrator = scenario.Random.Pick(scenario.Tenant.Administrators);
        string correlation = scenario.Random.NewId();
        scenario.Step(0, (random, ticks) =>
        {
            var properties = new List<EventProperty>();
            string included = "";
            void Change(string name, string oldValue, string newValue)
            {
                properties.Add(Changed(name, Listed(oldValue), Listed(newValue)));
                included += (included.Length == 0 ? "" : ", ") + name;
            }

            Change("JobTitle", person.JobTitle, "Senior " + person.JobTitle);
            if (random.Chance(75))
                Change("PhysicalDeliveryOfficeName", random.Pick(Offices), random.Pick(Offices));
            if (random.Chance(50))
                Change("Department", person.Department, random.Pick(scenario.Tenant.People).Department);
            if (random.Chance(60))
                Change("TelephoneNumber", "+1 425 555 01" + random.Between(10, 99), "+1 425 555 01" + random.Between(10, 99));
            if (random.Chance(30))
                properties.Add(Changed("Manager", null, Listed(random.Pick(scenario.Tenant.Members).Id)));
            properties.Add(Set(Included, Quoted(included)));
            properties.Add(Set("TargetId.UserType", Quoted(person.UserType)));
            if (!byAdministrator)
                properties.Add(Set("ActorId.ServicePrincipalNames", Quoted(scenario.Tenant.Services.Sync.Id!)));
            var record = Directory(random, ticks, correlation, "UserManagement", "Update user", "Update", byAdministrator
                ? Actor(random, administrator) : scenario.Tenant.Services.Sync,
                [Target(person, [.. properties])], new EventDetail("UserType", person.UserType),
                    new EventDetail("User-Agent", random.Pick(UserAgents)));
            return record;
        });
    }

    /// <summary>A joiner: the account, its manager, its licences.</summary>
    public static void Add(ScenarioContext scenario)
    {
        var person = scenario.Random.Pick(scenario.Tenant.Members);
        var manager = scenario.Random.Pick(scenario.Tenant.Members);
        var administrator = scenario.Random.Pick(scenario.Tenant.Administrators);
        string correlation = scenario.Random.NewId();
        scenario.Step(0, (random, ticks) => Directory(random, ticks, correlation, "UserManagement", "Add user", "Add",
            Actor(random, administrator),
            [
                Target(
                    person,
                    Changed("AccountEnabled", "[]", "[true]"),
                    Changed("DisplayName", "[]", Listed(person.DisplayName)),
                    Changed("MailNickname", "[]", Listed(person.Mail[..person.Mail.IndexOf('@', StringComparison.Ordinal)])),
                    Changed("StsRefreshTokensValidFrom", "[]", "[" + Quoted(Iso(ticks - ticks % TimeSpan.TicksPerSecond)) + "]"),
                    Changed("UserPrincipalName", "[]", Listed(person.UserPrincipalName)),
                    Changed("UserType", "[]", Listed(person.UserType)),
                    Set(Included, Quoted("AccountEnabled, DisplayName, MailNickname, StsRefreshTokensValidFrom, UserPrincipalName, UserType")))
            ],
            new EventDetail("UserType", person.UserType)));
        scenario.Step(scenario.About(0.4),
            (random, ticks) => Directory(random, ticks, correlation, "UserManagement", "Set user manager", "Assign",
                Actor(random, administrator),
            [Target(person, Changed("Manager.ObjectID", null, Quoted(manager.Id)),
                Changed("Manager.UserPrincipalName", null, Quoted(manager.UserPrincipalName)))]));
        scenario.Step(TimeSpan.FromSeconds(3), (random, ticks) => License(scenario, random, ticks, correlation, person));
    }

    /// <summary>Group-based licensing at work.</summary>
    public static void ChangeLicense(ScenarioContext scenario)
    {
        var person = scenario.Random.Pick(scenario.Tenant.Members);
        string correlation = scenario.Random.NewId();
        scenario.Step(0, (random, ticks) => License(scenario, random, ticks, correlation, person));
        // Licensing writes the user in the same instant.
        scenario.Step(0, (random, ticks) => Directory(random, ticks, correlation, "UserManagement", "Update user", "Update",
            scenario.Tenant.Services.Licensing,
            [Target(person, Set(Included, Quoted("AssignedLicense, AssignedPlan")), Set("TargetId.UserType", Quoted(person.UserType)))],
            new EventDetail("UserType", person.UserType)));
    }

    /// <summary>A leaver: disabled, then deleted.</summary>
    public static void Remove(ScenarioContext scenario)
    {
        var person = scenario.Random.Pick(scenario.Tenant.People);
        var administrator = scenario.Random.Pick(scenario.Tenant.Administrators);
        string correlation = scenario.Random.NewId();
        scenario.Step(0, (random, ticks) => Directory(random, ticks, correlation, "UserManagement", "Disable account", "Update",
            Actor(random, administrator),
            [Target(person, Changed("AccountEnabled", "[true]", "[false]"), Set(Included, Quoted("AccountEnabled")))]));
        scenario.Step(scenario.About(0.2),
            (random, ticks) => Directory(random, ticks, correlation, "UserManagement", "Update user", "Update",
                Actor(random, administrator),
            [Target(person, Changed("AccountEnabled", "[true]", "[false]"), Set(Included, Quoted("AccountEnabled")),
                Set("TargetId.UserType", Quoted(person.UserType)))], new EventDetail("UserType", person.UserType)));
        scenario.Step(TimeSpan.FromSeconds(40),
            (random, ticks) => Directory(random, ticks, random.NewId(), "UserManagement", "Delete user", "Delete",
                Actor(random, administrator),
            [Target(person, Set("Is Hard Deleted", Quoted("False")))]));
    }

    /// <summary>A guest is invited and comes.</summary>
    public static void Invite(ScenarioContext scenario)
    {
        var guest = scenario.Random.Pick(scenario.Tenant.Guests);
        var inviter = scenario.Random.Pick(scenario.Tenant.Members);
        string correlation = scenario.Random.NewId();
        scenario.Step(0, (random, ticks) =>
            Record("Invited Users", "Invited Users", random, ticks, correlation, "UserManagement", "Invite external user", "Add",
                Actor(random, inviter),
            [Named(guest)],
            [new("oid", inviter.Id), new("tid", scenario.Tenant.Id), new("ipaddr", inviter.IpAddresses[0]),
                new("wids", scenario.Tenant.Roles[0].TemplateId), new("InvitationId", random.NewId()),
                    new("invitedUserEmailAddress", guest.Mail)],
            userAgent: random.Pick(UserAgents)));
        scenario.Step(scenario.About(0.6),
            (random, ticks) => Directory(random, ticks, correlation, "UserManagement", "Add user", "Add",
                scenario.Tenant.Services.Invitations,
            [
                Target(
                    guest,
                    Changed("AccountEnabled", "[]", "[true]"),
                    Changed("CreationType", "[]", "[\"Invitation\"]"),
                    Changed("DisplayName", "[]", Listed(guest.DisplayName)),
                    Changed("OtherMail", "[]", Listed(guest.Mail)),
                    Changed("UserPrincipalName", "[]", Listed(guest.UserPrincipalName)),
                    Changed("UserState", "[]", "[\"PendingAcceptance\"]"),
                    Changed("UserType", "[]", "[\"Guest\"]"))
            ],
            new EventDetail("UserType", "Guest")));
        scenario.Step(TimeSpan.FromSeconds(95),
            (random, ticks) => Record("Invited Users", "Invited Users", random, ticks, random.NewId(), "UserManagement",
                "Redeem external user invite", "Update", Actor(random, guest),
            [Named(guest, Changed("UserState", Quoted("PendingAcceptance"), Quoted("Accepted")))],
            [new("InvitedTenantId", scenario.Tenant.Id), new("HomeTenantId", guest.Home!.TenantId)], reason: null));
    }

    private static AuditEvent License(ScenarioContext scenario, SampleRandom random, long ticks, string correlation, Person person) =>
        Directory(random, ticks, correlation, "UserManagement", "Change user license", "Update", scenario.Tenant.Services.Licensing,
            [
                Target(
                    person,
                    Changed(
                        "AssignedLicense",
                        "[]",
                        $"[\"[SkuName=SPE_E5, AccountId={scenario.Tenant.Id}, SkuId={random.NewId()}, DisabledPlans=[]]\"]"),
                    Changed("LicenseAssignmentDetail", "[]",
                        $"[\"[SkuId={random.NewId()}, ReferencedObjectId={random.Pick(scenario.Tenant.Groups).Id}, State=Active]\"]"),
                    Set(Included, Quoted("AssignedLicense, LicenseAssignmentDetail")))
            ]);
}
