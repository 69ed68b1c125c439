using System.Runtime.InteropServices;
using System.Text.Json;

namespace EntraAuditTools.Core.Exporting;

/// <summary>Writes a record a line, in UTF-8.</summary>
/// <param name="file">Where to; the caller ends it.</param>
internal sealed class NdJsonFile(Stream file)
{
    private readonly List<byte> line = new(64 * 1024);

    /// <summary>Writes a record; with a context, as a page of one.</summary>
    /// <param name="json">The record.</param>
    /// <param name="context">The <c>@odata.context</c> of its page; null for none.</param>
    public void Write(ReadOnlySpan<byte> json, string? context)
    {
        line.Clear();
        if (context != null)
        {
            line.AddRange("{\"@odata.context\":\""u8);
            line.AddRange(JsonEncodedText.Encode(context).EncodedUtf8Bytes);
            line.AddRange("\",\"value\":["u8);
        }

        line.AddRange(json);
        if (context != null) line.AddRange("]}"u8);
        var bytes = CollectionsMarshal.AsSpan(line);
        // Between values of JSON, where alone they can stand, they mean as much as blanks.
        bytes.Replace((byte)'\n', (byte)' ');
        bytes.Replace((byte)'\r', (byte)' ');
        file.Write(bytes);
        file.Write("\n"u8);
    }
}
