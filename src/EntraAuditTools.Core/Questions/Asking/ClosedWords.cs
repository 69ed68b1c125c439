using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Questions.Asking;

/// <summary>
/// Values of a list of our own words: a word that is none of them would answer with nothing, so it is refused, with the nearest. Wildcards
/// are allowed where one of the words matches; All means any, as in the portal's filters.
/// </summary>
internal static class ClosedWords
{
    /// <summary>What is wrong with a value, as a sentence; null when nothing is.</summary>
    public static string? Problem(string text, IEnumerable<string> words)
    {
        if (AnyValue.Unless([text]) is null || words.Any(word => new WildcardText(text).IsMatch(word))) return null;
        var near = NearestWords.Of(text, words);
        var advice = near.Count > 0 ? $" Nearest: {string.Join(", ", near)}." : string.Empty;
        return $"'{TerminalText.Line(text)}' is none of {string.Join(", ", words)}.{advice}";
    }
}
