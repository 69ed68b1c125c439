using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace EntraAuditTools.Cli.Output;

/// <summary>Activities as one JSON array, with all their details, written as they come.</summary>
internal static class ActivityJson
{
    // Letters of all scripts stay readable; control characters are always escaped.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private static readonly JsonSerializerOptions Details = new() { Encoder = Options.Encoder };

    public static void Write(Stream output, IEnumerable<AuditActivity> activities)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartArray();
        foreach (var activity in activities)
        {
            // Serialised as the record is, so that a property added to the model shows up here.
            JsonSerializer.Serialize(json, activity, Details);
            if (json.BytesPending > 64 * 1024) json.Flush();
        }

        json.WriteEndArray();
        json.Flush();
        output.WriteByte((byte)'\n');
    }
}
