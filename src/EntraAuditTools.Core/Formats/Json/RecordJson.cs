using System.Text.Encodings.Web;
using System.Text.Json;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>How records are parsed and written where one shape is made of another.</summary>
internal static class RecordJson
{
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Parses a record.</summary>
    /// <exception cref="RecordException">It is not JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json)
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
