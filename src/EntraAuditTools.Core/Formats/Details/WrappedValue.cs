using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Formats.Details;

/// <summary>Values of modified properties, which Entra writes as JSON text inside a string (FORMATS 0.7).</summary>
internal static class WrappedValue
{
    /// <summary>
    /// <c>"\"Member\""</c> is Member, <c>"[\"a\"]"</c> a, <c>"[true]"</c> true, <c>"[]"</c> and <c>"\"\""</c> the empty text;
    /// lists of several, objects and bare text stay as they are.
    /// </summary>
    public static string? Unwrap(string? raw)
    {
        if (raw is null || raw.AsSpan().Trim() is not ['"' or '[', ..]) return raw;
        // Bare text may begin with a quote or bracket too.
        using var document = EntraAuditTools.Core.Formats.Json.RecordJson.TryParse(raw);
        return document == null ? raw : Unwrap(document.RootElement) ?? raw;
    }

    private static string? Unwrap(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => BrokenText.Read(value),
        JsonValueKind.Array when value.GetArrayLength() == 0 => string.Empty,
        JsonValueKind.Array when value.GetArrayLength() == 1 => UnwrapOnly(value[0]),
        _ => null,
    };

    private static string? UnwrapOnly(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => BrokenText.Read(item),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => item.GetRawText(),
        _ => null,
    };
}
