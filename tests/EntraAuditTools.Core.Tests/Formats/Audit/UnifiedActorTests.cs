using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Formats.Audit;

/// <summary>Who did it, and to whom, in the unified audit log: each row a kind of Actor or Target that is written somewhere in public.</summary>
public sealed class UnifiedActorTests
{
    private const string Schema = "Office 365 Management Activity API schema: IdentityTypePair (0 Claim, 1 Name, 2 Other, 3 PUID, 4 SPN, 5 UPN)";
    private const string Types = "Office 365 Management Activity API schema: User Type (4 System, 5 Application, 6 ServicePrincipal, 7 and 8 policies)";
    private const string Found = "FORMATS, Found since: type 2 is overloaded; a bare GUID is the client application's id unless it repeats the prefixed one";
    private const string Panther = "panther-labs/panther-analysis, Microsoft365 MFA tests: name, application id, ServicePrincipal_<id>, id, word";
    private const string Unknown = "Microsoft Learn, Unknown actors in Microsoft Entra audit reports: service actors under names that look like UPNs";
    private const string Keys = "AuditData of public sign-ins and directory records: UserKey as PUID@domain, claim, GUID or 'Not Available'";

    private const string Ada = "a1000000-0000-4000-8000-00000000000a";
    private const string Client = "c1000000-0000-4000-8000-00000000000c";
    private const string Principal = "b1000000-0000-4000-8000-00000000000b";

    public sealed record Case(string Source, string Fields, string? Type, string? Id, string? Upn, string? Name, string? AppId)
    {
        public override string ToString() => Fields;
    }

    public static TheoryData<Case> Actors =>
    [
        // Users.
        new Case(Found, $$"""[{"ID":"ada@x.example","Type":5},{"ID":"10032001A","Type":3},{"ID":"{{Client}}","Type":2},{"ID":"User_{{Ada}}","Type":2},{"ID":"{{Ada}}","Type":2},{"ID":"User","Type":2}]""", "User", Ada, "ada@x.example", null, null),
        new Case(Found, $$"""[{"ID":"User","Type":2},{"ID":"{{Ada}}","Type":2},{"ID":"User_{{Ada}}","Type":2},{"ID":"{{Client}}","Type":2},{"ID":"ada@x.example","Type":5}]""", "User", Ada, "ada@x.example", null, null),
        new Case(Found, $$"""[{"ID":"{{Client}}","Type":2},{"ID":"ada@x.example","Type":5}]""", "User", null, "ada@x.example", null, null),
        new Case(Schema, $$"""[{"ID":"Ada Admin","Type":1},{"ID":"ada@x.example","Type":"UPN"},{"ID":"USER_{{Ada}}","Type":"2"}]""", "User",
            Ada, "ada@x.example", "Ada Admin", null),
        new Case(Schema, $$"""[{"ID":"ada@x.example"},{"ID":"1003BFFD8EC47CA6"},{"ID":"User_{{Ada}}"},{"ID":"{{Client}}"}]""", "User", Ada,
            "ada@x.example", null, null),
        new Case(Schema, $$"""[{"ID":"{{Ada}}","Type":0},{"ID":"ada@x.example","Type":5}]""", "User", Ada, "ada@x.example", null, null),
        new Case(Schema, $$"""[{"ID":"Mallory ServicePrincipal_{{Principal}}","Type":1},{"ID":"ServicePrincipal_{{Principal}}","Type":1},{"ID":"User_{{Ada}}","Type":2}]""", "User", Ada, "ada@x.example", $"Mallory ServicePrincipal_{Principal}", null),
        // Applications.
        new Case(Panther, $$"""[{"ID":"HR Sync","Type":1},{"ID":"{{Client}}","Type":2},{"ID":"ServicePrincipal_{{Principal}}","Type":2},{"ID":"{{Principal}}","Type":2},{"ID":"ServicePrincipal","Type":2}] 4 ServicePrincipal_{{Principal}}""", "Application", Principal, null, "HR Sync", Client),
        new Case(Panther, $$"""[{"ID":"ServicePrincipal_{{Principal}}","Type":2},{"ID":"{{Principal}}","Type":2},{"ID":"ServicePrincipal","Type":2},{"ID":"HR Sync","Type":1},{"ID":"{{Client}}","Type":4}] 4 Not Available""", "Application", Principal, null, "HR Sync", Client),
        new Case(Panther, $$"""[{"ID":"HR Sync","Type":1},{"ID":"{{Client}}","Type":2},{"ID":"ServicePrincipal","Type":2}] 5 HR Sync""",
            "Application", null, null, "HR Sync", Client),
        new Case(Panther, $$"""[{"ID":"Application_{{Principal}}","Type":2},{"ID":"HR Sync","Type":1}] 6 HR Sync""", "Application",
            Principal, null, "HR Sync", null),
        // The list says nothing.
        new Case(Keys, $$"""[] 4 ServicePrincipal_{{Principal}}""", "Application", Principal, null, null, null),
        new Case(Keys, $$"""[] 0 ada@x.example User_{{Ada}}""", "User", Ada, "ada@x.example", null, null),
        new Case(Keys, $$"""[] 0 ada@x.example {{Ada}}""", "User", Ada, "ada@x.example", null, null),
        new Case(Keys, """[] 0 ada@x.example Not Available""", "User", null, "ada@x.example", null, null),
        new Case(Keys, """[] 0 ada@x.example 1003BFFD8EC47CA6@x.example""", "User", null, "ada@x.example", null, null),
        new Case(Keys, $$"""[] 0 ada@x.example {{Ada}}_{{Client}}""", "User", null, "ada@x.example", null, null),
        new Case(Keys, """[] 2 ada@x.example i:0h.f|membership|1003BFFD8EC47CA6@live.com""", "User", null, "ada@x.example", null, null),
        new Case(Keys, """[] null ada@x.example""", "User", null, "ada@x.example", null, null),
        new Case(Keys, """[] 0 1003BFFD8EC47CA6@x.example Not Available""", null, null, null, null, null),
        // The service itself is no user.
        new Case(Types, """[{"ID":"Microsoft B2B Admin Worker","Type":1},{"ID":"Not Available","Type":2}] 4 Microsoft B2B Admin Worker""",
            "Application", null, null, "Microsoft B2B Admin Worker", null),
        new Case(Unknown, """[{"ID":"fim_password_service@support.onmicrosoft.com","Type":5}] 4 fim_password_service@support.onmicrosoft.com""", "Application", null, null, "fim_password_service@support.onmicrosoft.com", null),
        new Case(Unknown, $$"""[{"ID":"fim_password_service@support.onmicrosoft.com","Type":5},{"ID":"User_{{Ada}}","Type":2}] 0 fim_password_service@support.onmicrosoft.com""", "User", Ada, "fim_password_service@support.onmicrosoft.com", null, null),
        new Case(Types, """[] System Policy engine""", "Application", null, null, "Policy engine", null),
        // Both an application and the user for whom it acts: UserType says which is meant.
        new Case(Types, $$"""[{"ID":"HR Sync","Type":1},{"ID":"ServicePrincipal_{{Principal}}","Type":2},{"ID":"ada@x.example","Type":5},{"ID":"User_{{Ada}}","Type":2}] 0 ada@x.example""", "User", Ada, "ada@x.example", null, null),
        new Case(Types, $$"""[{"ID":"ada@x.example","Type":5},{"ID":"User_{{Ada}}","Type":2},{"ID":"HR Sync","Type":1},{"ID":"ServicePrincipal_{{Principal}}","Type":2}] 5 ada@x.example""", "Application", Principal, null, "HR Sync", null),
    ];

    [Theory]
    [MemberData(nameof(Actors))]
    public void The_actor(Case row)
    {
        ArgumentNullException.ThrowIfNull(row);
        using var mirror = new TestMirror();
        var (list, type, user, key) = Parts(row.Fields);
        mirror.ImportText(Record(list, type, user, key, "[]"));
        var actor = Assert.Single(mirror.Activities()).InitiatedBy;
        Assert.True((row.Type, row.Id, row.Upn, row.Name, row.AppId) == (actor.Type, actor.Id, actor.UserPrincipalName, actor.DisplayName,
            actor.AppId), $"{row.Source}: {actor.Type}, {actor.Id}, {actor.UserPrincipalName}, {actor.DisplayName}, {actor.AppId}");
        foreach (var known in new[] { row.Id, row.Upn, row.Name, row.AppId }.OfType<string>())
        {
            Assert.Single(mirror.Activities(new AuditActivityFilter { InitiatedBy = [WildcardText.Escape(known)] }));
        }

        // The client is not the actor.
        if (row.AppId == null) Assert.Empty(mirror.Activities(new AuditActivityFilter { InitiatedBy = [Client] }));
    }

    public static TheoryData<Case> Targets =>
    [
        new Case(Found, $$"""[{"ID":"User_{{Ada}}","Type":2},{"ID":"{{Ada}}","Type":2},{"ID":"User","Type":2},{"ID":"ada@x.example","Type":5},{"ID":"10032001A","Type":3}]""", "User", Ada, "ada@x.example", null, null),
        new Case(Found, $$"""[{"ID":"{{Client}}","Type":2},{"ID":"ada@x.example","Type":5},{"ID":"User","Type":2},{"ID":"User_{{Ada}}","Type":2}]""", "User", Ada, "ada@x.example", null, null),
        new Case(Panther, $$"""[{"ID":"ServicePrincipal_{{Principal}}","Type":2},{"ID":"{{Principal}}","Type":2},{"ID":"ServicePrincipal","Type":2},{"ID":"HR Portal","Type":1},{"ID":"{{Client}}","Type":2},{"ID":"{{Client}}","Type":4}]""", "ServicePrincipal", Principal, null, "HR Portal", Client),
        new Case(Panther, $$"""[{"ID":"HR Portal","Type":1},{"ID":"{{Client}}","Type":4},{"ID":"https://hr.example","Type":4},{"ID":"ServicePrincipal_{{Principal}}","Type":2}]""", "ServicePrincipal", Principal, null, "HR Portal", Client),
        new Case(Schema, $$"""[{"ID":"Group_{{Principal}}","Type":2},{"ID":"{{Principal}}","Type":2},{"ID":"Group","Type":2},{"ID":"Sales","Type":1}]""", "Group", Principal, null, "Sales", null),
        new Case(Schema, $$"""[{"ID":"Laptop 7","Type":1},{"ID":"Device_{{Principal}}","Type":2}]""", "Device", Principal, null, "Laptop 7", null),
        new Case(Schema, $$"""[{"ID":"Role_{{Principal}}","Type":2},{"ID":"Role","Type":2}]""", "Role", Principal, null, null, null),
        new Case(Schema, $$"""[{"ID":"Policy_{{Principal}}","Type":2},{"ID":"Block legacy","Type":1}]""", "Policy", Principal, null, "Block legacy", null),
        new Case(Schema, $$"""[{"ID":"AgentIdentity_{{Principal}}","Type":2}]""", "AgentIdentity", Principal, null, null, null),
        new Case(Keys, """[] ada@x.example""", null, null, "ada@x.example", null, null),
        new Case(Keys, $$"""[] User_{{Ada}}""", "User", Ada, null, null, null),
        new Case(Keys, $$"""[] {{Principal}}""", null, Principal, null, null, null),
        new Case(Keys, """[] https://hr.example;api""", null, null, null, "https://hr.example;api", null),
    ];

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_target(Case row)
    {
        ArgumentNullException.ThrowIfNull(row);
        using var mirror = new TestMirror();
        var end = row.Fields.LastIndexOf(']') + 1;
        mirror.ImportText(Record("[]", "0", "eve@x.example", string.Empty, row.Fields[..end], row.Fields[end..].Trim()));
        var target = Assert.Single(Assert.Single(mirror.Activities()).Targets);
        Assert.True((row.Type, row.Id, row.Upn, row.Name) == (target.Type, target.Id, target.UserPrincipalName, target.DisplayName),
            $"{row.Source}: {target.Type}, {target.Id}, {target.UserPrincipalName}, {target.DisplayName}");
        foreach (var known in new[] { row.Id, row.Upn, row.Name, row.AppId }.OfType<string>())
        {
            Assert.Single(mirror.Activities(new AuditActivityFilter { Target = [WildcardText.Escape(known)] }));
        }
    }

    [Fact]
    public void Several_targets_are_told_apart()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Record("[]", "0", "eve@x.example", string.Empty, $$"""
            [{"ID":"User_{{Ada}}","Type":2},{"ID":"{{Ada}}","Type":2},{"ID":"User","Type":2},{"ID":"ada@x.example","Type":5},
             {"ID":"Group_{{Principal}}","Type":2},{"ID":"{{Principal}}","Type":2},{"ID":"Group","Type":2},{"ID":"Sales","Type":1}]
            """));
        var targets = Assert.Single(mirror.Activities()).Targets;
        Assert.Equal([("User", Ada, "ada@x.example", null), ("Group", Principal, null, "Sales")],
            targets.Select(t => (t.Type!, t.Id!, t.UserPrincipalName, t.DisplayName)));
        Assert.Single(mirror.Activities(new AuditActivityFilter { Target = ["Sales"] }));
    }

    [Fact]
    public void One_asked_for_by_any_of_its_names_is_found_in_both_logs()
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Record(
            $$"""[{"ID":"HR Sync","Type":1},{"ID":"{{Client}}","Type":2},{"ID":"ServicePrincipal_{{Principal}}","Type":2}]""", "4",
            "Not Available", string.Empty, "[]"), "unified.json");
        mirror.ImportText($$"""{"id":"d1","activityDateTime":"2026-10-02T08:00:00Z","activityDisplayName":"Add user","initiatedBy":{"app":{"appId":null,"displayName":"HR Sync","servicePrincipalId":"{{Principal}}"} },"targetResources":[]}""", "directory.json");
        foreach (var name in new[] { "HR Sync", Principal, Client }) Assert.Equal(2, mirror.Activities(new AuditActivityFilter { InitiatedBy = [name] }).Count);
    }

    [Theory]
    [InlineData("""{"userPrincipalName":"ada@x.example","userId":"Not Available"}""")]
    [InlineData("""{"userPrincipalName":"ada@x.example","userId":"1003BFFD8EC47CA6@x.example"}""")]
    [InlineData("""{"userPrincipalName":"Not Available","userId":"ada@x.example"}""")]
    [InlineData("""{"userPrincipalName":"1003BFFD8EC47CA6@x.example","userId":"ada@x.example"}""")]
    public void Names_around_the_data_count_where_it_has_none_also_crossed(string around)
    {
        ArgumentNullException.ThrowIfNull(around);
        using var mirror = new TestMirror();
        mirror.ImportText($$"""{"id":"g1","createdDateTime":"2026-10-02T08:00:00Z","operation":"Add user.","clientIp":"198.51.100.7","userType":"regular",{{around[1..^1]}},"auditData":{"RecordType":8,"Workload":"AzureActiveDirectory"} }""");
        var activity = Assert.Single(mirror.Activities());
        Assert.Equal(("User", "ada@x.example", "198.51.100.7", "Add user"),
            (activity.InitiatedBy.Type, activity.InitiatedBy.UserPrincipalName, activity.IPAddress, activity.Activity));
    }

    private static (string List, string Type, string User, string Key) Parts(string fields)
    {
        var end = fields.LastIndexOf(']') + 1;
        var rest = fields[end..].Trim();
        if (rest.Length == 0) return (fields[..end], "0", "ada@x.example", "Not Available");
        var type = rest.Split(' ')[0];
        var user = rest[type.Length..].Trim();
        // A UPN has no blanks: what follows one is the key.
        var key = user.Contains('@', StringComparison.Ordinal) && user.Contains(' ', StringComparison.Ordinal)
            ? user[(user.IndexOf(' ', StringComparison.Ordinal) + 1)..] : string.Empty;
        return (fields[..end], type, key.Length > 0 ? user[..^(key.Length + 1)] : user, key);
    }

    private static string Record(string actor, string type, string user, string key, string target, string objectId = "") => $$"""
        {"CreationTime":"2026-10-02T08:00:05","Id":"7a000000-0000-4000-8000-000000000001","Operation":"Update user.","RecordType":8,"ResultStatus":"Success","Workload":"AzureActiveDirectory",
         "UserKey":"{{key}}","UserId":"{{user}}","UserType":{{(int.TryParse(type, out _) || type == "null" ? type : $"\"{type}\"")}},"ObjectId":"{{objectId}}","Actor":{{actor}},"Target":{{target}}}
        """;
}
