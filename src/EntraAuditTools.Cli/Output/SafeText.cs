using System.Text;

namespace EntraAuditTools.Cli.Output;

/// <summary>
/// Text from a log is written by others. Core makes its control characters visible; a table and a message also need it on one line,
/// without marks that turn the direction of reading.
/// </summary>
internal static class SafeText
{
    /// <summary>The text on one line: breaks and tabs become blanks, other control characters and marks of direction the replacement character.</summary>
    public static string OneLine(string? text)
    {
        if (string.IsNullOrEmpty(text)) return string.Empty;
        if (!text.Any(character => char.IsControl(character) || IsMark(character))) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character is '\n' or '\r' or '\t') clean.Append(' ');
            else clean.Append(char.IsControl(character) || IsMark(character) ? '\uFFFD' : character);
        }

        return clean.ToString();
    }

    private static bool IsMark(char character) => character is (>= '\u200e' and <= '\u200f') or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
