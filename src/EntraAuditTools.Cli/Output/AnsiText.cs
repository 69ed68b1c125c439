using System.Text.RegularExpressions;

namespace EntraAuditTools.Cli.Output;

/// <summary>Text of our own with colours in it: what it measures and where it breaks. What others wrote has no escapes.</summary>
internal static partial class AnsiText
{
    /// <summary>Ends a colour.</summary>
    public const string Reset = "\u001b[0m";

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colour();

    /// <summary>How many characters are seen.</summary>
    public static int Length(string text) => text.Contains('\u001b', StringComparison.Ordinal) ? Plain(text).Length : text.Length;

    /// <summary>The text without colours.</summary>
    public static string Plain(string text) =>
        text.Contains('\u001b', StringComparison.Ordinal) ? Colour().Replace(text, string.Empty) : text;

    /// <summary>The lines of a plain text, broken at blanks, or within words that are too long.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var rest = text;
        while (rest.Length > width)
        {
            var at = rest.LastIndexOf(' ', width);
            var isBlank = at > 0;
            if (!isBlank) at = width > 1 && char.IsHighSurrogate(rest[width - 1]) ? width - 1 : width;
            yield return rest[..at];
            rest = rest[(isBlank ? at + 1 : at)..];
        }

        if (rest.Length > 0) yield return rest;
    }
}
