using static EntraAuditTools.SampleTenant.EventParts;

namespace EntraAuditTools.SampleTenant;

/// <summary>Passwords and security information.</summary>
internal static class AuthenticationScenarios
{
    private const string ResetNames = "https://passwordreset.microsoftonline.com/;93625bc8-bfe2-437a-97e0-3d0060024faa;SelfServicePasswordReset";

    /// <summary>Somebody resets a forgotten password.</summary>
    public static void ResetOwnPassword(ScenarioContext scenario)
    {
        var person = scenario.Random.Pick(scenario.Tenant.Members);
        string correlation = scenario.Random.NewId();
        string inDirectory = scenario.Random.NewId();
        var service = scenario.Tenant.Services.PasswordReset;
        scenario.Step(0, (random, ticks) =>
            Record("SSPR", "Self-service Password Management", random, ticks, correlation, "UserManagement",
                "Self-service password reset flow activity progress", "Update", Actor(random, person),
            [Named(person)], [new("OnPremisesAgent", "None")], reason: "User submitted their user ID"));
        scenario.Step(TimeSpan.FromSeconds(30),
            (random, ticks) => Record("SSPR", "Self-service Password Management", random, ticks, correlation, "UserManagement",
                "Self-service password reset flow activity progress", "Update", Actor(random, person),
            [Named(person)], [new("OnPremisesAgent", "None")], reason: "User completed the mobile app notification verification option"));
        scenario.Step(TimeSpan.FromSeconds(60),
            (random, ticks) => Directory(random, ticks, inDirectory, "UserManagement", "Update PasswordProfile", "Update", service,
            [Target(person, Changed("ForceChangePassword", Quoted("True"), Quoted("False")), new EventProperty("Password", null, null),
                Set("ActorId.ServicePrincipalNames", Quoted(ResetNames)), Set("SPN", Quoted(ResetNames)))]));
        scenario.Step(TimeSpan.FromSeconds(60.1),
            (random, ticks) => Directory(random, ticks, inDirectory, "UserManagement", "Update StsRefreshTokenValidFrom Timestamp",
                "Update", service,
            [Target(person, Set("ActorId.ServicePrincipalNames", Quoted(ResetNames)), Set("SPN", Quoted(ResetNames)))]));
        scenario.Step(TimeSpan.FromSeconds(61),
            (random, ticks) => Record("SSPR", "Self-service Password Management", random, ticks, correlation, "UserManagement",
                "Reset password (self-service)", "Update", Actor(random, person),
            [Named(person)], [new("OnPremisesAgent", "None")], reason: "Successfully completed reset."));
    }

    /// <summary>The same, but it is blocked or too weak.</summary>
    public static void FailToReset(ScenarioContext scenario)
    {
        var person = scenario.Random.Pick(scenario.Tenant.Members);
        string correlation = scenario.Random.NewId();
        bool blocked = scenario.Random.Chance(40);
        scenario.Step(0, (random, ticks) =>
            Record("SSPR", "Self-service Password Management", random, ticks, correlation, "UserManagement", blocked
                ? "Blocked from self-service password reset" : "Reset password (self-service)", "Update", Actor(random, person),
            [Named(person)], [new("OnPremisesAgent", "None")], "failure", blocked
            ? "User's account has insufficient authentication methods defined. Add authentication info to resolve this."
            : "FuzzyPolicyViolationInvalidPassword"));
    }

    /// <summary>The helpdesk resets a password.</summary>
    public static void ResetByAdministrator(ScenarioContext scenario)
    {
        var person = scenario.Random.Pick(scenario.Tenant.Members);
        var administrator = scenario.Random.Pick(scenario.Tenant.Administrators);
        string correlation = scenario.Random.NewId();
        scenario.Step(0, (random, ticks) => Directory(random, ticks, correlation, "UserManagement", "Reset user password", "Update",
            Actor(random, administrator),
            [Target(person, Changed("ForceChangePassword", Quoted("False"), Quoted("True")), new EventProperty("Password", null, null))],
            new EventDetail("User-Agent", random.Pick(UserAgents))));
        scenario.Step(scenario.About(0.8),
            (random, ticks) => Record("SSPR", "Self-service Password Management", random, ticks, correlation, "UserManagement",
                "Reset password (by admin)", "Update", Actor(random, administrator),
            [Named(person)], [new("OnPremisesAgent", "None")], reason: null));
    }

    /// <summary>Somebody registers the authenticator.</summary>
    public static void RegisterSecurityInfo(ScenarioContext scenario)
    {
        var person = scenario.Random.Pick(scenario.Tenant.People);
        string transaction = scenario.Random.NewId();
        scenario.Step(0, (random, ticks) =>
            Registration(random, ticks, "User started security info registration",
                "User started the registration for Authenticator App with Code"));
        scenario.Step(TimeSpan.FromSeconds(20),
            (random, ticks) => Directory(random, ticks, random.NewId(), "UserManagement", "Update user", "Update",
                scenario.Tenant.Services.Mfa,
            [
                Target(
                    person,
                    Changed("StrongAuthenticationPhoneAppDetail", "[]",
                        $"[{{\"DeviceName\":\"NO_DEVICE\",\"DeviceToken\":\"NO_DEVICE_TOKEN\",\"DeviceTag\":\"SoftwareTokenActivated\",\"PhoneAppVersion\":\"NO_PHONE_APP_VERSION\",\"OathTokenTimeDrift\":0,\"DeviceId\":\"00000000-0000-0000-0000-000000000000\",\"Id\":\"{random.NewId()}\",\"TimeInterval\":0,\"AuthenticationType\":2,\"NotificationType\":1,\"LastAuthenticatedTimestamp\":\"{Iso(ticks)}\",\"AuthenticatorFlavor\":\"Authenticator\",\"HashFunction\":\"hmacsha1\",\"TenantDeviceId\":null,\"SecuredPartitionId\":0,\"SecuredKeyId\":0}}]"),
                    Changed("StrongAuthenticationMethod", "[]",
                        "[{\"MethodType\":6,\"Default\":true},{\"MethodType\":7,\"Default\":false}]"),
                    Set(Included, Quoted("StrongAuthenticationMethod, StrongAuthenticationPhoneAppDetail")),
                    Set("TargetId.UserType", Quoted(person.UserType))),
            ],
            new EventDetail("UserType", person.UserType)));
        scenario.Step(TimeSpan.FromSeconds(25),
            (random, ticks) => Registration(random, ticks, "User registered security info", "User registered Authenticator App with Code"));

        AuditEvent Registration(SampleRandom random, long ticks, string activity, string reason) =>
            Record("Authentication Methods", "Authentication Methods", random, ticks, random.NewId(), "UserManagement", activity, "Add",
                Actor(random, person),
            [Named(person)], [new("TransactionId", transaction), new("AuthenticationMethodType", "AppCodeOnly"),
                new("AuthenticationMethod", "Authenticator App with Code")], reason: reason);
    }
}
