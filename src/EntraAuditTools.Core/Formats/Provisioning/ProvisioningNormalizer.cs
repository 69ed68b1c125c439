using System.Buffers;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Formats.Own;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Provisioning;

/// <summary>
/// Rewrites an entry of the provisioning log of any shape as a Graph <c>provisioningObjectSummary</c>, so that later stages know only one
/// shape. The result's columns of Azure Monitor (resultType, resultSignature, resultDescription) are kept beside it.
/// </summary>
internal static class ProvisioningNormalizer
{
    /// <summary>The entry as a Graph provisioningObjectSummary, for what is shown of it: broken texts are repaired.</summary>
    /// <exception cref="RecordException">It is not JSON inside.</exception>
    public static ReadOnlyMemory<byte> ToGraph(OriginalRecord record)
    {
        if (record.Shape == RecordShape.GraphProvisioning) return record.Json;
        var output = new ArrayBufferWriter<byte>(record.Json.Length + 1024);
        Rewrite(record with { Json = BrokenText.Mended(record.Json) }, output);
        return output.WrittenMemory;
    }

    /// <summary>Writes an entry of a shape other than Graph's own as Graph would.</summary>
    /// <exception cref="RecordException">It is not JSON inside.</exception>
    public static void Rewrite(OriginalRecord record, IBufferWriter<byte> output)
    {
        using var document = RecordJson.Parse(record.Json);
        using var writer = new Utf8JsonWriter(output, RecordJson.WriterOptions);
        switch (record.Shape)
        {
            case RecordShape.DiagnosticProvisioning:
                WriteEnvelope(document.RootElement, writer);
                break;
            case RecordShape.LogAnalyticsProvisioning:
                LogAnalyticsProvisioningRow.Write(document.RootElement, writer);
                break;
            case RecordShape.PortalProvisioningRow:
                PortalProvisioningRow.Write(document.RootElement, writer);
                break;
            case RecordShape.OwnProvisioning:
                OwnProvisioning.Write(document.RootElement, writer);
                break;
            case RecordShape.ProvisionOnDemand:
                OnDemandAnswer.Write(document.RootElement, writer);
                break;
            default:
                throw new RecordException($"no provisioning log entry ({record.Shape})");
        }
    }

    /// <summary>The entry in an envelope, filled up with what only the envelope contains.</summary>
    private static void WriteEnvelope(JsonElement envelope, Utf8JsonWriter writer)
    {
        var properties = envelope.Find("properties");
        if (properties.ValueKind == JsonValueKind.String)
        {
            using var inner = RecordJson.Parse(System.Text.Encoding.UTF8.GetBytes(JsonCells.AsText(properties) ?? string.Empty));
            if (inner.RootElement.ValueKind != JsonValueKind.Object) throw new RecordException("the envelope's properties are no object");
            WriteEnvelope(envelope, inner.RootElement, writer);
            return;
        }

        if (properties.ValueKind != JsonValueKind.Object) throw new RecordException("the envelope has no properties");
        WriteEnvelope(envelope, properties, writer);
    }

    private static void WriteEnvelope(JsonElement envelope, JsonElement properties, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var property in properties.EnumerateObject())
        {
            if (IsEmpty(property.Value)) continue;
            writer.WritePropertyName(property.Name);
            writer.WriteAsIs(property.Value);
        }

        foreach (var (name, theirs) in Fallbacks)
        {
            if (IsEmpty(properties.Find(name))) writer.WriteText(name, envelope.Text(theirs));
        }

        if (IsEmpty(properties.Find("tenantId")) && string.IsNullOrEmpty(envelope.Text("tenantId")))
            writer.WriteText("tenantId", TenantOf(envelope.Text("resourceId")));
        // "Provisioning activity" in most; the action in some.
        if (IsEmpty(properties.Find("provisioningAction")) && IsEmpty(properties.Find("action"))
            && ProvisioningWords.Known(ProvisioningWords.Actions, envelope.Text("operationName")) is { } action)
            writer.WriteText("provisioningAction", action);
        writer.WriteEndObject();
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
            || (value.ValueKind == JsonValueKind.String && value.ValueEquals(string.Empty));

    /// <summary>The id in <c>/tenants/&lt;id&gt;/providers/…</c>; null when there is none.</summary>
    private static string? TenantOf(string? resource)
    {
        var parts = resource?.Split('/') ?? [];
        var at = Array.FindIndex(parts, part => part.Equals("tenants", StringComparison.OrdinalIgnoreCase));
        return at >= 0 && at + 1 < parts.Length && Guid.TryParse(parts[at + 1], out var id) ? id.ToString() : null;
    }

    private static readonly (string Name, string Envelope)[] Fallbacks =
    [
        ("id", "identity"), ("activityDateTime", "time"), ("tenantId", "tenantId"), ("changeId", "correlationId"),
            ("durationInMilliseconds", "durationMs"),
        ("resultType", "resultType"), ("resultSignature", "resultSignature"), ("resultDescription", "resultDescription"),
    ];
}
