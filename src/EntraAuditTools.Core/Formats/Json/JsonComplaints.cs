using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>
/// What is wrong with a JSON text, in words for people: the parser's own messages speak of tokens, payloads and reader options. They are
/// known by their English text, since the parser gives nothing else; one that is not known here becomes "not valid JSON".
/// </summary>
internal static class JsonComplaints
{
    private const string NotJson = "not valid JSON";

    // In the order in which they are looked for. {0} is the character that the parser stopped at.
    private static readonly (string Contains, string Words)[] Known =
    [
        ("JSON object contains a trailing comma", "a trailing comma behind the last property of an object"),
        ("JSON array contains a trailing comma", "a trailing comma behind the last item of a list"),
        ("Expected end of string", "it ends within a string"),
        ("Expected end of comment", "it ends within a comment"),
        ("Expected depth to be zero", "it ends before its brackets are closed"),
        ("reached end of data", "it ends in the middle"),
        ("does not contain any JSON tokens", "there is nothing in it"),
        ("'0x0A' is invalid within a JSON string", "a line feed within a string (a quote may be missing)"),
        ("'0x0D' is invalid within a JSON string", "a line feed within a string (a quote may be missing)"),
        ("is invalid within a JSON string", "the control character {0} within a string"),
        ("is an invalid escapable character", "a backslash before {0} within a string"),
        ("is not a hex digit", "\\u within a string, and {0} among its four digits"),
        ("is invalid after a value", "{0} behind a value, where a comma or the end of its list or object should be"),
        ("is an invalid start of a value", "{0} where a value should begin"),
        ("is an invalid start of a property name", "{0} where a property's name should begin"),
        ("is invalid after a property name", "{0} behind a property's name, where a colon should be"),
        ("is an invalid JSON literal", "a word that is none of true, false and null"),
        ("is invalid without a matching open", "{0}, which closes nothing"),
        ("is invalid after a single JSON value", "{0} behind its end"),
        ("of a number", "{0} at the end of a number"),
        ("within a number", "{0} within a number"),
        ("leading zero", "a number that begins with zero"),
    ];

    /// <summary>The parser's complaint in our words.</summary>
    public static string Describe(string complaint)
    {
        if (complaint.Contains("maximum configured depth", StringComparison.Ordinal)) return JsonResync.TooDeep;
        foreach (var (contains, words) in Known)
        {
            if (complaint.Contains(contains, StringComparison.Ordinal))
                return $"{NotJson}: {words.Replace("{0}", Culprit(complaint), StringComparison.Ordinal)}";
        }

        return NotJson;
    }

    /// <summary>The character that a complaint begins with, in quotes; a control character or a byte by its number.</summary>
    private static string Culprit(string complaint)
    {
        var end = complaint.IndexOf("' is ", StringComparison.Ordinal);
        if (complaint is not ['\'', ..] || end < 2) return "something";
        var seen = complaint[1..end];
        return seen is ['0', 'x', ..] ? seen : TerminalText.Line($"'{seen}'");
    }
}
