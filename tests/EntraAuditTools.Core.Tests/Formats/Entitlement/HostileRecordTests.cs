using System.Globalization;
using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Formats.Recognition;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Tests.Formats.Entitlement;

/// <summary>Values that no service writes, and what exports cut.</summary>
public sealed class HostileRecordTests
{
    private static readonly string[] Properties =
    [
        .. Enum.GetValues<EntitlementProperty>().Where(p => p > EntitlementProperty.ODataContext && p != EntitlementProperty.Id)
        .Select(p => char.ToLowerInvariant(p.ToString()[0]) + p.ToString()[1..]),
    ];

    public static TheoryData<string> Kinds => new(Enum.GetNames<EntityKind>());

    // A delegate of approvals is known by whose page it stands on, not by an id of its own.
    private static EntitlementHints HintsOf(string kind) => kind != nameof(EntityKind.ApproverDelegate) ? EntitlementHints.None
        : EntitlementHints.None with { Context =
            "https://graph.microsoft.com/beta/$metadata#users('10000000-0000-4000-8000-000000000001')/identityGovernance/approverDelegate" };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_value_of_the_wrong_type_stops_reading(string kind)
    {
        string[] values = ["null", "true", "-1", "1e400", "\"\"", "\"x\"", "[]", "{}", "[null,1,\"x\",[],{}]", "{\"id\":[],\"value\":{}}",
            "[{\"id\":{\"id\":1}}]", "\"\\ud800\"", "{\"\\ud800\":1}", "[{\"@odata.type\":7,\"id\":true}]"];
        foreach (var value in values)
        {
            var json = "{\"id\":\"1\",\"originId\":\"o\"," + string.Join(',', Properties.Where(p => p != "originId").Select(p => $"\"{p}\":{value}")) + "}";
            using var document = JsonDocument.Parse(json);
            if (EntitlementNormalizer.Read(document.RootElement, Enum.Parse<EntityKind>(kind), RecordShape.GraphEntitlement,
                HintsOf(kind)) is not { } read) continue;
            using var facts = JsonDocument.Parse(read.ToJson().ToArray());
            Assert.Equal(JsonValueKind.Object, facts.RootElement.ValueKind);
            Assert.DoesNotContain("", read.Links.Select(l => l.Id));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_record_without_id_is_refused_in_words(string kind)
    {
        foreach (var json in new[] { "{}", """{"id":null}""", """{"id":""}""", """{"id":{}}""",
            """{"id":"00000000-0000-0000-0000-000000000000"}""", $$"""{"id":"{{new string('x', 5000)}}"}""" })
        {
            using var document = JsonDocument.Parse(json);
            var error = Assert.Throws<RecordException>(() =>
                EntitlementNormalizer.Read(document.RootElement, Enum.Parse<EntityKind>(kind), RecordShape.GraphEntitlement, EntitlementHints.None));
            Assert.StartsWith("has no ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Depth_is_survived()
    {
        var json = new StringBuilder("""{"id":"0","displayName":"x","isHidden":false,"description":""}""");
        for (var i = 1; i <= 100; i++)
            json.Insert(0, string.Create(CultureInfo.InvariantCulture,
                $"{{\"id\":\"{i}\",\"displayName\":\"x\",\"isHidden\":false,\"description\":\"\",\"incompatibleAccessPackages\":[")).Append("]}");
        var read = Entitlement.Read(json.ToString());
        for (var i = 100; i > 0; i--) read = read.Nested.Single();
        Assert.Equal("0", read.Id);
    }

    [Fact]
    public void A_huge_list_is_read_whole()
    {
        var targets = string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"{{\"@odata.type\":\"#microsoft.graph.singleUser\",\"userId\":\"u{i}\"}}"));
        var read = Entitlement.Read("{\"id\":\"y\",\"allowedTargetScope\":\"specificDirectoryUsers\",\"specificAllowedTargets\":[" + targets + "]}");
        using var facts = JsonDocument.Parse(read.ToJson().ToArray());
        Assert.Equal(50_000, facts.RootElement.GetProperty(FactNames.Targets).GetArrayLength());
    }

    [Fact]
    public void Control_characters_become_visible_and_half_surrogates_are_replaced()
    {
        var read = Entitlement.Read("""{"id":"u","userPrincipalName":"a\u001b[31m@b","displayName":"half \ud83d"}""");
        Assert.Equal("a\u241b[31m@b", JsonDocument.Parse(read.ToJson().ToArray()).RootElement.GetProperty(FactNames.UserPrincipalName).GetString());
        Assert.Equal("half \ufffd", JsonDocument.Parse(read.ToJson().ToArray()).RootElement.GetProperty(FactNames.Name).GetString());
    }

    [Theory]
    [InlineData("\"2026-07-10T18:30:00Z\"", "\"2026-07-10T18:30:00.0000000Z\"")]
    [InlineData("\"2026-07-10T20:30:00.000+02:00\"", "\"2026-07-10T18:30:00.0000000Z\"")]
    [InlineData("\"2026-07-10 18:30:00\"", "\"2026-07-10T18:30:00.0000000Z\"")]
    [InlineData("\"7/10/2026 6:30:00 PM\"", "\"2026-07-10T18:30:00.0000000Z\"")]
    [InlineData("\"/Date(1783708200000)/\"", "\"2026-07-10T18:30:00.0000000Z\"")]
    [InlineData("{\"value\":\"/Date(1783708200000)/\",\"DisplayHint\":2,\"DateTime\":\"Friday\"}", "\"2026-07-10T18:30:00.0000000Z\"")]
    [InlineData("1783708200", "\"2026-07-10T18:30:00.0000000Z\"")]
    [InlineData("\"0001-01-01T00:00:00Z\"", "null")]
    [InlineData("null", "null")]
    [InlineData("\"\"", "null")]
    [InlineData("\"soon\"", null)]
    [InlineData("[]", null)]
    public void Times_are_instants_in_whatever_spelling(string time, string? text) =>
        Assert.Equal(text, Entitlement.Read("{\"id\":\"n\",\"state\":\"x\",\"expiredDateTime\":" + time + "}").Fact(FactNames.Expired));

    [Theory]
    [InlineData("""{"Id":"n","State":"delivered","Status":"Delivered","ExpiredDateTime":null,"Schedule":"Microsoft.Graph.PowerShell.Models.MicrosoftGraphEntitlementManagementSchedule","AccessPackage":"Microsoft.Graph.PowerShell.Models.MicrosoftGraphAccessPackage"}""", true)]
    [InlineData("""{"Id":"n","State":"delivered","Status":"Delivered","ExpiredDateTime":null,"Schedule":{"Expiration":"@{Duration=; EndDateTime=; Type=noExpiration}","StartDateTime":"2026-01-01T00:00:00Z"}}""", true)]
    [InlineData("""{"Id":"n","State":"delivered","Status":"Delivered","ExpiredDateTime":null,"Schedule":{"Expiration":{"Type":null},"StartDateTime":null},"Target":{"Id":null,"ObjectId":null,"ConnectedOrganization":{}}}""", false)]
    public void What_a_shallow_export_cut_is_noted_and_not_stored(string json, bool isCut)
    {
        var read = Entitlement.Read(json);
        Assert.Equal(isCut, read.IsCut);
        Assert.DoesNotContain("Microsoft.Graph", read.Facts(), StringComparison.Ordinal);
        Assert.DoesNotContain("@{", read.Facts(), StringComparison.Ordinal);
        Assert.Null(read.Fact(FactNames.ExpirationType));
        Assert.Empty(read.Nested);
    }

    [Fact]
    public void What_is_cut_inside_shows_outside() =>
        Assert.True(Entitlement.Read(
            """{"id":"c","catalogType":"userManaged","state":"published","accessPackages":[{"id":"p","displayName":"x","catalog":"@{id=c}"}]}""").IsCut);

    [Fact]
    public void The_latest_date_is_of_what_happened_and_not_of_what_is_to_come()
    {
        var read = Entitlement.Read(
            """{"id":"n","state":"delivered","expiredDateTime":null,"schedule":{"startDateTime":"2024-05-14T07:00:00Z","expiration":{"type":"afterDateTime","endDateTime":"2099-01-01T00:00:00Z"}}}""");
        Assert.Equal(new DateTime(2024, 5, 14, 7, 0, 0, DateTimeKind.Utc).Ticks, read.LatestDate);
    }
}
