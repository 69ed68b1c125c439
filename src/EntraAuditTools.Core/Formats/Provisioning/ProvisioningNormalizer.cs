using System.Buffers;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Mirror.Archive;

namespace EntraAuditTools.Core.Formats.Provisioning;

/// <summary>
/// Rewrites an entry of the provisioning log of any shape as a Graph <c>provisioningObjectSummary</c>, so that everything behind it knows
/// one shape only. The result's columns of Azure Monitor (resultType, resultSignature, resultDescription) stand beside it.
/// </summary>
internal static class ProvisioningNormalizer
{
    /// <summary>The entry as a Graph provisioningObjectSummary.</summary>
    /// <exception cref="RecordException">It is not JSON inside.</exception>
    public static ReadOnlyMemory<byte> ToGraph(OriginalRecord record)
    {
        if (record.Shape == RecordShape.GraphProvisioning) return record.Json;
        var output = new ArrayBufferWriter<byte>(record.Json.Length + 1024);
        Rewrite(record, output);
        return output.WrittenMemory;
    }

    /// <summary>Writes an entry of a shape other than Graph's own as Graph would.</summary>
    /// <inheritdoc cref="ToGraph"/>
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
                Own.OwnProvisioning.Write(document.RootElement, writer);
                break;
            case RecordShape.ProvisionOnDemand:
                OnDemandAnswer.Write(document.RootElement, writer);
                break;
            default:
                throw new RecordException($"no provisioning log entry ({record.Shape})");
        }
    }

    /// <summary>The entry in an envelope, filled up with what the envelope alone tells.</summary>
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
            writer.WritePropertyName(property.Name);
            writer.WriteAsIs(property.Value);
        }

        foreach (var (name, theirs) in Fallbacks)
        {
            if (properties.Find(name).ValueKind == JsonValueKind.Undefined) writer.WriteText(name, envelope.Text(theirs));
        }

        writer.WriteEndObject();
    }

    private static readonly (string Name, string Envelope)[] Fallbacks =
    [
        ("id", "identity"), ("activityDateTime", "time"), ("tenantId", "tenantId"), ("changeId", "correlationId"), ("durationInMilliseconds", "durationMs"),
        ("resultType", "resultType"), ("resultSignature", "resultSignature"), ("resultDescription", "resultDescription"),
    ];
}
