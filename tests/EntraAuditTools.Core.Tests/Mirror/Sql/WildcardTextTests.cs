using System.Text.RegularExpressions;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Sql;

namespace EntraAuditTools.Core.Tests.Mirror.Sql;

/// <summary>
/// The danger: a pattern means something else than at every other place of PowerShell. The table is what <c>-like</c> answers, measured in
/// PowerShell 7.6.9; Wildcards.Tests.ps1 asks the engine under test the same. Beyond it, all 1,685,935 pairs of patterns of up to five and
/// texts of up to two characters of <c>aB*?[]-`</c> were compared once: they differ only where PowerShell's own translation into a regular
/// expression stumbles over a range up to a bracket (<c>[a-[]</c>), and in sets and texts with letters of which one has two capitals (ſ, ϐ,
/// K).
/// </summary>
public sealed class WildcardTextTests
{
    public static TheoryData<string, string, string> Table =>
        [.. Wildcards.Table.Select(row => new TheoryDataRow<string, string, string>(row.Pattern, row.Text, row.Like))];

    [Theory]
    [MemberData(nameof(Table))]
    public void A_pattern_means_what_it_means_in_PowerShell(string pattern, string text, string like)
    {
        if (like == "refused") Assert.Equal("InvalidWildcard", Assert.Throws<AuditToolException>(() => new WildcardText(pattern)).ErrorId);
        else Assert.Equal(like == "yes", new WildcardText(pattern).IsMatch(text));
    }

    /// <summary>A server compares with regular expressions.</summary>
    [Fact]
    public void As_a_regular_expression_a_pattern_means_the_same()
    {
        var rows = Wildcards.Table.Where(row => row.Like != "refused").ToList();
        Assert.True(rows.Count > 60);
        Assert.All(rows, row => Assert.Equal(row.Like == "yes", Regex.IsMatch(row.Text, new WildcardText(row.Pattern).ToRegex(),
            RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a`*b", "a*b")]
    [InlineData("a``b", "a`b")]
    [InlineData("`", "")]
    [InlineData("", "")]
    [InlineData("a*", null)]
    [InlineData("a?", null)]
    [InlineData("[a]", null)]
    public void A_pattern_without_wildcards_is_a_text(string pattern, string? literal) =>
        Assert.Equal(literal, new WildcardText(pattern).Literal);

    [Fact]
    public void Stars_in_any_arrangement_match_as_regular_expressions_do()
    {
        // Few letters, so that matches and near misses are frequent. Seeded: a failure repeats.
        var random = new Random(20261001);
        for (var i = 0; i < 20_000; i++)
        {
            var pattern = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => "aAbB*?%_*"[random.Next(9)]));
            var text = string.Concat(Enumerable.Range(0, random.Next(10)).Select(_ => "aAbB%_"[random.Next(6)]));
            var regex = string.Concat(pattern.Select(c => c switch { '*' => ".*", '?' => ".", _ => Regex.Escape(c.ToString()) }));
            var expected = Regex.IsMatch(text, $"^{regex}$", RegexOptions.IgnoreCase);
            Assert.True(expected == new WildcardText(pattern).IsMatch(text), $"'{pattern}' against '{text}' should be {expected}");
        }
    }

    [Fact]
    public void An_escaped_text_matches_itself_and_nothing_longer()
    {
        var random = new Random(20261002);
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => "a*?[]`-é"[random.Next(8)]));
            var pattern = new WildcardText(WildcardText.Escape(text));
            Assert.Equal(text, pattern.Literal);
            Assert.True(pattern.IsMatch(text));
            Assert.False(pattern.IsMatch(text + "x"));
        }
    }

    [Fact]
    public void A_pattern_of_many_stars_is_decided_quickly()
    {
        // 200 stars over 100,000 characters, of which the last does not fit: exponential where each star is tried again.
        var pattern = new WildcardText(string.Concat(Enumerable.Repeat("*a", 200)) + "b");
        Assert.False(pattern.IsMatch(new string('a', 100_000)));
    }
}
