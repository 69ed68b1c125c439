using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Tests.Formats.Json;

/// <summary>
/// The danger: pages are taken for all there is when a link was left or a filter asked for less, or a record is read as of another page's
/// kind. Source: FORMATS, "OData pages"; OData JSON format 4.01 §4.5.5 (nextLink: "the response is only a subset").
/// </summary>
public sealed class PageTests
{
    private const string Link = "\"@odata.nextLink\":\"https://graph.microsoft.com/v1.0/auditLogs/directoryAudits?$skiptoken=a\",";
    private const string Filtered = "\"@odata.nextLink\":\"https://graph.microsoft.com/v1.0/x?$filter=id eq '1'&$skiptoken=a\",";
    private const string Encoded = "\"@odata.nextLink\":\"https://graph.microsoft.com/v1.0/x?%24filter=id%20eq%20%271%27\",";

    /// <summary>
    /// What the pages are; the text; pages, of them with a link, whether the last has one, whether they are a chain, whether filtered.
    /// </summary>
    public static TheoryData<string, string, (long Count, long Linked, bool IsLastLinked, bool IsChain, bool IsFiltered)> Chains => new()
    {
        { "none", "[{\"a\":1}]", (0, 0, false, false, false) },
        { "one that is all", Page(), (1, 0, false, true, false) },
        { "one that goes on", Page(Link), (1, 1, true, true, false) },
        { "a chain to its end", Page(Link) + Page(Link) + Page(), (3, 2, false, true, false) },
        { "a chain that goes on", Page(Link) + Page(Link), (2, 2, true, true, false) },
        { "pages of which none goes on: no chain", Page() + Page(), (2, 0, false, false, false) },
        { "two chains", Page(Link) + Page() + Page(Link) + Page(), (4, 2, false, false, false) },
        { "a chain of a filter", Page(Filtered) + Page(), (2, 1, false, true, true) },
        { "a chain of a filter, its dollar encoded", Page(Encoded) + Page(), (2, 1, false, true, true) },
        { "the link behind the records", "{\"value\":[{\"a\":1}]," + Link[..^1] + "}", (1, 1, true, true, false) },
        { "a page cut within its records", Page(Link)[..^2], (1, 1, true, true, false) },
    };

    [Theory]
    [MemberData(nameof(Chains))]
    public void Pages_say_whether_they_are_all_there_is(string what, string text,
        (long Count, long Linked, bool IsLastLinked, bool IsChain, bool IsFiltered) expected)
    {
        foreach (var chunk in (ReadOnlySpan<int>)[1, 64 * 1024])
        {
            var pages = Pieces.Of(text, chunk).Pages;
            Assert.True(expected == (pages.Count, pages.Linked, pages.IsLastLinked, pages.IsChain, pages.IsFiltered), what);
        }
    }

    [Fact]
    public void A_record_has_the_context_of_its_own_page_only()
    {
        const string Text = """
            {"a":0}
            {"@odata.context":"users","value":[{"a":1},{"a":2}]}
            {"value":[{"a":3}]}
            {"@odata.context":"groups","value":[{"a":4}]}
            {"a":5}
            """;
        Assert.Equal([null, "users", "users", null, "groups", null], Pieces.Of(Text).All.Select(piece => piece.Context));
    }

    [Theory]
    [InlineData("users", "users", true)]
    [InlineData("USERS", "Users", true)]
    [InlineData("users", "groups", false)]
    [InlineData("users", null, false)]
    public void Pages_are_all_of_one_thing_only_when_each_says_so(string first, string? second, bool expected)
    {
        var other = second == null ? "{\"value\":[{\"a\":1}]}" : $"{{\"@odata.context\":\"https://x/$metadata#{second}\",\"value\":[]}}";
        var pages = Pieces.Of($"{{\"@odata.context\":\"https://x/$metadata#{first}\",\"value\":[]}}\n{other}").Pages;
        Assert.Equal(expected, pages.AreAllOf("#users"));
    }

    [Fact]
    public void Very_many_contexts_are_of_several_things()
    {
        var text = Enumerable.Range(0, 100).Select(i => $"{{\"@odata.context\":\"#users{i}\",\"value\":[]}}");
        var pages = Pieces.Of(string.Concat(text)).Pages;
        Assert.Equal(100, pages.Count);
        Assert.False(pages.AreAllOf("#users"));
    }

    private static string Page(string link = "") => $"{{\"@odata.context\":\"c\",{link}\"value\":[{{\"a\":1}}]}}";
}
