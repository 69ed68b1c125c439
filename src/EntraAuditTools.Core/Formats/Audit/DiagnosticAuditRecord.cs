using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// An Azure Monitor envelope around an audit record, whose <c>properties</c> may be JSON text, as are some objects in them.
/// </summary>
internal static class DiagnosticAuditRecord
{
    /// <summary>What is taken from the envelope when the record has none of these or nothing in them.</summary>
    private static readonly (string Envelope, string[] Record)[] Fallbacks =
    [
        ("operationName", ["activityDisplayName", "operationName"]), ("time", ["activityDateTime", "time"]),
        ("correlationId", ["correlationId"]), ("tenantId", ["tenantId"]),
        ("resourceId", ["tenantId", "resourceId"]), ("resultType", ["result", "resultType"]),
            ("resultSignature", ["result", "resultSignature"]),
        ("resultDescription", ["resultReason", "resultDescription"]), ("callerIpAddress", ["callerIpAddress"]), ("identity", ["identity"]),
        ("category", ["category"]), ("operationType", ["operationType"]), ("loggedByService", ["loggedByService"]),
            ("userAgent", ["userAgent"]),
    ];

    /// <summary>The object in an envelope's properties, which are an object or its text.</summary>
    /// <returns>What holds it, for disposal (null where the envelope itself does), and the object; undefined when there is none.</returns>
    public static (JsonDocument? Owner, JsonElement Properties) PropertiesOf(JsonElement envelope)
    {
        var properties = envelope.Find("properties");
        if (properties.ValueKind == JsonValueKind.Object) return (null, properties);
        if (properties.ValueKind != JsonValueKind.String || JsonCells.AsText(properties) is not { } text || text.AsSpan()
            .TrimStart() is not ['{', ..]) return default;
        var owner = RecordJson.Parse(Encoding.UTF8.GetBytes(text));
        return (owner, owner.RootElement);
    }

    /// <summary>Writes the record, with what only the envelope contains.</summary>
    /// <exception cref="RecordException">It has no record in it.</exception>
    public static void Write(JsonElement envelope, Utf8JsonWriter writer)
    {
        var (owner, properties) = PropertiesOf(envelope);
        using (owner)
        {
            if (properties.ValueKind != JsonValueKind.Object) throw new RecordException("the envelope has no properties");
            writer.WriteStartObject();
            foreach (var property in properties.EnumerateObject())
            {
                if (property.Value.ValueKind == JsonValueKind.String && IsNested(property.Name))
                    writer.WriteNested(property.Name, property.Value);
                else writer.WriteAsIs(property);
            }

            foreach (var (name, theirs) in Fallbacks)
            {
                if (envelope.Text(name) is not { } text || Array.Exists(theirs, value => properties.Text(value) != null)) continue;
                // That is the kind of log, not of activity; and the address is the user's own where the record has it.
                if ((name == "category" && Utf8.Is(text, "AuditLogs"))
                    || (name is "callerIpAddress" or "identity" && properties.GetRawText().Contains(text, StringComparison.Ordinal)))
                    continue;
                writer.WriteString(name, text);
            }

            writer.WriteEndObject();
        }
    }

    private static bool IsNested(string name) =>
        Utf8.Is(name, "initiatedBy") || Utf8.Is(name, "targetResources") || Utf8.Is(name, "additionalDetails");
}
