using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Tests.Formats.Audit;

/// <summary>Addresses, deleted users, kinds of targets and applications, in either log.</summary>
public sealed class PartyTests
{
    private const string Bob = "b0b00000-0000-4000-8000-00000000000b";
    private const string BobDigits = "b0b0000000004000800000000000000b";
    private const string Principal = "5f000000-0000-4000-8000-00000000000d";
    private const string AppId = "a9900000-0000-4000-8000-00000000000e";

    /// <summary>Spelling; how it is shown. Sources: unified log's ClientIP (Management Activity API schema: "ip:port", IPv6 in brackets),
    /// RFC 4291, 5952 and 6874, PIM's ipaddr.</summary>
    public static TheoryData<string, string?> Addresses => new()
    {
        { "203.0.113.7", "203.0.113.7" },
        { " 203.0.113.7 ", "203.0.113.7" },
        { "203.0.113.7:443", "203.0.113.7" },
        { "[203.0.113.7]:443", "203.0.113.7" },
        { "203.000.113.007", "203.0.113.7" },
        { "::ffff:203.0.113.7", "203.0.113.7" },
        { "::FFFF:cb00:7107", "203.0.113.7" },
        { "[::ffff:203.0.113.7]:51000", "203.0.113.7" },
        { "2001:DB8:0:0:0:0:0:1", "2001:db8::1" },
        { "2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1" },
        { "[2001:db8::1]:443", "2001:db8::1" },
        { "[2001:db8::1]", "2001:db8::1" },
        { "2001:db8:0:0:0:0:0:1:443", "2001:db8::1" },
        { "fe80::1%eth0", "fe80::1" },
        { "[fe80::1%25eth0]:80", "fe80::1" },
        { "203.0.113.7, 10.0.0.1", "203.0.113.7" },
        { "203.0.113.7:443;10.0.0.1", "203.0.113.7" },
        { "<null>", null },
        { "null", null },
        { "-", null },
        { "N/A", null },
        { "Not Available", null },
        { "", null },
        { "somewhere", "somewhere" },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public void An_address_has_one_spelling(string written, string? shown)
    {
        string[] records =
        [
            $$"""{"id":"d","activityDateTime":"2026-10-02T08:00:00Z","activityDisplayName":"Add user","initiatedBy":{"user":{"id":"1","ipAddress":"{{written}}"} },"targetResources":[]}""",
            $$"""{"CreationTime":"2026-10-02T08:00:05","Id":"u","Operation":"Add user.","RecordType":8,"Workload":"AzureActiveDirectory","UserId":"ada@x.example","ClientIP":"{{written}}"}""",
            $$"""{"CreationTime":"2026-10-02T08:00:05","Id":"v","Operation":"Add user.","RecordType":8,"Workload":"AzureActiveDirectory","UserId":"ada@x.example","ClientIP":"","ActorIpAddress":"{{written}}"}""",
            $$"""{"time":"2026-10-02T08:00:05Z","category":"AuditLogs","callerIpAddress":"{{written}}","properties":{"id":"e","activityDateTime":"2026-10-02T08:00:00Z","activityDisplayName":"Add user","initiatedBy":{"app":{"displayName":"HR"} } } }""",
            $$"""{"id":"p","activityDateTime":"2026-10-02T08:00:00Z","activityDisplayName":"Add member to role","initiatedBy":{"app":{"displayName":"PIM"} },"additionalDetails":[{"key":"oid","value":"1"},{"key":"ipaddr","value":"{{written}}"}]}""",
        ];
        using var mirror = new TestMirror();
        foreach (var record in records) Assert.Equal(0, mirror.ImportText(record, $"{StableHash.Of(record)}.json").Rejected);
        Assert.All(mirror.Activities(), a => Assert.Equal(shown, a.IPAddress));
        if (shown == null || written.Trim().Length == 0) return;
        Assert.Equal(records.Length, mirror.Activities(new AuditActivityFilter { IPAddress = [shown] }).Count);
        if (!written.Contains(',', StringComparison.Ordinal) && !written.Contains(';', StringComparison.Ordinal))
            Assert.Equal(records.Length, mirror.Activities(new AuditActivityFilter { IPAddress = [written] }).Count);
        else Assert.Equal(records.Length, mirror.Activities(new AuditActivityFilter { IPAddress = ["10.0.0.1"] }).Count);
        Assert.Contains(written, mirror.Activities()[0].GetOriginal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("203.0.113.*")]
    [InlineData("*.113.7")]
    public void Addresses_are_found_by_wildcards_too(string asked)
    {
        using var mirror = new TestMirror();
        mirror.ImportText("""{"id":"d","activityDateTime":"2026-10-02T08:00:00Z","activityDisplayName":"Add user","initiatedBy":{"user":{"id":"1","ipAddress":"10.0.0.1, 203.0.113.7:443"}},"targetResources":[]}""");
        Assert.Single(mirror.Activities(new AuditActivityFilter { IPAddress = [asked] }));
    }

    public static TheoryData<string> Deleted =>
    [
        $$"""{"id":"d","activityDateTime":"2026-10-02T08:00:00Z","activityDisplayName":"Hard Delete user","initiatedBy":{"user":{"id":"1"} },"targetResources":[{"id":"{{Bob}}","type":"User","userPrincipalName":"{{BobDigits}}bob@x.example"}]}""",
        $$"""{"id":"d","activityDateTime":"2026-10-02T08:00:00Z","activityDisplayName":"Restore user","initiatedBy":{"user":{"id":"1"} },"targetResources":[{"type":"User","userPrincipalName":"{{BobDigits.ToUpperInvariant()}}bob@x.example"}]}""",
        $$"""{"CreationTime":"2026-10-02T08:00:05","Id":"u","Operation":"Delete user.","RecordType":8,"Workload":"AzureActiveDirectory","UserId":"ada@x.example","Target":[{"ID":"User_{{Bob}}","Type":2},{"ID":"{{BobDigits}}bob@x.example","Type":5}]}""",
        $$"""{"CreationTime":"2026-10-02T08:00:05","Id":"u","Operation":"Delete user.","RecordType":8,"Workload":"AzureActiveDirectory","UserId":"ada@x.example","ObjectId":"{{BobDigits}}bob@x.example","Target":[]}""",
        $$"""{"Date (UTC)":"2026-10-02T08:00:00Z","CorrelationId":"1","Service":"Core Directory","Category":"UserManagement","Activity":"Delete user","Target1Type":"User","Target1ObjectId":"{{Bob}}","Target1UserPrincipalName":"{{BobDigits}}bob@x.example"}""",
    ];

    [Theory]
    [MemberData(nameof(Deleted))]
    public void A_deleted_user_is_found_by_the_name_and_the_id(string record)
    {
        ArgumentNullException.ThrowIfNull(record);
        using var mirror = new TestMirror();
        mirror.ImportText(record);
        foreach (var asked in new[] { "bob@x.example", "BOB@x*", Bob, BobDigits + "bob@x.example" })
            Assert.Single(mirror.Activities(new AuditActivityFilter { Target = [asked] }));
        var target = Assert.Single(Assert.Single(mirror.Activities()).Targets);
        Assert.Equal((Bob, "bob@x.example"), (target.Id, target.UserPrincipalName));
        Assert.Contains("bob@x.example", mirror.Activities()[0].GetOriginal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_deleted_user_who_did_something_is_found_too()
    {
        using var mirror = new TestMirror();
        mirror.ImportText($$"""{"id":"d","activityDateTime":"2026-10-02T08:00:00Z","activityDisplayName":"Add user","initiatedBy":{"user":{"id":"{{Bob}}","userPrincipalName":"{{BobDigits}}bob@x.example"} },"targetResources":[]}""");
        mirror.ImportText($$"""{"CreationTime":"2026-10-02T08:00:05","Id":"u","Operation":"Add user.","RecordType":8,"Workload":"AzureActiveDirectory","Actor":[{"ID":"{{BobDigits}}bob@x.example","Type":5}]}""", "u.json");
        foreach (var asked in new[] { "bob@x.example", Bob }) Assert.Equal(2, mirror.Activities(new AuditActivityFilter { InitiatedBy = [asked] }).Count);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdefbob@x.example")] // Another's id: a name that begins so.
    [InlineData("b0b0000000004000800000000000000b@x.example")] // The digits are all of the name.
    [InlineData("b0b0000000004000800000000000000bbob")]
    public void A_name_that_only_looks_so_stays(string upn)
    {
        using var mirror = new TestMirror();
        mirror.ImportText($$"""{"id":"d","activityDateTime":"2026-10-02T08:00:00Z","activityDisplayName":"Add user","initiatedBy":null,"targetResources":[{"id":"{{Bob}}","type":"User","userPrincipalName":"{{upn}}"}]}""");
        Assert.Equal(upn, Assert.Single(mirror.Activities()).Targets[0].UserPrincipalName);
        Assert.Single(mirror.Activities(new AuditActivityFilter { Target = [upn] }));
    }

    [Theory]
    [InlineData(""" "@odata.type":"#microsoft.graph.targetResourceGroup" """, "Group")] // microsoft-graph-docs, beta targetResource of 2018.
    [InlineData(""" "@odata.type":"microsoft.graph.TargetResourceUser" """, "User")]
    [InlineData(""" "@odata.type":"#microsoft.graph.servicePrincipal" """, "ServicePrincipal")]
    [InlineData(""" "@odata.type":"#microsoft.graph.device" """, "Device")]
    [InlineData(""" "@odata.type":"#microsoft.graph.targetResource" """, null)]
    [InlineData(""" "@odata.type":"#microsoft.graph.targetResourceGroup","type":"Role" """, "Role")]
    [InlineData(""" "AdditionalProperties":{"@odata.type":"#microsoft.graph.group"} """, "Group")]
    public void A_target_is_of_the_type_that_its_OData_type_says(string type, string? wanted)
    {
        using var mirror = new TestMirror();
        mirror.ImportText($$"""{"id":"d","activityDateTime":"2026-10-02T08:00:00Z","activityDisplayName":"Add user","initiatedBy":null,"targetResources":[{"id":"{{Bob}}","displayName":"x",{{type}}}]}""");
        Assert.Equal(wanted, Assert.Single(mirror.Activities()).Targets[0].Type);
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(wanted, reader.Query("SELECT t.text FROM identity i LEFT JOIN term t ON t.id = i.type WHERE i.display_name = 'x'",
            row => row.IsDBNull(0) ? null : row.GetString(0)).Single());
    }

    public static TheoryData<string, string[]> Applications => new()
    {
        { $$""" "app":{"appId":null,"displayName":"HR Sync","servicePrincipalId":"{{Principal}}","servicePrincipalName":null} """, ["HR Sync", Principal] },
        { $$""" "app":{"appId":"{{AppId}}","displayName":"HR Sync","servicePrincipalId":"{{Principal}}"} """, ["HR Sync", Principal, AppId] },
        { $$""" "app":{"appId":"{{AppId}}","displayName":"HR Sync"} """, ["HR Sync", AppId] },
        { $$""" "app":{"appId":"{{AppId}}"} """, [AppId] },
        { $$""" "app":{"servicePrincipalName":"hr-sync","servicePrincipalId":"{{Principal}}"} """, ["hr-sync", Principal] },
        { $$""" "app":{"servicePrincipalName":"hr-sync","displayName":"HR Sync"} """, ["hr-sync", "HR Sync"] },
        { $$""" "user":null,"app":{"AppId":"{{AppId}}","DisplayName":"HR Sync","ServicePrincipalId":"{{Principal}}"} """, ["HR Sync", Principal, AppId] },
    };

    [Theory]
    [MemberData(nameof(Applications))]
    public void An_application_is_found_by_each_of_its_names(string initiator, string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        using var mirror = new TestMirror();
        mirror.ImportText($$"""{"id":"d","activityDateTime":"2026-10-02T08:00:00Z","activityDisplayName":"Add user","initiatedBy":{ {{initiator}} },"targetResources":[]}""");
        foreach (var name in names) Assert.Single(mirror.Activities(new AuditActivityFilter { InitiatedBy = [name] }));
        var actor = mirror.Activities()[0].InitiatedBy;
        Assert.Equal(("Application", names.Contains(Principal) ? Principal : null, null), (actor.Type, actor.Id, actor.UserPrincipalName));
        Assert.Equal(names.Contains(AppId) ? AppId : names.Contains("hr-sync") ? "hr-sync" : null, actor.AppId);
    }

    [Fact]
    public void Groups_by_actor_are_what_is_found_by_the_actor()
    {
        using var mirror = new TestMirror();
        string Record(string id, string initiator) =>
            $$"""{"id":"{{id}}","activityDateTime":"2026-10-02T08:00:00Z","activityDisplayName":"Add user","initiatedBy":{ {{initiator}} },"targetResources":[]}""";
        mirror.ImportText("[" + string.Join(',',
            Record("1", $$""" "app":{"displayName":"HR Sync","servicePrincipalId":"{{Principal}}"} """),
            Record("2", $$""" "app":{"servicePrincipalId":"{{Principal}}"} """),
            Record("3", $$""" "app":{"displayName":"HR Sync","servicePrincipalId":"{{Principal}}","appId":"{{AppId}}"} """),
            Record("4", $$""" "user":{"id":"{{Bob}}","userPrincipalName":"bob@x.example"} """),
            Record("5", $$""" "user":{"id":"{{Bob}}"} """), Record("6", $$""" "user":{"id":"{{Bob}}","displayName":"Bob"} """)) + "]");
        using var reader = MirrorReader.Open(mirror.Path);
        var groups = AuditActivityMeasureQuery.Run(reader, new AuditActivityFilter(), ["Actor"]).ToDictionary(g => (string)g.Group["Actor"]!, g => g.Count);
        Assert.Equal(new Dictionary<string, long> { ["HR Sync"] = 3, ["bob@x.example"] = 3 }, groups);
        foreach (var (name, count) in groups) Assert.Equal(count, mirror.Activities(new AuditActivityFilter { InitiatedBy = [name] }).Count);
    }
}
