using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;

namespace EntraAuditTools.Core.Formats.Audit.Changes;

/// <summary>The values in which two JSON texts differ, each with the path to it.</summary>
internal static class JsonDifference
{
    private const int MaxLetters = 256 * 1024;
    private const int MaxDepth = 32;

    // Times of the change itself, which are another at every change.
    private static readonly HashSet<string> Incidental =
        new(StringComparer.OrdinalIgnoreCase) { "modifiedDateTime", "createdDateTime", "lastModifiedDateTime", "id", "@odata.type",
            "@odata.context" };

    /// <summary>What differs; null when neither is a JSON object or list, or they are too large to compare.</summary>
    /// <param name="old">The text before; empty for none.</param>
    /// <param name="now">The text after; empty for none.</param>
    public static List<(string Path, string? Old, string? New)>? Of(string old, string now)
    {
        if (old.Length > MaxLetters || now.Length > MaxLetters || (!LooksLikeJson(old) && !LooksLikeJson(now))) return null;
        using var before = Parse(old);
        using var after = Parse(now);
        if ((before == null && !IsNothing(old)) || (after == null && !IsNothing(now)) || (before == null && after == null)) return null;
        var found = new List<(string, string?, string?)>();
        Compare(string.Empty, before?.RootElement, after?.RootElement, found, 0);
        return found;
    }

    private static bool LooksLikeJson(string text) => text.AsSpan().TrimStart() is ['{' or '[', ..];

    private static bool IsNothing(string text) => text is "" or "[]" or "{}" or "null" or "\"\"";

    private static JsonDocument? Parse(string text) => LooksLikeJson(text) ? RecordJson.TryParse(text) : null;

    private static void Compare(string path, JsonElement? old, JsonElement? now, List<(string Path, string? Old, string? New)> found,
        int depth)
    {
        var (before, after) = (Known(old), Known(now));
        if (before is null && after is null) return;
        if (depth < MaxDepth && (before ?? after)!.Value.ValueKind == JsonValueKind.Object
            && (after ?? before)!.Value.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in Names(before).Union(Names(after), StringComparer.Ordinal))
            {
                if (Incidental.Contains(name)) continue;
                Compare(path.Length == 0 ? name : $"{path}.{name}", Property(before, name), Property(after, name), found, depth + 1);
            }

            return;
        }

        var (a, b) = (Text(before), Text(after));
        if (a != b) found.Add((Short(path), a, b));
    }

    /// <summary>Null and empty lists are nothing: a policy names a dozen conditions that it does not have.</summary>
    private static JsonElement? Known(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() == 0 => null,
        _ => value,
    };

    private static IEnumerable<string> Names(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Object } some ? some.EnumerateObject().Select(property => property.Name) : [];

    private static JsonElement? Property(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } some && some.TryGetProperty(name, out var found) ? found : null;

    private static string? Text(JsonElement? value) => value switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => BrokenText.Read(text),
        { ValueKind: JsonValueKind.Array } list => string.Join(", ", list.EnumerateArray().Select(item => Text(item))),
        { } other => other.GetRawText(),
    };

    // grantControls.builtInControls: the last name is the list that the first one is about.
    private static string Short(string path) =>
        path.EndsWith(".builtInControls", StringComparison.Ordinal) ? path[..path.LastIndexOf('.')] : path;
}
