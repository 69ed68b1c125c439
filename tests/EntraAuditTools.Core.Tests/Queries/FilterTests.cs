using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>Each filter of Get-AuditActivity finds what it says, and nothing else; counts agree.</summary>
public sealed class FilterTests : IClassFixture<FilterTests.Fixture>, IDisposable
{
    private const string AdeleId = "aaaaaaaa-0000-4000-8000-00000000000a";
    private readonly MirrorReader mirror;

    public FilterTests(Fixture fixture) => mirror = MirrorReader.Open(fixture.Mirror.Path);

    public void Dispose() => mirror.Dispose();

    public static TheoryData<string, object, string> Filters => new()
    {
        { "nothing", new AuditActivityFilter(), "7 6 5 4 3 2 1" },
        { "service in any case", new AuditActivityFilter { Service = ["core directory"] }, "6 5 3 2 1" },
        { "service by its heading in the catalog", new AuditActivityFilter { Service = ["privileged identity management (pim)"] }, "7" },
        { "service with wildcards", new AuditActivityFilter { Service = ["p?m", "Ent*"] }, "7 4" },
        { "category with blank", new AuditActivityFilter { Category = ["Group Management"] }, "3 2" },
        { "category without blank", new AuditActivityFilter { Category = ["ApplicationManagement"] }, "5" },
        { "activity exactly", new AuditActivityFilter { Activity = ["Add member to group"] }, "2" },
        { "activity beginning so", new AuditActivityFilter { Activity = ["add*"] }, "6 2 1" },
        { "activity from a set of characters", new AuditActivityFilter { Activity = ["[ar]* member*"] }, "3 2" },
        { "several activities", new AuditActivityFilter { Activity = ["Add user", "Remove member from group"] }, "3 1" },
        { "activity and service", new AuditActivityFilter { Activity = ["*user*"], Service = ["Core Directory"] }, "1" },
        { "percent and underscore are letters", new AuditActivityFilter { Activity = ["add 100%_*"] }, "6" },
        { "percent is no wildcard", new AuditActivityFilter { Activity = ["add%"] }, "" },
        { "result", new AuditActivityFilter { Result = ["FAILURE"] }, "3" },
        { "initiator's UPN", new AuditActivityFilter { InitiatedBy = ["ADELE@contoso.com"] }, "3 2 1" },
        { "initiator's id", new AuditActivityFilter { InitiatedBy = [AdeleId.ToUpperInvariant()] }, "3 2 1" },
        { "initiator's name in another case and script", new AuditActivityFilter { InitiatedBy = ["zoë MÜLLER"] }, "5 4" },
        { "application's name", new AuditActivityFilter { InitiatedBy = ["Contoso Sync"] }, "7 6" },
        { "initiators with wildcards", new AuditActivityFilter { InitiatedBy = ["*@contoso.com"] }, "3 2 1" },
        { "initiators from a set, beyond ASCII", new AuditActivityFilter { InitiatedBy = ["zo[é-ï] m*"] }, "5 4" },
        { "target's name", new AuditActivityFilter { Target = ["Sales"] }, "3 2" },
        { "any target, not only the first", new AuditActivityFilter { Target = ["bo@contoso.com"] }, "3 2 1" },
        { "target and initiator", new AuditActivityFilter { Target = ["sales"], InitiatedBy = ["adele*"], Result = ["success"] }, "2" },
        { "brackets taken literally", new AuditActivityFilter { Target = ["`[EXT`] *"] }, "6" },
        { "correlation id of any case", new AuditActivityFilter { CorrelationId = ["BBBBBBBB-0000-4000-8000-000000000002"] }, "3 2" },
        { "correlation id with wildcards", new AuditActivityFilter { CorrelationId = ["bbbb*0002"] }, "3 2" },
        { "correlation id that is no GUID", new AuditActivityFilter { CorrelationId = ["123456789"] }, "7" },
        { "record id", new AuditActivityFilter { Id = ["Directory_cccccccc-0000-4000-8000-000000000004_X_4"] }, "4" },
        { "record id with wildcards", new AuditActivityFilter { Id = ["*_X_[45]"] }, "5 4" },
        { "several record ids", new AuditActivityFilter { Id = ["1", "no such", "7"] }, "7 1" },
        { "address", new AuditActivityFilter { IPAddress = ["10.0.0.1"] }, "1" },
        { "addresses of a network", new AuditActivityFilter { IPAddress = ["10.0.0.*"] }, "2 1" },
        { "modified property", new AuditActivityFilter { Property = ["accountenabled"] }, "5 1" },
        { "modified property with wildcards", new AuditActivityFilter { Property = ["Key*"] }, "5" },
        { "part of a property's name is not enough", new AuditActivityFilter { Property = ["Account"] }, "" },
        { "from, included", new AuditActivityFilter { After = At("2026-10-03T00:00:00.0000001Z") }, "7 6 5 4 3" },
        { "to, excluded", new AuditActivityFilter { Before = At("2026-10-03T00:00:00.0000001Z") }, "2 1" },
        { "between, across midnight of another zone", new AuditActivityFilter { After = At("2026-10-02T02:00:00+02:00"), Before = At("2026-10-03T02:00:00+02:00") }, "2" },
        { "time and activity", new AuditActivityFilter { After = At("2026-10-02T00:00:00Z"), Activity = ["Add*"] }, "6 2" },
        { "time and target", new AuditActivityFilter { Before = At("2026-10-02T12:00:00Z"), Target = ["bo@contoso.com"] }, "2 1" },
        { "an empty window", new AuditActivityFilter { After = At("2026-10-04T00:00:00Z"), Before = At("2026-10-03T00:00:00Z") }, "" },
        { "times far away", new AuditActivityFilter { After = DateTimeOffset.MinValue, Before = DateTimeOffset.MaxValue }, "7 6 5 4 3 2 1" },
        { "somebody unknown", new AuditActivityFilter { InitiatedBy = ["nobody"] }, "" },
    };

    public static TheoryData<string, object, string> Searches => new()
    {
        { "words", new AuditActivityFilter { Search = "sales Adele" }, "3 2" },
        { "a word without its accent", new AuditActivityFilter { Search = "muller" }, "5 4" },
        { "words in quotes", new AuditActivityFilter { Search = "\"joined the team\"" }, "1" },
        { "words in quotes in another order", new AuditActivityFilter { Search = "\"team the joined\"" }, "" },
        { "words in quotes from two values", new AuditActivityFilter { Search = "\"team adele\"" }, "" },
        { "a beginning", new AuditActivityFilter { Search = "join*" }, "1" },
        { "an address as one text", new AuditActivityFilter { Search = "adele@contoso.com" }, "3 2 1" },
        { "words and a filter", new AuditActivityFilter { Search = "adele", Result = ["failure"] }, "3" },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    [MemberData(nameof(Searches))]
    public void Finds(string what, object question, string ids)
    {
        var filter = (AuditActivityFilter)question;
        Assert.NotEmpty(what);
        Assert.Equal(ids, Ids(mirror, filter));
        Assert.Equal(ids.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, AuditActivityQuery.Count(mirror, filter));
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void Finds_the_same_with_the_full_text_index(string what, object question, string ids)
    {
        var filter = (AuditActivityFilter)question;
        using var copy = new TestMirror();
        copy.ImportText(Fixture.Text);
        Assert.True(ActivitySearchIndex.Ensure(copy.Path, null, TestContext.Current.CancellationToken), what);
        using var indexed = MirrorReader.Open(copy.Path);
        Assert.True(ActivitySearchIndex.Exists(indexed));
        Assert.Equal(ids, Ids(indexed, filter));
        Assert.Equal(ids.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, AuditActivityQuery.Count(indexed, filter));
    }

    [Theory]
    [InlineData(0, 2L, "7 6")]
    [InlineData(2, 2L, "5 4")]
    [InlineData(6, 5L, "1")]
    [InlineData(3, null, "4 3 2 1")]
    [InlineData(0, 0L, "")]
    public void Pages(long skip, long? first, string ids) => Assert.Equal(ids, Ids(mirror, new() { Skip = skip, First = first }));

    public static TheoryData<object> OpenBrackets =>
        [new AuditActivityFilter { Activity = ["Add [user"] }, new AuditActivityFilter { Target = ["[EXT"] },
            new AuditActivityFilter { Id = ["[x"] }, new AuditActivityFilter { CorrelationId = ["[x"] }, new AuditActivityFilter { Property = ["[x"] }];

    [Theory]
    [MemberData(nameof(OpenBrackets))]
    public void A_bracket_left_open_is_an_error_in_words(object filter) =>
        Assert.Equal("InvalidWildcard", Assert.Throws<AuditToolException>(() => AuditActivityQuery.Run(mirror, (AuditActivityFilter)filter).ToList()).ErrorId);

    [Fact]
    public void A_search_without_words_is_an_error_in_words() =>
        Assert.Equal("InvalidSearch", Assert.Throws<AuditToolException>(() => AuditActivityQuery.Run(mirror, new() { Search = "\" -- \"" }).ToList()).ErrorId);

    [Fact]
    public void Thousands_of_users_are_one_query()
    {
        var users = Enumerable.Range(0, 5000).Select(i => $"user{i}@contoso.com").Append("adele@contoso.com").ToList();
        Assert.Equal("3 2 1", Ids(mirror, new() { InitiatedBy = users }));
        Assert.Equal("3 2 1", Ids(mirror, new() { InitiatedBy = [.. users.Select(user => user.Replace("user", "u?er", StringComparison.Ordinal))] }));
    }

    [Fact]
    public void Says_how_it_understood_the_filter()
    {
        var text = AuditActivityQuery.Describe(new() { After = At("2026-10-02T02:00:00+02:00"), Activity = ["Add*"], First = 5 });
        Assert.Contains("2026-10-02 00:00:00Z (included)", text, StringComparison.Ordinal);
        Assert.Contains("'Add*'", text, StringComparison.Ordinal);
        Assert.Contains("activity_kind", AuditActivityQuery.DescribeSql(mirror, new() { Activity = ["Add user"] }), StringComparison.Ordinal);
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    private static string Ids(MirrorReader mirror, AuditActivityFilter filter) =>
        string.Join(' ', AuditActivityQuery.Run(mirror, filter).Select(activity => activity.Id!.Split('_')[^1]));

    public sealed class Fixture : IDisposable
    {
        private static readonly object Adele = Event.Person(AdeleId, "adele@contoso.com", "Adele Vance", "10.0.0.1");
        private static readonly object Zoe = Event.Person("zzzzzzzz", null, "Zoë Müller");
        private static readonly object Sync = new { displayName = "Contoso Sync", servicePrincipalId = "55555555-0000-4000-8000-000000000005" };
        private static readonly object Bo = Event.Target("b0", "Bo", upn: "bo@contoso.com");
        private static readonly object Sales = Event.Target("5a1e5", "Sales", "Group");

        public static readonly string Text = Event.All(
            new("1", "2026-10-01T08:00:00Z", "Add user") { User = Adele,
                Targets = [Event.Target("b0", "Bo", upn: "bo@contoso.com", modified: Event.Modified("AccountEnabled", "[]", "[true]"))],
                Reason = "Joined the team" },
            new("2", "2026-10-02T08:00:00Z",
                "Add member to group") { User = Event.Person(AdeleId, "adele@contoso.com", "Adele Vance", "10.0.0.2"),
                Category = "GroupManagement", Correlation = "bbbbbbbb-0000-4000-8000-000000000002", Targets = [Sales, Bo] },
            new("3", "2026-10-03T00:00:00.0000001Z", "Remove member from group") { User = Event.Person(AdeleId, "adele@contoso.com"),
                Category = "GroupManagement", Correlation = "bbbbbbbb-0000-4000-8000-000000000002", Result = "failure",
                Targets = [Bo, Sales], Details = [new { key = "By", value = "Adele" }] },
            new("Directory_cccccccc-0000-4000-8000-000000000004_X_4", "2026-10-04T08:00:00Z",
                "User requests access package assignment") { User = Zoe, Service = "Entitlement Management",
                Category = "EntitlementManagement", Correlation = "cccccccc-0000-4000-8000-000000000004" },
            new("Directory_cccccccc-0000-4000-8000-000000000005_X_5", "2026-10-05T08:00:00Z", "Update application") { User = Zoe,
                Category = "Application Management", Correlation = "cccccccc-0000-4000-8000-000000000005",
                Targets = [Event.Target("app", "Portal", "Application", null, Event.Modified("KeyDescription", "[]", "[\"k\"]"),
                    Event.Modified("AccountEnabled", null, "[true]"))] },
            new("6", "2026-10-06T08:00:00Z", "Add 100%_sure") { App = Sync, Targets = [Event.Target("e", "[EXT] Bo")] },
            new("7", "2026-10-07T08:00:00Z", "Activate role") { App = Sync, Service = "PIM", Category = "RoleManagement", Correlation = "123456789" });

        public Fixture() => Mirror.ImportText(Text);

        internal TestMirror Mirror { get; } = new();

        public void Dispose() => Mirror.Dispose();
    }
}
