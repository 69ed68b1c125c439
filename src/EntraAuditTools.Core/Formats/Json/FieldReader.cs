using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>
/// Reading a record's values into <see cref="RecordFields"/> in a single pass. Names are compared without case; <c>AdditionalProperties</c>
/// of the Graph PowerShell SDK count as part of their parent.
/// </summary>
internal static class FieldReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = JsonResync.MaxDepth };

    /// <summary>A reader at the beginning of a record.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="RecordException">It is no object.</exception>
    public static Utf8JsonReader Open(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record, Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new RecordException("not a JSON object");
        return reader;
    }

    /// <summary>Reads the record's time, in any spelling; one in no known spelling is kept as bad.</summary>
    public static void ReadTime(ref Utf8JsonReader reader, RecordFields fields)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType == JsonTokenType.StartObject && PowerShellValue.TryOpen(reader, out var inner))
        {
            reader.Skip();
            ReadTimeValue(ref inner, fields);
            return;
        }

        ReadTimeValue(ref reader, fields);
    }

    private static void ReadTimeValue(ref Utf8JsonReader reader, RecordFields fields)
    {
        var start = fields.Filled;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var number)
            && NumberTime.TryRead(number, out fields.Ticks))
        {
            fields.Filled = start + 1;
            return;
        }

        var range = Text(ref reader, fields);
        if (range.IsEmpty) return;
        fields.Filled = start + 1;
        if (!TimeText.TryParse(fields.Get(range), fields.Dates, out fields.Ticks))
            fields.BadTime = Encoding.UTF8.GetString(fields.Get(range));
    }

    /// <summary>Reads on behind the start of an object.</summary>
    public delegate void ObjectReader<T>(ref Utf8JsonReader reader, T fields);

    /// <summary>Reads each object of a list, or a single one, as Windows PowerShell writes a list of one; notes what was cut.</summary>
    public static void ReadObjects<T>(ref Utf8JsonReader reader, T fields, ObjectReader<T> read)
        where T : RecordFields
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            if (PowerShellValue.TryOpen(reader, out var inner) && inner.TokenType == JsonTokenType.StartArray)
            {
                ReadItems(ref inner, fields, read);
                reader.Skip();
                return;
            }

            read(ref reader, fields);
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            NoteCut(ref reader, fields);
            return;
        }

        ReadItems(ref reader, fields, read);
    }

    private static void ReadItems<T>(ref Utf8JsonReader reader, T fields, ObjectReader<T> read)
        where T : RecordFields
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject) read(ref reader, fields);
            else NoteCut(ref reader, fields);
        }
    }

    /// <summary>Reads to the end of the text: what is behind the record must be nothing.</summary>
    public static void ReadToEnd(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
        }
    }

    /// <summary>
    /// Whether a property is one that OData or the Graph SDK add to any object, and says nothing of which one it is
    /// (https://learn.microsoft.com/graph/api/overview, "OData annotations").
    /// </summary>
    public static bool IsAnnotation(ReadOnlySpan<byte> name) => name.IndexOf((byte)'@') >= 0 || Utf8.Is(name, "AdditionalProperties"u8);

    /// <summary>
    /// Moves to the next property of an object, going into <c>AdditionalProperties</c> and out again. False at the object's end.
    /// </summary>
    public static bool Next(ref Utf8JsonReader reader, ref int folded)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                if (folded == 0) return false;
                folded--;
                continue;
            }

            if (reader.ValueSpan.Length != 20 || !Utf8.Is(reader.ValueSpan, "AdditionalProperties"u8)) return true;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject) folded++;
            else reader.Skip();
        }

        return false;
    }

    public static bool EnterObject(ref Utf8JsonReader reader, RecordFields fields)
    {
        if (reader.TokenType == JsonTokenType.StartObject) return true;
        NoteCut(ref reader, fields);
        return false;
    }

    /// <summary>
    /// A text where an object should be: a value cut to a type name (or to <c>@{…}</c>) by an export that was too shallow.
    /// </summary>
    public static void NoteCut(ref Utf8JsonReader reader, RecordFields fields)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > 0) fields.IsCut = true;
        else reader.Skip();
    }

    public static TextRange Value(ref Utf8JsonReader reader, RecordFields fields)
    {
        reader.Read();
        var range = Text(ref reader, fields);
        if (!range.IsEmpty) fields.Filled++;
        return range;
    }

    public static TextRange Text(ref Utf8JsonReader reader, RecordFields fields)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                var span = reader.ValueSpan;
                if (span.IsEmpty) return default;
                if (!reader.ValueIsEscaped) return fields.Add(span);

                try
                {
                    return fields.Added(reader.CopyString(fields.Reserve(span.Length)));
                }
                catch (InvalidOperationException)
                {
                    throw new RecordException("a text in it holds half a surrogate pair: it is not valid Unicode");
                }

            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return fields.Add(reader.ValueSpan);
            case JsonTokenType.StartObject when PowerShellValue.TryOpen(reader, out var inner)
                && inner.TokenType != JsonTokenType.StartArray:
                reader.Skip();
                return Text(ref inner, fields);
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                reader.Skip();
                return default;
            default:
                return default;
        }
    }

    public static void Count(ref Utf8JsonReader reader, RecordFields fields)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) CountAll(ref reader, fields);
        else if (reader.TokenType is not (JsonTokenType.Null or JsonTokenType.PropertyName) && reader.ValueSpan.Length > 0) fields.Filled++;
    }

    public static void CountAll(ref Utf8JsonReader reader, RecordFields fields)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            NoteCut(ref reader, fields);
            return;
        }

        if (reader.TokenType == JsonTokenType.StartObject && PowerShellValue.TryOpen(reader, out var inner))
        {
            reader.Skip();
            Count(ref inner, fields);
            return;
        }

        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False
                && reader.ValueSpan.Length > 0) fields.Filled++;
        }
    }

    public static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }
}
