using System.Buffers;
using System.Text.Json;
using EntraAuditTools.Core.Errors;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>Rows of the tables that query APIs answer with (<c>{"columns":[…],"rows":[[…]]}</c>).</summary>
internal static class TableRow
{
    /// <summary>A row as an object from column to cell; cells of null are left out.</summary>
    /// <param name="cells">The row: a JSON array.</param>
    /// <param name="columns">Names of the columns, in order.</param>
    /// <param name="output">Where to write; what it held is dropped.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="RecordException">It has not as many cells as there are columns.</exception>
    public static ReadOnlyMemory<byte> ToObject(ReadOnlySpan<byte> cells, IReadOnlyList<string> columns, ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(output, RecordJson.WriterOptions);
        writer.WriteStartObject();
        var reader = new Utf8JsonReader(cells, new JsonReaderOptions { MaxDepth = JsonResync.MaxDepth });
        reader.Read();
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            var isNull = reader.TokenType == JsonTokenType.Null;
            reader.Skip();
            if (count < columns.Count && !isNull)
            {
                writer.WritePropertyName(columns[count]);
                writer.WriteRawValue(cells[start..(int)reader.BytesConsumed], skipInputValidation: true);
            }

            count++;
        }

        if (count != columns.Count)
            throw new RecordException(
                $"has {count} {(count == 1 ? "cell" : "cells")} where its table has {columns.Count} {(columns.Count == 1 ? "column" : "columns")}");
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }
}
