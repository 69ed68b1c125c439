using System.Text.Json;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>Finds where a JSON text breaks, and says so in words.</summary>
internal static class JsonResync
{
    /// <summary>Deepest nesting that a record may have.</summary>
    public const int MaxDepth = 64;

    /// <summary>What is said of a record that is nested too deep.</summary>
    public static readonly string TooDeep = $"nested more than {MaxDepth} deep";

    // The parser's own words for these speak of reader options and payloads.
    private static readonly (string Contains, string Words)[] Complaints =
    [
        ("JSON object contains a trailing comma", "a trailing comma behind the last property of an object"),
        ("JSON array contains a trailing comma", "a trailing comma behind the last item of a list"),
        ("Expected end of string", "it ends within a string"),
        ("Expected depth to be zero", "it ends before its brackets are closed"),
        ("'0x0A' is invalid within a JSON string", "a line feed within a string (a quote may be missing)"),
        ("'0x0D' is invalid within a JSON string", "a line feed within a string (a quote may be missing)"),
    ];

    /// <summary>A reader of the bytes given.</summary>
    public static Utf8JsonReader Reader(ReadOnlySpan<byte> bytes, bool isFinal) =>
        new(bytes, isFinal, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));

    /// <summary>Where parsing breaks in the bytes given, and why; null when they are fine as far as they go.</summary>
    public static (int Position, string Reason)? FindBreak(ReadOnlySpan<byte> bytes, bool complete)
    {
        var reader = Reader(bytes, complete);
        try
        {
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException e)
        {
            return ((int)reader.BytesConsumed, Describe(e));
        }
    }

    /// <summary>A parser's complaint in words, without its position, which is told apart.</summary>
    public static string Describe(JsonException e)
    {
        if (e.Message.Contains("maximum configured depth", StringComparison.Ordinal)) return TooDeep;
        foreach (var (contains, words) in Complaints)
        {
            if (e.Message.Contains(contains, StringComparison.Ordinal)) return $"not valid JSON: {words}";
        }

        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return $"not valid JSON: {(end > 0 ? e.Message[..end] : e.Message)}";
    }
}
