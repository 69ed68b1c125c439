using System.Text.Json;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>
/// What Windows PowerShell's <c>ConvertTo-Json</c> makes of a value that carries properties of PowerShell's own: a list becomes
/// <c>{"value":[…],"Count":2}</c>, a date <c>{"value":"\/Date(…)\/","DisplayHint":2,"DateTime":"…"}</c>, a text that Get-Content or
/// remoting delivered <c>{"value":"…","PSPath":"…","ReadCount":1}</c>. At every level, in every record: only this class unwraps it, and
/// everything that reads values calls it where an object is in place of something else.
/// </summary>
internal static class PowerShellValue
{
    /// <summary>What PowerShell adds to values, besides <c>value</c> itself.</summary>
    private static readonly byte[][] Notes =
    [
        .. new[]
        {
            "Count", "DateTime", "DisplayHint", "PSPath", "PSParentPath", "PSChildName", "PSDrive", "PSProvider", "ReadCount", "Length",
            "LongLength", "Rank", "SyncRoot", "IsReadOnly", "IsFixedSize", "IsSynchronized", "PSComputerName", "RunspaceId",
            "PSShowComputerName", "PSSourceJobInstanceId",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    /// <summary>The value inside; the value itself when it is none of these.</summary>
    public static JsonElement Unwrap(JsonElement value)
    {
        for (var depth = 0; depth < 4 && value.ValueKind == JsonValueKind.Object && Inner(value) is { } inner; depth++) value = inner;
        return value;
    }

    /// <summary>Whether the object at a reader is one of these; <paramref name="inner"/> is then at the value inside.</summary>
    /// <param name="reader">A reader at the start of an object, of a text that is complete.</param>
    /// <param name="inner">A reader at the value.</param>
    public static bool TryOpen(in Utf8JsonReader reader, out Utf8JsonReader inner)
    {
        var ahead = reader;
        inner = default;
        var (found, noted, counted) = (false, false, false);
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            if (Utf8.Is(ahead.ValueSpan, "value"u8))
            {
                ahead.Read();
                inner = ahead;
                found = true;
            }
            else if (IsNote(ahead.ValueSpan))
            {
                counted |= Utf8.Is(ahead.ValueSpan, "Count"u8);
                noted = true;
                ahead.Read();
            }
            else
            {
                return false;
            }

            ahead.Skip();
        }

        return found && noted && (inner.TokenType == JsonTokenType.StartArray ? counted : inner.TokenType is JsonTokenType.String
            or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False);
    }

    private static JsonElement? Inner(JsonElement value)
    {
        JsonElement inner = default;
        var (noted, counted) = (false, false);
        try
        {
            // Nearly every object ends here: it has no such property.
            if (!value.TryGetProperty("value"u8, out _) && !value.TryGetProperty("Value"u8, out _)) return null;
            foreach (var property in value.EnumerateObject())
            {
                if (property.NameEquals("value"u8) || property.NameEquals("Value"u8)) inner = property.Value;
                else if (IsNote(property))
                    (noted, counted) = (true, counted || property.NameEquals("Count"u8) || property.NameEquals("count"u8));
                else return null;
            }
        }
        catch (InvalidOperationException)
        {
            return null; // Half a surrogate pair in a name: none of PowerShell's.
        }

        return !noted ? null : inner.ValueKind switch
        {
            JsonValueKind.Array => counted ? inner : null,
            JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => inner,
            _ => null,
        };
    }

    private static bool IsNote(in JsonProperty property)
    {
        foreach (var note in Notes)
        {
            if (property.NameEquals(note)) return true;
        }

        return property.NameEquals("count"u8);
    }

    private static bool IsNote(ReadOnlySpan<byte> name)
    {
        foreach (var note in Notes)
        {
            if (name.Length == note.Length && System.Text.Ascii.EqualsIgnoreCase(name, note)) return true;
        }

        return false;
    }
}
