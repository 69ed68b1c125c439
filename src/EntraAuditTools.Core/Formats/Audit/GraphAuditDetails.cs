using System.Text.Json;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// Reads what is shown of an audit record beyond its columns from a Graph <c>directoryAudit</c> (FORMATS 1.1), the shape that
/// <see cref="AuditNormalizer"/> gives every record. Names are matched in any casing; what is missing or of another type is left out.
/// </summary>
internal static class GraphAuditDetails
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Json.JsonResync.MaxDepth };

    /// <summary>Reads the details.</summary>
    /// <param name="graph">The record as a Graph <c>directoryAudit</c>.</param>
    /// <param name="showSecret">Show values that can hold key material.</param>
    public static AuditActivityDetails Read(ReadOnlyMemory<byte> graph, bool showSecret)
    {
        using var document = JsonDocument.Parse(graph, Options);
        var record = document.RootElement;
        return new AuditActivityDetails
        {
            ResultReason = NullIfEmpty(Text(record, "resultReason")),
            UserAgent = NullIfEmpty(Text(record, "userAgent")),
            Targets = new([.. Items(record, "targetResources").Select(target => Target(target, showSecret))]),
            AdditionalDetails = new([.. Items(record, "additionalDetails").Select(detail => Detail(detail, showSecret))]),
        };
    }

    private static AuditTarget Target(JsonElement target, bool showSecret) => new()
    {
        Type = NullIfEmpty(Text(target, "type")),
        Id = NullIfEmpty(Text(target, "id")),
        DisplayName = NullIfEmpty(Text(target, "displayName")),
        UserPrincipalName = NullIfEmpty(Text(target, "userPrincipalName")),
        ModifiedProperties = new([.. Items(target, "modifiedProperties").Select(property => Property(property, showSecret))]),
    };

    private static ModifiedProperty Property(JsonElement property, bool showSecret)
    {
        var name = Text(property, "displayName") ?? string.Empty;
        var (before, after) = (Text(property, "oldValue"), Text(property, "newValue"));
        if (!showSecret && SecretMask.IsSecret(name))
        {
            // Whether there was a value is no secret.
            before = string.IsNullOrEmpty(before) ? before : SecretMask.Note;
            after = string.IsNullOrEmpty(after) ? after : SecretMask.Note;
            return new ModifiedProperty { Name = name, OldValue = before, NewValue = after, RawOldValue = before, RawNewValue = after, Masked = true };
        }

        return new ModifiedProperty
        {
            Name = name,
            OldValue = TextSanitizer.Clean(WrappedValue.Unwrap(before)),
            NewValue = TextSanitizer.Clean(WrappedValue.Unwrap(after)),
            RawOldValue = before,
            RawNewValue = after,
        };
    }

    private static AuditDetail Detail(JsonElement detail, bool showSecret)
    {
        var key = Text(detail, "key") ?? string.Empty;
        var value = Text(detail, "value");
        return new AuditDetail { Key = key, Value = !showSecret && !string.IsNullOrEmpty(value) && SecretMask.IsSecret(key) ? SecretMask.Note : value };
    }

    private static IEnumerable<JsonElement> Items(JsonElement record, string name)
    {
        var list = Property(record, name);
        return list.ValueKind switch
        {
            JsonValueKind.Array => list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object),
            JsonValueKind.Object => [list], // ConvertTo-Json of Windows PowerShell writes a list of one as its item.
            _ => [],
        };
    }

    private static string? Text(JsonElement record, string name)
    {
        var value = Property(record, name);
        return value.ValueKind switch
        {
            JsonValueKind.String => TextSanitizer.Clean(Decode(value)),
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            _ => TextSanitizer.Clean(value.GetRawText()),
        };
    }

    private static string? Decode(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return text.GetRawText().Trim('"'); // Half a surrogate pair is no text: show the escapes.
        }
    }

    private static JsonElement Property(JsonElement record, string name)
    {
        if (record.ValueKind != JsonValueKind.Object) return default;
        if (record.TryGetProperty(name, out var exact)) return exact;
        JsonElement folded = default;
        foreach (var property in record.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return property.Value;
            // The Graph PowerShell SDK keeps here what its types do not declare.
            if (property.Name.Equals("AdditionalProperties", StringComparison.OrdinalIgnoreCase)) folded = property.Value;
        }

        return Property(folded, name);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
