using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>Makes small pieces of JSON as text, for cells and for values that are JSON inside text.</summary>
internal sealed class JsonText : IDisposable
{
    private readonly ArrayBufferWriter<byte> buffer = new(8 * 1024);
    private readonly Utf8JsonWriter json;

    public JsonText(bool indented = false) => json = new Utf8JsonWriter(buffer, new JsonWriterOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = indented,
        SkipValidation = true,
    });

    /// <summary>The bytes of what is written; valid until the next call.</summary>
    public ReadOnlySpan<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        buffer.ResetWrittenCount();
        json.Reset();
        write(json);
        json.Flush();
        return buffer.WrittenSpan;
    }

    public string Text(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(Bytes(write));

    public void Dispose() => json.Dispose();
}
