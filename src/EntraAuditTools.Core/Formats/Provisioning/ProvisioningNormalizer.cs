using System.Buffers;
using System.Text.Encodings.Web;
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
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

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
        using var document = Parse(record.Json);
        using var writer = new Utf8JsonWriter(output, WriterOptions);
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
            using var inner = Parse(System.Text.Encoding.UTF8.GetBytes(properties.GetString()!));
            WriteEnvelope(envelope, inner.RootElement, writer);
            return;
        }

        if (properties.ValueKind != JsonValueKind.Object) throw new RecordException("the envelope has no properties");
        WriteEnvelope(envelope, properties, writer);
    }

    private static void WriteEnvelope(JsonElement envelope, JsonElement properties, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var property in properties.EnumerateObject()) property.WriteTo(writer);
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

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JsonResync.MaxDepth });
        }
        catch (JsonException e)
        {
            throw new RecordException(JsonResync.Describe(e));
        }
    }
}
