using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EntraAuditTools.Core.Errors;

namespace EntraAuditTools.Core.Formats.Json;

/// <summary>How records are parsed and written where one shape is made of another.</summary>
internal static class RecordJson
{
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true };

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonResync.MaxDepth };

    /// <summary>Parses a record whose properties will be found by name: names that are not valid Unicode are repaired.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonDocument ParseRecord(ReadOnlyMemory<byte> json) => ParseMended(BrokenText.WithGoodNames(json));

    /// <summary>Parses a record to be shown: all text that is not valid Unicode is repaired.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonDocument ParseShown(ReadOnlyMemory<byte> json) => ParseMended(BrokenText.Mended(json));

#pragma warning disable RS0030 // The place that mends.
    private static JsonDocument ParseMended(ReadOnlyMemory<byte> json) => JsonDocument.Parse(json, Options);
#pragma warning restore RS0030

    /// <summary>Parses a record within another one.</summary>
    /// <exception cref="RecordException">It is not JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return ParseRecord(json);
        }
        catch (JsonException e)
        {
            throw new RecordException(JsonResync.Describe(e));
        }
    }

    /// <summary>A text that looks like JSON; null when it is none, but words that begin like it.</summary>
    public static JsonDocument? TryParse(string text) => TryParse(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="TryParse(string)"/>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return ParseRecord(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes a property without change.</summary>
    public static void WriteAsIs(this Utf8JsonWriter writer, JsonProperty property)
    {
        writer.WritePropertyName(property.Name);
        writer.WriteAsIs(property.Value);
    }

    /// <summary>
    /// Writes a value without change, also with invalid texts: its reader judges them. (<c>JsonElement.WriteTo</c> throws at half a
    /// surrogate pair.)
    /// </summary>
    public static void WriteAsIs(this Utf8JsonWriter writer, JsonElement value) =>
        writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
}
