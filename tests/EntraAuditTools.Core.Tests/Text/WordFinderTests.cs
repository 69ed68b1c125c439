using System.Text;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Tests.Text;

/// <summary>Words are found wherever they stand, and nothing else is.</summary>
public sealed class WordFinderTests
{
    private static readonly string[] Words = ["Secret", "Sets", "Key-Id", "etric Key", "eek"];

    [Theory]
    [InlineData("", false)]
    [InlineData("secret", true)]
    [InlineData("…a SECRET.", true)]
    [InlineData("secrsecret", true)]
    [InlineData("ssssets", true)]
    [InlineData("secre t", false)]
    [InlineData("key-key-id", true)]
    [InlineData("ETRIC KEY", true)]
    [InlineData("etric kee", false)]
    [InlineData("etric keek", true)]
    [InlineData("\u017Fecret", false)]
    public void A_word_is_found_in_any_casing(string text, bool isThere)
    {
        var finder = new WordFinder(Words);
        Assert.Equal(isThere, finder.IsIn(Encoding.UTF8.GetBytes(text)));
        // Wherever it stands in a longer one.
        foreach (var length in new[] { 250, 253, 256, 1000 })
            Assert.Equal(isThere, finder.IsIn(Encoding.UTF8.GetBytes($"{new string('x', length)}{text}{new string('x', 300)}")));
    }

    [Theory]
    [InlineData(128)]
    [InlineData(131)]
    [InlineData(200)]
    [InlineData(1001)]
    public void A_word_is_found_at_every_place_of_a_long_text(int length)
    {
        var finder = new WordFinder(Words);
        foreach (var word in Words)
        {
            for (var at = 0; at <= length - word.Length; at++)
                Assert.True(finder.IsIn(Encoding.UTF8.GetBytes($"{new string('x', at)}{word}{new string('x', length - at - word.Length)}")), $"{word} at {at}");
        }

        Assert.False(finder.IsIn(Encoding.UTF8.GetBytes(new string('x', length))));
    }

    [Fact]
    public void It_says_what_a_plain_search_says()
    {
        var random = new Random(18);
        var finder = new WordFinder(Words);
        var found = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, 40).Select(_ => "secrtkySETKEYid- "[random.Next(17)])]);
            var expected = Words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
            if (expected) found++;
            Assert.Equal(expected, finder.IsIn(Encoding.UTF8.GetBytes(text)));
        }

        Assert.InRange(found, 10, 19_000);
    }
}
