using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Formats.Wrappers;

/// <summary>Records that are text: JSON text, JSON text in a JSON text, Base64 of one, or one behind the head of a syslog line.</summary>
internal static class RecordText
{
    private const int MaxHead = 512;

    /// <summary>The JSON in a text; null when there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isNamed">Whether it is where records are: then it is examined more closely.</param>
    public static JsonDocument? Parse(string text, bool isNamed)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length < 2) return null;
        if (trimmed[0] is '{' or '[') return TryParse(trimmed);
        if (!isNamed) return null;
        if (trimmed[0] == '"') return TryParse(trimmed) is { } quoted ? quoted : null;
        if (IsBase64(trimmed)) return FromBase64(trimmed);
        // The head of a syslog line, or a shipper's own.
        var begin = trimmed.IndexOf("{\"", StringComparison.Ordinal);
        if (begin is < 0 or > MaxHead || trimmed[^1] != '}') return null;
        return TryParse(trimmed[begin..]);
    }

    /// <summary>
    /// Whether a text is what PowerShell makes of objects and lists beyond its depth: <c>@{…}</c>, <c>System.Object[]</c>.
    /// </summary>
    public static bool IsCut(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && JsonCells.AsText(value) is { } text
        && (text.StartsWith("@{", StringComparison.Ordinal) || text.StartsWith("System.Object", StringComparison.Ordinal)
            || text.StartsWith("System.Collections.", StringComparison.Ordinal)
            || text.StartsWith("Microsoft.Graph.", StringComparison.Ordinal));

    private static bool IsBase64(ReadOnlySpan<char> text) =>
        text.Length >= 16 && (text.StartsWith("ey", StringComparison.Ordinal) || text.StartsWith("ew", StringComparison.Ordinal)
            || text.StartsWith("W3", StringComparison.Ordinal))
        && text.IndexOfAnyExceptInRange('+', 'z') < 0;

    private static JsonDocument? FromBase64(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64Chars(text, bytes, out var written) ? TryParse(bytes.AsMemory(0, written)) : null;
    }

    private static JsonDocument? TryParse(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        return TryParse(bytes.AsMemory(0, Encoding.UTF8.GetBytes(text, bytes)));
    }

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> json) =>
        System.Text.Unicode.Utf8.IsValid(json.Span) ? RecordJson.TryParse(json) : null;
}
