using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Tests.Queries.Values;

/// <summary>What completes to which name.</summary>
public sealed class TypedTextTests
{
    [Theory]
    [InlineData("work", "Engineering workbench", 1)]
    [InlineData("eng", "Engineering workbench", 0)]
    [InlineData("gineer", "Engineering workbench", 2)]
    [InlineData("", "Anything", 0)]
    [InlineData("man", "EntitlementManagement", 1)]
    [InlineData("marsh", "olive.marsh@contoso.com", 1)]
    [InlineData("eng*bench", "Engineering workbench", 0)]
    [InlineData("[x]", "Team [x]", 2)]
    [InlineData("x", "Engineering", null)]
    [InlineData("a?c", "abc", null)]
    [InlineData("x", "", null)]
    [InlineData("x", null, null)]
    public void Ranks(string typed, string? name, int? expected) => Assert.Equal(expected, new TypedText(typed).Rank(name));

    [Fact]
    public void What_begins_so_comes_first_then_later_words_and_the_rest_only_where_neither_is()
    {
        string[] names = ["Network", "Draft workspace", "Workday", "Engineering workbench"];
        Assert.Equal(["Workday", "Draft workspace", "Engineering workbench"], new TypedText("work").Best(names));
        Assert.Equal(["Network"], new TypedText("etwork").Best(names));
        Assert.Equal(names, new TypedText(string.Empty).Best(names));
    }
}
