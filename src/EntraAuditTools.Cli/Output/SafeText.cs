using System.Text;

namespace EntraAuditTools.Cli.Output;

/// <summary>
/// Text from a log is written by others and can hold anything: escape sequences that move the cursor or set the
/// window's title, marks that turn the direction of reading. On its way to a terminal those become visible.
/// </summary>
internal static class SafeText
{
    /// <summary>The text on one line: breaks and tabs become blanks, other control characters the replacement character.</summary>
    public static string OneLine(string? text) => Clean(text, keepBreaks: false);

    /// <summary>The text with its line breaks and tabs, without other control characters.</summary>
    public static string Lines(string? text) => Clean(text, keepBreaks: true);

    private static string Clean(string? text, bool keepBreaks)
    {
        if (string.IsNullOrEmpty(text)) return string.Empty;
        if (!text.AsSpan().ContainsAnyInRange('\0', '\x1f') && !text.Any(IsUnsafe)) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character is '\n' or '\r' or '\t') clean.Append(keepBreaks ? character : ' ');
            else clean.Append(IsUnsafe(character) ? '\uFFFD' : character);
        }

        return clean.ToString();
    }

    private static bool IsUnsafe(char character) =>
        char.IsControl(character) || character is (>= '\u200e' and <= '\u200f') or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
