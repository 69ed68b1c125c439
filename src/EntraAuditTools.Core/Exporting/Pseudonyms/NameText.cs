using System.Text.RegularExpressions;

namespace EntraAuditTools.Core.Exporting.Pseudonyms;

/// <summary>What of a name counts when it is looked for: its words and what is between them, in any casing.</summary>
internal static partial class NameText
{
    /// <summary>From the first letter or digit to the last; null when there is none.</summary>
    public static string? Core(string text)
    {
        var words = Words().Matches(text);
        return words.Count == 0 ? null : text[words[0].Index..(words[^1].Index + words[^1].Length)].ToLowerInvariant();
    }

    /// <summary>The words of a text.</summary>
    [GeneratedRegex(@"[\p{L}\p{M}\p{Nd}]+", RegexOptions.CultureInvariant)]
    public static partial Regex Words();
}
