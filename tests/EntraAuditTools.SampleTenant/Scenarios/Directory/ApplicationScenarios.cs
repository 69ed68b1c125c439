using static EntraAuditTools.SampleTenant.EventParts;

namespace EntraAuditTools.SampleTenant;

/// <summary>Applications, their roles, credentials and consents; policies.</summary>
internal static class ApplicationScenarios
{
    /// <summary>An application role is given to a person.</summary>
    public static void AssignRole(ScenarioContext scenario)
    {
        var person = scenario.Random.Pick(scenario.Tenant.People);
        var application = scenario.Random.Pick(scenario.Tenant.Applications);
        var role = scenario.Random.Pick(application.Roles);
        var administrator = scenario.Random.Pick(scenario.Tenant.Administrators);
        string correlation = scenario.Random.NewId();
        bool remove = scenario.Random.Chance(25);
        scenario.Step(0, (random, ticks) => RoleAssignment(random, ticks, correlation, !remove, Actor(random, administrator), person,
            application, role));
    }

    /// <summary>An application role is given to a group.</summary>
    public static void AssignRoleToGroup(ScenarioContext scenario)
    {
        var group = scenario.Random.Pick(scenario.Tenant.Groups);
        var application = scenario.Random.Pick(scenario.Tenant.Applications);
        var role = scenario.Random.Pick(application.Roles);
        var administrator = scenario.Random.Pick(scenario.Tenant.Administrators);
        string correlation = scenario.Random.NewId();
        scenario.Step(0, (random, ticks) =>
            Directory(random, ticks, correlation, "GroupManagement", "Add app role assignment to group", "Assign",
                Actor(random, administrator),
            [
                Principal(application, Set("AppRole.Id", Quoted(role.Id)), Set("AppRole.Value", Quoted(role.Value)),
                    Set("AppRole.DisplayName", Quoted(role.DisplayName)), Set("Group.ObjectID", Quoted(group.Id)),
                    Set("Group.DisplayName", Quoted(group.DisplayName)), Set("TargetId.ServicePrincipalNames", Quoted(application.AppId))),
                Target(group),
            ]));
    }

    public static AuditEvent RoleAssignment(SampleRandom random, long ticks, string correlation, bool add, EventActor actor, Person person,
        EnterpriseApplication application, ApplicationRole role)
    {
        EventProperty Of(string name, string value) => add ? Changed(name, null, Quoted(value)) : Changed(name, Quoted(value), null);
        return Directory(random, ticks, correlation, "UserManagement", add ? "Add app role assignment grant to user"
            : "Remove app role assignment from user", add ? "Assign" : "Unassign", actor,
            [
                Principal(
                    application,
                    Of("AppRole.Id", role.Id),
                    Of("AppRole.Value", role.Value),
                    Of("AppRole.DisplayName", role.DisplayName),
                    Of("AppRoleAssignment.CreatedDateTime", Iso(ticks)),
                    Of("User.ObjectID", person.Id),
                    Of("User.UPN", person.UserPrincipalName),
                    Of("TargetId.ServicePrincipalNames", application.AppId)),
                Target(person),
            ]);
    }

    /// <summary>A secret is added: the record holds the description of every key.</summary>
    public static void AddSecret(ScenarioContext scenario)
    {
        var application = scenario.Random.Pick(scenario.Tenant.Applications);
        var administrator = scenario.Random.Pick(scenario.Tenant.Administrators);
        string correlation = scenario.Random.NewId();
        scenario.Step(0, (random, ticks) =>
        {
            string before = $"[KeyIdentifier={random.NewId()},KeyType=AsymmetricX509Cert,KeyUsage=Verify,DisplayName=CN={application.DisplayName}]";
            string added = $"[KeyIdentifier={random.NewId()},KeyType=Password,KeyUsage=Verify,DisplayName=deploy {random.Code(4)}]";
            // The dash and the blank at the end are Entra's.
            return Directory(random, ticks, correlation, "ApplicationManagement",
                "Update application – Certificates and secrets management ", "Update", Actor(random, administrator),
                [
                    new("Application", application.ObjectId, application.DisplayName)
                    {
                        Properties = [Changed("KeyDescription", Listed(before), "[" + Quoted(before) + "," + Quoted(added) + "]"),
                            Set(Included, Quoted("KeyDescription"))],
                    },
                ],
                new EventDetail("User-Agent", UserAgents[2]), new EventDetail("AppId", application.AppId));
        });
        scenario.Step(0, (random, ticks) =>
            Directory(random, ticks, correlation, "ApplicationManagement", "Update application", "Update", Actor(random, administrator),
            [new("Application", application.ObjectId, application.DisplayName) { Properties = [Set(Included, Quoted(""))] }],
            new EventDetail("AppId", application.AppId)));
    }

    /// <summary>A credential of a service principal: the value names the key.</summary>
    public static void AddPrincipalCredential(ScenarioContext scenario)
    {
        var application = scenario.Random.Pick(scenario.Tenant.Applications);
        string correlation = scenario.Random.NewId();
        var administrator = scenario.Random.Pick(scenario.Tenant.Administrators);
        scenario.Step(0, (random, ticks) =>
            Directory(random, ticks, correlation, "ApplicationManagement", "Add service principal credentials", "Update",
                Actor(random, administrator),
            [
                Principal(
                    application,
                    Changed("Credential", "[]", $"[{{\"CredentialType\":2,\"KeyStoreId\":\"{random.NewId()}\",\"KeyGroupId\":\"{random.NewId()}\"}}]"),
                    Set(Included, Quoted("Credential")),
                    Set("TargetId.ServicePrincipalNames", Quoted(application.AppId))),
            ]));
    }

    /// <summary>Somebody consents to an application that is new here.</summary>
    public static void Consent(ScenarioContext scenario)
    {
        var application = scenario.Random.Pick(scenario.Tenant.Applications);
        var person = scenario.Random.Pick(scenario.Tenant.Members);
        string correlation = scenario.Random.NewId();
        const string scope = " User.Read openid profile offline_access Mail.Read";
        scenario.Step(0, (random, ticks) => Directory(random, ticks, correlation, "ApplicationManagement", "Add service principal", "Add",
            Actor(random, person),
            [
                Principal(
                    application,
                    Changed("AccountEnabled", "[]", "[true]"),
                    Changed("AppPrincipalId", "[]", Listed(application.AppId)),
                    Changed("DisplayName", "[]", Listed(application.DisplayName)),
                    Changed("ServicePrincipalName", "[]", Listed(application.AppId)),
                    Changed("Credential", "[]", "[]"),
                    Set(Included, Quoted("AccountEnabled, AppPrincipalId, DisplayName, ServicePrincipalName, Credential"))),
            ]));
        scenario.Step(scenario.About(0.2),
            (random, ticks) => Directory(random, ticks, correlation, "ApplicationManagement", "Add delegated permission grant", "Assign",
                Actor(random, person),
            [
                Principal(application, Set("DelegatedPermissionGrant.Scope", Quoted(scope)),
                    Set("DelegatedPermissionGrant.ConsentType", Quoted("Principal")),
                    Set("ServicePrincipal.ObjectID", Quoted(application.ServicePrincipalId)),
                    Set("ServicePrincipal.DisplayName", Quoted(application.DisplayName))),
            ]));
        scenario.Step(TimeSpan.FromSeconds(1),
            (random, ticks) => Directory(random, ticks, correlation, "ApplicationManagement", "Consent to application", "Assign",
                Actor(random, person),
            [
                Principal(
                    application,
                    Set("ConsentContext.IsAdminConsent", Quoted("False")),
                    Set("ConsentContext.IsAppOnly", Quoted("False")),
                    Set("ConsentContext.OnBehalfOfAll", Quoted("False")),
                    Set("ConsentContext.Tags", Quoted("WindowsAzureActiveDirectoryIntegratedApp")),
                    Changed("ConsentAction.Permissions", Quoted("[] => "),
                        Quoted($"[] => [[Id: {random.Code(16)}, ClientId: {application.ServicePrincipalId}, PrincipalId: {person.Id}, "
                            + $"ResourceId: {random.NewId()}, ConsentType: Principal, Scope:{scope}, CreatedDateTime: , LastModifiedDateTime ]]; "))),
            ]));
    }

    /// <summary>A conditional access policy is created or changed: the whole policy before and after.</summary>
    public static void ConditionalAccess(ScenarioContext scenario)
    {
        var administrator = scenario.Random.Pick(scenario.Tenant.Administrators);
        var group = scenario.Random.Pick(scenario.Tenant.Groups);
        string correlation = scenario.Random.NewId();
        string policy = scenario.Random.NewId();
        bool add = scenario.Random.Chance(25);
        string name = scenario.Random.Pick(
            ["Require MFA for administrators", "Block legacy authentication", "Compliant device for finance", "Guests: terms of use"]);
        scenario.Step(0, (random, ticks) =>
        {
            string Body(string state, string controls) =>
                $"{{\"id\":\"{policy}\",\"displayName\":\"{name}\",\"createdDateTime\":\"{Iso(ticks - 40 * TimeSpan.TicksPerDay)}\",\"modifiedDateTime\":\"{Iso(ticks)}\",\"state\":\"{state}\",\"conditions\":{{\"applications\":{{\"includeApplications\":[\"All\"],\"excludeApplications\":[],\"includeUserActions\":[],\"includeAuthenticationContextClassReferences\":[],\"applicationFilter\":null}},\"users\":{{\"includeUsers\":[],\"excludeUsers\":[\"{administrator.Id}\"],\"includeGroups\":[\"{group.Id}\"],\"excludeGroups\":[],\"includeRoles\":[],\"excludeRoles\":[]}},\"userRiskLevels\":[],\"signInRiskLevels\":[],\"clientAppTypes\":[\"all\"],\"servicePrincipalRiskLevels\":[]}},\"grantControls\":{{\"operator\":\"OR\",\"builtInControls\":[\"{controls}\"],\"customAuthenticationFactors\":[],\"termsOfUse\":[]}}}}";
            return Record("Conditional Access", "Conditional Access", random, ticks, correlation, "Policy", add
                ? "Add Conditional Access policy" : "Update Conditional Access policy", add ? "Add" : "Update",
                    Actor(random, administrator),
                [new("Policy", policy, name) { Properties =
                    [Changed("ConditionalAccessPolicy", add ? null : Body("enabledForReportingButNotEnforced", "mfa"),
                        Body("enabled", random.Chance(50) ? "mfa" : "compliantDevice"))] }],
                [new("Category", "Conditional Access")], reason: null, userAgent: random.Pick(UserAgents));
        });
        scenario.Step(scenario.About(0.1),
            (random, ticks) => Directory(random, ticks, correlation, "Policy", add ? "Add policy" : "Update policy", add ? "Add" : "Update",
                Actor(random, administrator),
            [new("Policy", policy, name) { Properties =
                [Set(Included, Quoted("PolicyDetail, PolicyType")), Changed("DisplayName", "[]", Listed(name))] },
                new("N/A", "00000000-0000-0000-0000-000000000000", "Default Policy")]));
    }

    /// <summary>Settings of a service principal.</summary>
    public static void UpdatePrincipal(ScenarioContext scenario)
    {
        var application = scenario.Random.Pick(scenario.Tenant.Applications);
        var administrator = scenario.Random.Pick(scenario.Tenant.Administrators);
        string correlation = scenario.Random.NewId();
        scenario.Step(0, (random, ticks) =>
            Directory(random, ticks, correlation, "ApplicationManagement", "Update service principal", "Update",
                Actor(random, administrator),
            [
                Principal(
                    application,
                    Changed("AppAddress", "[]",
                        $"[{{\"AddressType\":0,\"Address\":\"https://app{random.Below(99)}.harborline.example/signin-oidc\",\"ReplyAddressClientType\":1}}]"),
                    Changed("TagsCount", "[1]", "[2]"),
                    Set(Included, Quoted("AppAddress, TagsCount")),
                    Set("TargetId.ServicePrincipalNames", Quoted(application.AppId))),
            ],
            new EventDetail("User-Agent", random.Pick(UserAgents)), new EventDetail("AppId", application.AppId)));
    }
}
