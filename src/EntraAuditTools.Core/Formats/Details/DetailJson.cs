using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Details;

/// <summary>
/// Reading what is shown of a record beyond its columns. Names are matched in any casing; what is missing or of another type is left out;
/// values that can hold key material are masked.
/// </summary>
internal static class DetailJson
{
    public static JsonDocument Parse(ReadOnlyMemory<byte> record) => RecordJson.ParseShown(record);

    /// <summary>A modified property.</summary>
    /// <param name="property">With <c>displayName</c>, <c>oldValue</c> and <c>newValue</c>.</param>
    /// <param name="showSecret">Show values that can hold key material.</param>
    public static ModifiedProperty Property(JsonElement property, bool showSecret)
    {
        var name = Text(property, "displayName") ?? string.Empty;
        var (before, after) = (Text(property, "oldValue"), Text(property, "newValue"));
        if (!showSecret && SecretMask.IsSecret(name) && !AreHarmless(name, before, after))
        {
            // Whether there was a value is no secret.
            before = string.IsNullOrEmpty(before) ? before : SecretMask.NoteFor(before);
            after = string.IsNullOrEmpty(after) ? after : SecretMask.NoteFor(after);
            return new ModifiedProperty { Name = name, OldValue = before, NewValue = after, RawOldValue = before, RawNewValue = after,
                Masked = true };
        }

        var isMasked = HasGone(before) || HasGone(after);
        if (!showSecret)
        {
            var inside = (SecretMask.MaskValue(before), SecretMask.MaskValue(after));
            isMasked |= inside != (before, after);
            (before, after) = inside;
        }

        return new ModifiedProperty
        {
            Name = name,
            Masked = isMasked,
            OldValue = TerminalText.Visible(WrappedValue.Unwrap(before)),
            NewValue = TerminalText.Visible(WrappedValue.Unwrap(after)),
            RawOldValue = before,
            RawNewValue = after,
        };
    }

    // Whether something in it is masked in the mirror itself.
    private static bool HasGone(string? value) => value?.Contains(SecretMask.Gone, StringComparison.Ordinal) == true;

    private static bool AreHarmless(string name, string? before, string? after) =>
        (string.IsNullOrEmpty(before) || SecretMask.IsHarmless(name, before))
            && (string.IsNullOrEmpty(after) || SecretMask.IsHarmless(name, after));

    public static AuditDetail Detail(JsonElement detail, bool showSecret)
    {
        var key = Text(detail, "key") ?? string.Empty;
        return new AuditDetail { Key = key, Value = Shown(key, Text(detail, "value"), showSecret) };
    }

    /// <summary>A detail's value: hidden where its key says so, and what is to be hidden within it.</summary>
    public static string? Shown(string key, string? value, bool showSecret)
    {
        if (showSecret || string.IsNullOrEmpty(value)) return value;
        return SecretMask.IsSecret(key) ? SecretMask.NoteFor(value) : SecretMask.MaskValue(value);
    }

    public static IEnumerable<JsonElement> Items(JsonElement record, string name)
    {
        var list = Find(record, name);
        return list.ValueKind switch
        {
            JsonValueKind.Array => list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object),
            JsonValueKind.Object => [list], // ConvertTo-Json of Windows PowerShell writes a list of one as its item.
            _ => [],
        };
    }

    public static string? Text(JsonElement record, string name) => Text(Find(record, name));

    /// <summary>The text of a value, of others than texts their JSON; null when there is none.</summary>
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => TerminalText.Visible(BrokenText.Read(value)),
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        _ => TerminalText.Visible(value.GetRawText()),
    };

    /// <summary>
    /// A property; what the Graph PowerShell SDK keeps under <c>AdditionalProperties</c>, since its types lack it, is one of the record.
    /// </summary>
    public static JsonElement Find(JsonElement record, string name)
    {
        for (var at = record; at.ValueKind == JsonValueKind.Object; at = at.FindAlsoNull("AdditionalProperties"))
        {
            if (at.FindAlsoNull(name) is { ValueKind: not JsonValueKind.Undefined } found) return found;
        }

        return default;
    }

    public static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
