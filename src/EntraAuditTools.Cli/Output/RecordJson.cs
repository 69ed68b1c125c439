using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Cli.Output;

/// <summary>Records as JSON, with all their details, written as they come: one array, or one a line.</summary>
internal static class RecordJson
{
    private const int Most = 64 * 1024;

    private static readonly JavaScriptEncoder Encoder = Readable();

    private static readonly JsonSerializerOptions Details = new() { Encoder = Encoder };

    /// <summary>Writes one array.</summary>
    public static void WriteArray(Stream output, IEnumerable<object> records)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = Encoder });
        json.WriteStartArray();
        foreach (var record in records)
        {
            Write(json, record);
            if (json.BytesPending > Most) json.Flush();
        }

        json.WriteEndArray();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes a record a line.</summary>
    public static void WriteLines(Stream output, IEnumerable<object> records)
    {
        using var buffer = new BufferedStream(output, Most);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Encoder });
        foreach (var record in records)
        {
            Write(json, record);
            json.Flush();
            json.Reset();
            buffer.WriteByte((byte)'\n');
        }
    }

    // Letters of all scripts stay readable; what shows nothing, and would act on a terminal, is escaped: paths have all that a file's may.
    private static JavaScriptEncoder Readable()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        settings.ForbidCharacters([.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(IsUnseen)]);
        return JavaScriptEncoder.Create(settings);
    }

    private static bool IsUnseen(char c) => !char.IsSurrogate(c) && c.ToString() is var text && TerminalText.Visible(text) != text;

    private static void Write(Utf8JsonWriter json, object record)
    {
        // Serialised as the record is, so that a property added to the model shows up here.
        if (record is not IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            JsonSerializer.Serialize(json, record, record.GetType(), Details);
            return;
        }

        json.WriteStartObject();
        foreach (var (name, value) in pairs)
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value, Details);
        }

        json.WriteEndObject();
    }
}
