using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Mirror;

namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>What an activity is about: its targets, and whom and what its properties name (docs/targets.md).</summary>
public sealed class TargetTests
{
    private const string Bob = "33333333-0000-4000-8000-000000000001";
    private const string Eve = "33333333-0000-4000-8000-000000000002";
    private const string Old = "33333333-0000-4000-8000-000000000003";
    private const string Role = "44444444-0000-4000-8000-000000000001";
    private const string Template = "62e90394-69f5-4237-9190-012177145e10";
    private const string Group = "55555555-0000-4000-8000-000000000001";
    private const string AppRole = "66666666-0000-4000-8000-000000000001";
    private const string App = "77777777-0000-4000-8000-000000000001";
    private const string AppId = "88888888-0000-4000-8000-000000000001";
    private const string Manager = "33333333-0000-4000-8000-000000000009";

    private static readonly string[] Everything =
    [
        At("role", 1, "Add member to role", [Event.Target(Bob, null, upn: "bob@contoso.com", modified:
            [Event.Modified("Role.ObjectID", null, $"\"{Role}\""), Event.Modified("Role.DisplayName", null, "\"Global Administrator\""),
                Event.Modified("Role.TemplateId", null, $"\"{Template}\"")])]),
        At("unrole", 2, "Remove member from role", [Event.Target(Bob, null, upn: "bob@contoso.com", modified:
            [Event.Modified("Role.ObjectID", $"\"{Role}\"", null), Event.Modified("Role.DisplayName", "\"Global Administrator\"", null)])]),
        At("pim", 3, "Add member to role outside of PIM",
            [Event.Target(Role, "Global Administrator", "Role"), Event.Target(Bob, "Bob \"the\" Brown", upn: "bob@contoso.com")]),
        At("group", 4, "Add member to group", [Event.Target(Eve, null, upn: "eve@contoso.com", modified:
            [Event.Modified("Group.ObjectID", null, $"\"{Group}\""), Event.Modified("Group.DisplayName", null, "\"Müller \\u0026 Söhne\"")])]),
        At("approle", 5, "Add app role assignment to service principal", [Event.Target(App, "HR Portal", "ServicePrincipal", null,
            Event.Modified("AppRole.Id", null, $"\"{AppRole}\""), Event.Modified("AppRole.DisplayName", null, "\"Readers\""),
            Event.Modified("AppRole.Value", null, "\"Hr.Read.All\""),
            Event.Modified("User.ObjectID", null, $"\"{Bob}\""), Event.Modified("User.UPN", null, "\"bob@contoso.com\""),
            Event.Modified("TargetId.ServicePrincipalNames", null, $"\"https://hr.contoso.com;{AppId}/hr;{AppId}\""))]),
        At("rename", 6, "Update user", [Event.Target(Eve, null, upn: "eve@contoso.com", modified:
            [Event.Modified("UserPrincipalName", "[\"evelyn@contoso.com\"]", "[\"eve@contoso.com\"]"),
                Event.Modified("DisplayName", "[\"Evelyn Miller\"]", "[\"Eve Stone\"]"), Event.Modified("Manager", null, $"[\"{Manager}\"]")])]),
        At("reused", 7, "Delete user", [Event.Target(Old, "Bob Oldman", upn: "bob@contoso.com")]),
        At("nameless id", 8, "Self-service password reset", [Event.Target("", "Eve Stone")]),
        At("shared name a", 9, "Update user", [Event.Target("33333333-0000-4000-8000-00000000000a", "Kim Lee", upn: "kim1@contoso.com")]),
        At("shared name b", 10, "Update user", [Event.Target("33333333-0000-4000-8000-00000000000b", "Kim Lee", upn: "kim2@contoso.com")]),
        At("shared name ?", 11, "Self-service password reset", [Event.Target("", "Kim Lee")]),
        At("actor", 12, "Update policy",
            [Event.Target("99999999-0000-4000-8000-000000000001", "Policy", "Policy", null,
                Event.Modified("ActorId.ServicePrincipalNames", null, $"\"{AppId}\""), Event.Modified("SPN", null, $"\"{AppId}\""))]),
        At("broken", 13, "Update user", [Event.Target("33333333-0000-4000-8000-00000000000c", null, upn: "cut@contoso.com", modified:
            [Event.Modified("Group.DisplayName", null, "\"half of a na"), Event.Modified("Role.DisplayName", "[[[", "[]"),
                Event.Modified("Device.ObjectID", "null", "\"00000000-0000-0000-0000-000000000000\"")])]),
        Provisioning("prov id", 14, "Import", "Received User 'x' change of type (Add) from Azure Active Directory", ("ObjectId", Bob),
            ("userPrincipalName", "bob@contoso.com")),
        Provisioning("prov sentence", 15, "Export", "User 'eve@contoso.com' was created in Dropbox"),
        Provisioning("prov worker", 16, "Import", "Received Worker '21007' change of type (Update) from Workday", ("ObjectId", "21007"),
            ("UserID", "eve@contoso.com"), ("PreferredNameData", "Eve Stone")),
        Provisioning("prov group", 17, "Export", "Group 'Müller & Söhne' was created in Dropbox"),
    ];

    /// <summary>Texts that one asks by, and what each of them must find; all of a row's texts are one object.</summary>
    public static TheoryData<string, string[], string[]> Cases => new()
    {
        { "a role, given, taken and named by PIM (FORMATS §1.1)", [Role, Template, "Global Administrator", "global admin*"], ["role", "unrole", "pim"] },
        { "a group by its property, and as provisioning names it", [Group, "Müller & Söhne"], ["group", "prov group"] },
        { "an application's role by its id, name and value", [AppRole, "Readers", "Hr.Read.All"], ["approle"] },
        { "an application by its object, name and application id, not as what somebody used", [App, "HR Portal", AppId], ["approle"] },
        { "a person by id", [Bob], ["role", "unrole", "pim", "approle", "prov id"] },
        { "a UPN that two people had, in turn", ["bob@contoso.com"], ["role", "unrole", "pim", "approle", "prov id", "reused"] },
        { "a name with quotes in it", ["Bob \"the\" Brown"], ["role", "unrole", "pim", "approle", "prov id"] },
        { "a person by id, UPN and name, before and after both changed", [Eve, "eve@contoso.com", "evelyn@contoso.com", "Eve Stone", "Evelyn Miller"],
            ["group", "rename", "nameless id", "prov sentence", "prov worker"] },
        { "the next to have a UPN is somebody else", [Old], ["reused"] },
        { "a manager by the id in a bare property", [Manager], ["rename"] },
        { "one of two who are called the same", ["kim1@contoso.com"], ["shared name a"] },
        { "both of them", ["Kim Lee"], ["shared name a", "shared name b", "shared name ?"] },
        { "what is no JSON is a name as it stands", ["half of a na"], ["broken"] },
        { "zeros are nobody", ["00000000-0000-0000-0000-000000000000"], [] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_object_is_found_by_whatever_names_it(string why, string[] texts, string[] expected)
    {
        using var mirror = new TestMirror();
        mirror.ImportText("[" + string.Join(",", Everything) + "]");
        Assert.Empty(mirror.Rejected());
        foreach (var text in texts)
        {
            var filter = new AuditActivityFilter { Target = [text] };
            var found = mirror.Activities(filter).Select(activity => activity.Id!).Order().ToList();
            Assert.True(expected.Order().SequenceEqual(found), $"{why}, {text}: {string.Join(", ", found)}");
            using var reader = MirrorReader.Open(mirror.Path);
            Assert.Equal(expected.Length, AuditActivityQuery.Count(reader, filter));
            // Beside another filter, whichever index answers.
            Assert.Equal(expected.Length, mirror.Activities(new() { Target = [text], Result = ["success"], Activity = ["*"] }).Count);
            Assert.Equal(expected.Order(),
                mirror.Activities(new() { Target = [text], Tenant = null, Search = "success", After = DateTimeOffset.UnixEpoch })
                .Select(activity => activity.Id!).Order());
        }
    }

    /// <summary>Whom the directory's exports call so, though no record does.</summary>
    [Theory]
    [InlineData("Robert Brown")]
    [InlineData("rob*")]
    [InlineData("robert@contoso.com")]
    [InlineData(Bob)]
    public void The_directorys_exports_know_who_is_meant(string text)
    {
        using var mirror = new TestMirror();
        mirror.ImportText("[" + string.Join(",", At("by id", 1, "Update user", [Event.Target(Bob)]),
            At("by UPN", 2, "Update user", [Event.Target("", "robert@contoso.com")]), At("other", 3, "Update user", [Event.Target(Eve)])) + "]");
        mirror.ImportText($$$"""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[{"id":"{{{Bob}}}","displayName":"Robert Brown","userPrincipalName":"robert@contoso.com","userType":"Member"}]}""", "users.json");
        Assert.Equal(["by UPN", "by id"], mirror.Activities(new() { Target = [text] }).Select(activity => activity.Id));
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Contains("Robert Brown", FilterValueQuery.Run(reader, ActivityLog.Definition.Field("Target"), "Rob", 10, null).Select(pair => pair.Key));
    }

    public static TheoryData<string, object, string[]> Involved => new()
    {
        { "by or on", new AuditActivityFilter { Involving = ["bob@contoso.com"] }, ["on", "by", "by and on", "named"] },
        { "by id", new AuditActivityFilter { Involving = [Bob] }, ["on", "by", "by and on", "named"] },
        { "beside another filter", new AuditActivityFilter { Involving = ["bob@contoso.com"], Activity = ["Update user"] }, ["on", "by and on"] },
        { "in a time", new AuditActivityFilter { Involving = ["bob@contoso.com"], After = new(2026, 10, 2, 8, 2, 0, TimeSpan.Zero) }, ["by", "by and on", "named"] },
        { "two of them", new AuditActivityFilter { Involving = ["bob@contoso.com", Eve] }, ["on", "by", "by and on", "named", "other"] },
        { "a page", new AuditActivityFilter { Involving = [Bob], Skip = 1, First = 1 }, ["by and on"] },
        { "a role", new AuditActivityFilter { Involving = ["Global Administrator"] }, ["named"] },
        { "nobody", new AuditActivityFilter { Involving = ["nobody@contoso.com"] }, [] },
    };

    [Theory]
    [MemberData(nameof(Involved))]
    public void Involving_finds_by_and_on(string why, object question, string[] expected)
    {
        var filter = (AuditActivityFilter)question;
        var bob = Event.Person(Bob, "bob@contoso.com");
        using var mirror = new TestMirror();
        mirror.ImportText("[" + string.Join(",",
            At("on", 1, "Update user", [Event.Target(Bob, upn: "bob@contoso.com")]),
            new Event("by", "2026-10-02T08:02:00Z", "Delete user") { User = bob, Correlation = "36994c2a-0000-4000-8000-000000000002",
                Targets = [Event.Target(Eve)] },
            new Event("by and on", "2026-10-02T08:03:00Z", "Update user") { User = bob,
                Correlation = "36994c2a-0000-4000-8000-000000000003", Targets = [Event.Target(Bob, upn: "bob@contoso.com")] },
            At("named", 4, "Add member to role",
                [Event.Target(Eve, null, "User", null, Event.Modified("Role.DisplayName", null, "\"Global Administrator\""),
                    Event.Modified("User.ObjectID", null, $"\"{Bob}\""))]),
            At("other", 5, "Delete user", [Event.Target(Eve)])) + "]");
        Assert.True(expected.Order().SequenceEqual(mirror.Activities(filter).Select(activity => activity.Id!).Order()), why);
        using var reader = MirrorReader.Open(mirror.Path);
        if (filter.First == null) Assert.Equal(expected.Length, AuditActivityQuery.Count(reader, filter));
        if (filter.First == null) Assert.Equal(expected.Length, AuditActivityMeasureQuery.Run(reader, filter, []).Sum(group => group.Count));
        Assert.Equal(4, FilterValueQuery.Run(reader, ActivityLog.Definition.Field("Involving"), "bob", 10, null).Single().Value);
    }

    [Fact]
    public void The_order_of_a_propertys_parts_does_not_matter()
    {
        using var mirror = new TestMirror();
        mirror.ImportText("""{"id":"a","category":"RoleManagement","correlationId":"36994c2a-0000-4000-8000-000000000001","result":"success","activityDisplayName":"Add member to role","activityDateTime":"2026-10-02T08:00:00Z","loggedByService":"Core Directory","initiatedBy":{"user":null,"app":null},"targetResources":[{"modifiedProperties":[{"newValue":"\"Reports Reader\"","oldValue":null,"displayName":"Role.DisplayName"}],"id":"33333333-0000-4000-8000-000000000001","type":"User"}]}""");
        Assert.Single(mirror.Activities(new() { Target = ["Reports Reader"] }));
    }

    [Fact]
    public void A_mirror_of_an_older_version_answers_with_its_targets()
    {
        using var mirror = new TestMirror();
        mirror.ImportText("[" + string.Join(",", Everything) + "]");
        OldMirror.Age(mirror, 2);
        Assert.Equal(["pim"], mirror.Activities(new() { Target = [Role] }).Select(activity => activity.Id));
    }

    [Fact]
    public void Grouping_by_target_counts_targets()
    {
        using var mirror = new TestMirror();
        mirror.ImportText("[" + Everything[0] + "]");
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(["bob@contoso.com"], AuditActivityMeasureQuery.Run(reader, new(), ["Target"]).Select(group => (string)group.Group["Target"]!));
    }

    [Fact]
    public void The_documentation_lists_every_property()
    {
        var lines = File.ReadAllLines(Path.Combine(Seeds.Folder, "..", "..", "docs", "targets.md"));
        var listed = lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]).ToList();
        string[] known = [.. IdentityProperties.Kinds.Select(kind => kind.Prefix), .. IdentityProperties.Parts.Select(part => part.Name),
            .. IdentityProperties.Own.Select(own => own.Name), .. IdentityProperties.References.Select(row => row.Name)];
        Assert.Equal(known, listed);
    }

    private static string At(string id, int minute, string activity, object[] targets) =>
        new Event(id, $"2026-10-02T08:{minute:d2}:00Z", activity) { Correlation = $"36994c2a-0000-4000-8000-{minute:d12}", Targets = targets }.ToString();

    private static string Provisioning(string id, int minute, string activity, string reason, params (string Key, string Value)[] details) =>
        new Event(id, $"2026-10-02T08:{minute:d2}:00Z", activity)
        {
            Service = "Account Provisioning",
            Correlation = $"36994c2a-0000-4000-8000-{minute:d12}",
            Reason = reason,
            Targets = [Event.Target("77777777-0000-4000-8000-000000000002", "Dropbox", "ServicePrincipal"), Event.Target("")],
            Details = [.. details.Select(detail => (object)new { key = detail.Key, value = detail.Value })],
        }.ToString();
}
