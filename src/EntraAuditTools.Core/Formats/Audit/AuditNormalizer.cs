using System.Buffers;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Formats.Own;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Audit;

/// <summary>
/// Rewrites an audit record of any shape as a Graph <c>directoryAudit</c>, so that everything behind it knows one shape only.
/// </summary>
internal static class AuditNormalizer
{
    /// <summary>
    /// The record as a Graph directoryAudit, for what is shown of it. The import did not read all of its texts: broken ones are repaired,
    /// so that no question fails at a record that was taken in.
    /// </summary>
    /// <exception cref="RecordException">It lacks what every audit record has, or is not JSON inside.</exception>
    public static ReadOnlyMemory<byte> ToGraph(OriginalRecord record)
    {
        record = record with { Json = BrokenText.Mended(record.Json) };
        switch (record.Shape)
        {
            case RecordShape.GraphAudit:
                return record.Json;
            case RecordShape.DiagnosticAudit:
                return Properties(record.Json) ?? Rewritten(record);
            default:
                return Rewritten(record);
        }
    }

    private static ReadOnlyMemory<byte> Rewritten(OriginalRecord record)
    {
        var output = new ArrayBufferWriter<byte>(record.Json.Length + 1024);
        Rewrite(record, output);
        return output.WrittenMemory;
    }

    /// <summary>Writes a record of a shape other than Graph's own as Graph would.</summary>
    /// <exception cref="RecordException">It lacks what every audit record has, or is not JSON inside.</exception>
    public static void Rewrite(OriginalRecord record, IBufferWriter<byte> output)
    {
        using var document = RecordJson.Parse(record.Json);
        using var writer = new Utf8JsonWriter(output, RecordJson.WriterOptions);
        switch (record.Shape)
        {
            case RecordShape.LogAnalyticsAudit:
                LogAnalyticsAuditRow.Write(document.RootElement, writer);
                break;
            case RecordShape.PortalAuditRow:
                PortalAuditRow.Write(document.RootElement, writer);
                break;
            case RecordShape.ActivityRow or RecordShape.UnifiedActivityRow:
                ActivityRecord.Write(document.RootElement, writer);
                break;
            case RecordShape.UnifiedAuditData:
                UnifiedAuditRecord.Write(document.RootElement, default, writer);
                break;
            case RecordShape.UnifiedAuditRow:
                using (var data = RecordJson.Parse(UnifiedAuditRecord.DataOfRow(document.RootElement)))
                {
                    UnifiedAuditRecord.Write(data.RootElement, document.RootElement, writer);
                }

                break;
            case RecordShape.UnifiedAuditGraph:
                UnifiedAuditRecord.Write(UnifiedAuditRecord.DataOfGraphRecord(document.RootElement), document.RootElement, writer);
                break;
            case RecordShape.OwnActivity or RecordShape.OwnUnifiedActivity:
                OwnActivity.Write(document.RootElement, writer);
                break;
            case RecordShape.DiagnosticAudit:
                DiagnosticAuditRecord.Write(document.RootElement, writer);
                break;
            default:
                throw new RecordException($"no audit record ({record.Shape})");
        }
    }

    /// <summary>
    /// The record in an envelope without change, which is enough for most; null when the envelope contains more or is read otherwise.
    /// </summary>
    private static ReadOnlyMemory<byte>? Properties(ReadOnlyMemory<byte> record)
    {
        var reader = new Utf8JsonReader(record.Span, new JsonReaderOptions { MaxDepth = JsonResync.MaxDepth });
        var envelope = new AuditEnvelope(record.Span);
        ReadOnlyMemory<byte>? properties = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var wanted = Utf8.Is(reader.ValueSpan, "properties"u8);
            if (!wanted && envelope.TryNote(ref reader)) continue;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (wanted && reader.TokenType != JsonTokenType.StartObject) return null;
            reader.Skip();
            if (wanted) properties = record[start..(int)reader.BytesConsumed];
        }

        return properties is { } inEnvelope && envelope.HasMoreThan(inEnvelope.Span) ? null : properties;
    }
}
