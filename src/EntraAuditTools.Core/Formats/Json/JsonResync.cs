using System.Text.Json;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>Finds where the next record begins after one that is not JSON, so that one damaged record costs only itself.</summary>
internal static class JsonResync
{
    /// <summary>Deepest nesting that a record may have.</summary>
    public const int MaxDepth = 64;

    /// <summary>Where parsing breaks in the bytes given, and why; null when they are fine as far as they go.</summary>
    public static (int Position, string Reason)? FindBreak(ReadOnlySpan<byte> bytes, bool complete)
    {
        var reader = new Utf8JsonReader(bytes, complete, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));
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

    /// <summary>
    /// The first place after a break where a record seems to begin: an object whose first two properties have the names of the damaged
    /// record's (or of a good one's), or an object at the start of a line when the damaged one began a line too. -1 when there is none.
    /// </summary>
    public static int FindNextRecord(ReadOnlySpan<byte> bytes, int from, bool startsLine, (byte[] First, byte[] Second)? signature)
    {
        var own = ReadSignature(bytes);
        for (var at = Math.Max(from, 1); at < bytes.Length; at++)
        {
            var next = bytes[at..].IndexOf((byte)'{');
            if (next < 0) return -1;
            at += next;
            if (startsLine && bytes[at - 1] == (byte)'\n') return at;
            if (ReadSignature(bytes[at..]) is { } seen && (Same(seen, own) || Same(seen, signature))) return at;
        }

        return -1;
    }

    private static bool Same((byte[] First, byte[] Second) seen, (byte[] First, byte[] Second)? wanted) =>
        wanted is { } w && seen.First.AsSpan().SequenceEqual(w.First) && seen.Second.AsSpan().SequenceEqual(w.Second);

    /// <summary>Names of an object's first two properties; null when they can't be read.</summary>
    public static (byte[] First, byte[] Second)? ReadSignature(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName) return null;
            var first = reader.ValueSpan.ToArray();
            if (!reader.Read() || !reader.TrySkip()) return null;
            if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName) return null;
            return (first, reader.ValueSpan.ToArray());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A parser's complaint without its position, which is told apart.</summary>
    public static string Describe(JsonException e)
    {
        if (e.Message.Contains("maximum configured depth", StringComparison.Ordinal)) return $"nested more than {MaxDepth} deep";
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return $"not valid JSON: {(end > 0 ? e.Message[..end] : e.Message)}";
    }
}
