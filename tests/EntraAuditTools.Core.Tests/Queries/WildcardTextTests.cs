using System.Text.RegularExpressions;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Sql;

namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>PowerShell's wildcards, without PowerShell.</summary>
public sealed class WildcardTextTests
{
    [Theory]
    [InlineData("add*", "Add user", true)]
    [InlineData("*", "", true)]
    [InlineData("?", "", false)]
    [InlineData("a?c", "ABC", true)]
    [InlineData("[a-c]x", "Bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[]]x", "]x", true)]
    [InlineData("[a`-c]", "-", true)]
    [InlineData("[a`-c]", "b", false)]
    [InlineData("[-a]", "-", true)]
    [InlineData("100`*", "100*", true)]
    [InlineData("100`*", "1000", false)]
    [InlineData("a``b", "a`b", true)]
    [InlineData("ÄÖ*", "äöü", true)]
    [InlineData("Δ?", "δώ", true)]
    [InlineData("*a*b*c", "xxaxxbxxc", true)]
    [InlineData("*a*b*c", "xxaxxbxx", false)]
    [InlineData("a]", "A]", true)]
    [InlineData("end`", "end`", true)]
    public void Matches_as_PowerShell_does(string pattern, string text, bool expected) => Assert.Equal(expected, new WildcardText(pattern).IsMatch(text));

    [Theory]
    [InlineData("[abc")]
    [InlineData("x[")]
    [InlineData("[z-a]")]
    public void Refuses_what_PowerShell_refuses(string pattern) =>
        Assert.Equal("InvalidWildcard", Assert.Throws<AuditToolException>(() => new WildcardText(pattern)).ErrorId);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a`*b", "a*b")]
    [InlineData("a*", null)]
    [InlineData("[a]", null)]
    public void Knows_what_is_literal(string pattern, string? literal) => Assert.Equal(literal, new WildcardText(pattern).Literal);

    [Fact]
    public void Agrees_with_a_regular_expression_on_random_patterns()
    {
        // Few letters, so that matches and near misses are frequent. Seeded: a failure repeats.
        var random = new Random(20261001);
        for (var i = 0; i < 20_000; i++)
        {
            var pattern = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => "aAbB*?%_*"[random.Next(9)]));
            var text = string.Concat(Enumerable.Range(0, random.Next(10)).Select(_ => "aAbB%_"[random.Next(6)]));
            var expected = Regex.IsMatch(text, "^"
                + string.Concat(pattern.Select(c => c switch { '*' => ".*", '?' => ".", _ => Regex.Escape(c.ToString()) })) + "$", RegexOptions.IgnoreCase);
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
}
