using static EntraAuditTools.SampleTenant.Telling;

namespace EntraAuditTools.SampleTenant;

/// <summary>The life of user accounts.</summary>
internal static class UserStories
{
    private static readonly string[] Offices = ["Quay 1", "Quay 2", "North Tower / 4", "Lab \"B\"", "Remote", "Übersee-Ring 12"];

    /// <summary>Attributes change, from synchronization or by an administrator.</summary>
    public static void Update(StoryContext story)
    {
        var person = story.Random.Pick(story.Tenant.People);
        bool byAdministrator = story.Random.Chance(40);
        var administrator = story.Random.Pick(story.Tenant.Administrators);
        string correlation = story.Random.NewId();
        story.Step(0, (random, ticks) =>
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
                Change("Department", person.Department, random.Pick(story.Tenant.People).Department);
            if (random.Chance(60))
                Change("TelephoneNumber", "+1 425 555 01" + random.Between(10, 99), "+1 425 555 01" + random.Between(10, 99));
            if (random.Chance(30))
                properties.Add(Changed("Manager", null, Listed(random.Pick(story.Tenant.Members).Id)));
            properties.Add(Set(Included, Quoted(included)));
            properties.Add(Set("TargetId.UserType", Quoted(person.UserType)));
            if (!byAdministrator)
                properties.Add(Set("ActorId.ServicePrincipalNames", Quoted(story.Tenant.Services.Sync.Id!)));
            var record = Directory(random, ticks, correlation, "UserManagement", "Update user", "Update", byAdministrator
                ? Actor(random, administrator) : story.Tenant.Services.Sync,
                [Target(person, [.. properties])], new EventDetail("UserType", person.UserType), new EventDetail("User-Agent", random.Pick(UserAgents)));
            return record;
        });
    }

    /// <summary>A joiner: the account, its manager, its licences.</summary>
    public static void Add(StoryContext story)
    {
        var person = story.Random.Pick(story.Tenant.Members);
        var manager = story.Random.Pick(story.Tenant.Members);
        var administrator = story.Random.Pick(story.Tenant.Administrators);
        string correlation = story.Random.NewId();
        story.Step(0, (random, ticks) => Directory(random, ticks, correlation, "UserManagement", "Add user", "Add", Actor(random, administrator),
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
        story.Step(story.About(0.4),
            (random, ticks) => Directory(random, ticks, correlation, "UserManagement", "Set user manager", "Assign", Actor(random, administrator),
            [Target(person, Changed("Manager.ObjectID", null, Quoted(manager.Id)),
                Changed("Manager.UserPrincipalName", null, Quoted(manager.UserPrincipalName)))]));
        story.Step(TimeSpan.FromSeconds(3), (random, ticks) => License(story, random, ticks, correlation, person));
    }

    /// <summary>Group-based licensing at work.</summary>
    public static void ChangeLicense(StoryContext story)
    {
        var person = story.Random.Pick(story.Tenant.Members);
        string correlation = story.Random.NewId();
        story.Step(0, (random, ticks) => License(story, random, ticks, correlation, person));
        // Licensing writes the user in the same instant.
        story.Step(0, (random, ticks) => Directory(random, ticks, correlation, "UserManagement", "Update user", "Update", story.Tenant.Services.Licensing,
            [Target(person, Set(Included, Quoted("AssignedLicense, AssignedPlan")), Set("TargetId.UserType", Quoted(person.UserType)))],
            new EventDetail("UserType", person.UserType)));
    }

    /// <summary>A leaver: disabled, then deleted.</summary>
    public static void Remove(StoryContext story)
    {
        var person = story.Random.Pick(story.Tenant.People);
        var administrator = story.Random.Pick(story.Tenant.Administrators);
        string correlation = story.Random.NewId();
        story.Step(0, (random, ticks) => Directory(random, ticks, correlation, "UserManagement", "Disable account", "Update", Actor(random, administrator),
            [Target(person, Changed("AccountEnabled", "[true]", "[false]"), Set(Included, Quoted("AccountEnabled")))]));
        story.Step(story.About(0.2),
            (random, ticks) => Directory(random, ticks, correlation, "UserManagement", "Update user", "Update", Actor(random, administrator),
            [Target(person, Changed("AccountEnabled", "[true]", "[false]"), Set(Included, Quoted("AccountEnabled")),
                Set("TargetId.UserType", Quoted(person.UserType)))], new EventDetail("UserType", person.UserType)));
        story.Step(TimeSpan.FromSeconds(40),
            (random, ticks) => Directory(random, ticks, random.NewId(), "UserManagement", "Delete user", "Delete", Actor(random, administrator),
            [Target(person, Set("Is Hard Deleted", Quoted("False")))]));
    }

    /// <summary>A guest is invited and comes.</summary>
    public static void Invite(StoryContext story)
    {
        var guest = story.Random.Pick(story.Tenant.Guests);
        var inviter = story.Random.Pick(story.Tenant.Members);
        string correlation = story.Random.NewId();
        story.Step(0, (random, ticks) =>
            Record("Invited Users", "Invited Users", random, ticks, correlation, "UserManagement", "Invite external user", "Add", Actor(random, inviter),
            [Named(guest)],
            [new("oid", inviter.Id), new("tid", story.Tenant.Id), new("ipaddr", inviter.IpAddresses[0]),
                new("wids", story.Tenant.Roles[0].TemplateId), new("InvitationId", random.NewId()), new("invitedUserEmailAddress", guest.Mail)],
            userAgent: random.Pick(UserAgents)));
        story.Step(story.About(0.6),
            (random, ticks) => Directory(random, ticks, correlation, "UserManagement", "Add user", "Add", story.Tenant.Services.Invitations,
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
        story.Step(TimeSpan.FromSeconds(95),
            (random, ticks) => Record("Invited Users", "Invited Users", random, ticks, random.NewId(), "UserManagement",
                "Redeem external user invite", "Update", Actor(random, guest),
            [Named(guest, Changed("UserState", Quoted("PendingAcceptance"), Quoted("Accepted")))],
            [new("InvitedTenantId", story.Tenant.Id), new("HomeTenantId", guest.Home!.TenantId)], reason: null));
    }

    private static AuditEvent License(StoryContext story, SampleRandom random, long ticks, string correlation, Person person) =>
        Directory(random, ticks, correlation, "UserManagement", "Change user license", "Update", story.Tenant.Services.Licensing,
            [
                Target(
                    person,
                    Changed(
                        "AssignedLicense",
                        "[]",
                        $"[\"[SkuName=SPE_E5, AccountId={story.Tenant.Id}, SkuId={random.NewId()}, DisabledPlans=[]]\"]"),
                    Changed("LicenseAssignmentDetail", "[]",
                        $"[\"[SkuId={random.NewId()}, ReferencedObjectId={random.Pick(story.Tenant.Groups).Id}, State=Active]\"]"),
                    Set(Included, Quoted("AssignedLicense, LicenseAssignmentDetail")))
            ]);
}
