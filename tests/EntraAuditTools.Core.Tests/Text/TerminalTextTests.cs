using System.Text.RegularExpressions;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Tests.Text;

/// <summary>What others wrote acts on no terminal, and looks like nothing that it is not.</summary>
public sealed partial class TerminalTextTests
{
    public static TheoryData<string, string, string> Dangers => new()
    {
        { "ESC", "a\u001b[31mb", "a␛[31mb" },
        { "OSC that ends with BEL", "a\u001b]0;title\ab", "a␛]0;title␇b" },
        { "NUL and backspace", "a\0\bb", "a␀␈b" },
        { "DEL", "a\u007fb", "a␡b" },
        { "C1's CSI", "a\u009b31mb", "a\ufffd31mb" },
        { "right-to-left override", "invoice\u202efdp.exe", "invoice\ufffdfdp.exe" },
        { "isolates", "a\u2066b\u2069c", "a\ufffdb\ufffdc" },
        { "marks of direction", "a\u200eb\u200fc\u061cd", "a\ufffdb\ufffdc\ufffdd" },
        { "zero-width space", "ad\u200bmin", "ad\ufffdmin" },
        { "joiners between letters of English", "ad\u200dm\u200cin", "ad\ufffdm\ufffdin" },
        { "joiners between letters of Europe", "é\u200dé\u200cя\u200dя", "é\ufffdé\ufffdя\ufffdя" },
        { "joiners in a row, which can spell a hidden text", "م\u200c\u200d\u200cم", "م\ufffd\ufffd\ufffdم" },
        { "word joiner and byte-order mark", "a\u2060b\ufeffc", "a\ufffdb\ufffdc" },
        { "soft hyphen", "ad\u00admin", "ad\ufffdmin" },
        { "tags", "a\U000E0041\U000E0042b", "a\ufffd\ufffdb" },
        { "selectors that carry a text", "a\U000E0101b", "a\ufffdb" },
        { "fillers", "a\u3164b\u115fc", "a\ufffdb\ufffdc" },
        { "half a surrogate", "a\ud800b", "a\ufffdb" },
        { "line and paragraph separator", "a\u2028\u2029b", "a\ufffd\ufffdb" },
    };

    [Theory]
    [MemberData(nameof(Dangers))]
    public void What_is_not_to_be_seen_is_made_visible(string what, string text, string visible)
    {
        Assert.True(visible == TerminalText.Visible(text), what);
        Assert.Equal(what.StartsWith("line and", StringComparison.Ordinal) ? "a b" : visible, TerminalText.Line(text));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("Grüße, 日本語, العربية, हिन्दी")]
    [InlineData("👩\u200d💻 of می\u200cخواهم")]
    [InlineData("❤\ufe0f")]
    public void What_people_write_stays(string text)
    {
        Assert.Same(text, TerminalText.Visible(text));
        Assert.Same(text, TerminalText.Line(text));
    }

    [Fact]
    public void Lines_stay_lines_unless_one_is_asked_for()
    {
        Assert.Equal("a\r\n\tb", TerminalText.Visible("a\r\n\tb"));
        Assert.Equal("a b", TerminalText.Line("a\r\n\tb"));
        Assert.Equal(string.Empty, TerminalText.Line(null));
        Assert.Null(TerminalText.Visible(null));
    }

    /// <summary>
    /// Views, warnings, errors, progress and the command line must agree on what may reach a terminal: three of them once had sets of their
    /// own. So no other file of <c>src</c> sorts characters into seen and unseen ones.
    /// </summary>
    [Fact]
    public void One_place_decides_which_characters_are_unseen()
    {
        var others = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => Classification().IsMatch(File.ReadAllText(file)))
            .Select(Path.GetFileName).Order(StringComparer.Ordinal);
        // A description leaves control characters out before it is made visible; a formula can begin behind them.
        Assert.Equal(["ContentDescription.cs", "FormulaText.cs", "TerminalText.cs"], others);
    }

    [GeneratedRegex(@"IsControl\(|UnicodeCategory\.(Control|Format)|IsAscii(Printable|Control)|\\u202[a-e]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Classification();
}
