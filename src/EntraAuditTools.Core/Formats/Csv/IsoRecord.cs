using System.Buffers;
using System.Globalization;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Formats.Json;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>Rewrites the times of an object in ISO 8601 before it is read; the original is kept as it is.</summary>
internal static class IsoRecord
{
    /// <summary>The record with its times in ISO 8601 where they are read as the source writes them.</summary>
    public static JsonDocument Rewrite(JsonElement record, RecordShape shape, DateReading dates)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(output, RecordJson.WriterOptions)) Write(record, shape, dates, isTime: false, writer);
        return RecordJson.ParseRecord(output.WrittenMemory);
    }

    private static void Write(JsonElement value, RecordShape shape, DateReading dates, bool isTime, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Write(property.Value, shape, dates, DateColumns.IsTimeColumn(shape, property.Name), writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(item, shape, dates, isTime: false, writer);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String when isTime && TimeText.TryParse(JsonCells.AsText(value) ?? string.Empty, dates, out var ticks):
                writer.WriteStringValue(new DateTime(ticks, DateTimeKind.Utc).ToString("o", CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteAsIs(value);
                break;
        }
    }
}
