using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>A JSON writer over a stream with one buffer that is used again and again.</summary>
internal sealed class JsonOutput : IDisposable
{
    private const int FlushAt = 256 * 1024;
    private readonly Stream stream;
    private readonly ArrayBufferWriter<byte> buffer = new(FlushAt + 64 * 1024);

    public JsonOutput(Stream stream)
    {
        this.stream = stream;
        Json = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            // Entra leaves quotes, plus signs and other scripts as they are.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            SkipValidation = true,
        });
    }

    public Utf8JsonWriter Json { get; }

    /// <summary>Ends a document so that another may follow.</summary>
    public void EndDocument(ReadOnlySpan<byte> separator)
    {
        Json.Flush();
        buffer.Write(separator);
        Json.Reset();
        WriteOut(FlushAt);
    }

    /// <summary>Called between records of a long document: hands on what has gathered.</summary>
    public void Breathe()
    {
        Json.Flush();
        WriteOut(FlushAt);
    }

    public void Dispose()
    {
        Json.Flush();
        WriteOut(0);
        Json.Dispose();
    }

    private void WriteOut(int atLeast)
    {
        if (buffer.WrittenCount <= atLeast)
            return;
        stream.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }
}
