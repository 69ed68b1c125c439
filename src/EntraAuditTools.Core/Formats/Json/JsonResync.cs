using System.Text.Json;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>Finds where a JSON text breaks, and says so in words.</summary>
internal static class JsonResync
{
    /// <summary>Deepest nesting that a record may have.</summary>
    public const int MaxDepth = 64;

    /// <summary>The reason for a record that is nested too deep.</summary>
    public static readonly string TooDeep = $"nested more than {MaxDepth} deep";

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
            return (BeforeBrace(bytes, (int)reader.BytesConsumed), Describe(e));
        }
    }

    /// <summary>
    /// A string whose quote is missing ends with the first quote of the next record, <c>…,{"</c>, and it is behind that one that parsing
    /// breaks: the break is at the brace.
    /// </summary>
    private static int BeforeBrace(ReadOnlySpan<byte> bytes, int position)
    {
        if (position < 3 || bytes[position - 1] != (byte)'"') return position;
        var text = bytes[..(position - 1)].TrimEnd(" \t"u8);
        return text.Length > 1 && text[^1] == (byte)'{' ? text.Length - 1 : position;
    }

    /// <summary>A parser's complaint in words, without its position, which is reported separately.</summary>
    public static string Describe(JsonException e) => JsonComplaints.Describe(e.Message);
}
