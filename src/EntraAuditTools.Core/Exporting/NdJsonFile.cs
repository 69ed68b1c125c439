using System.Security.Cryptography;
using System.Text.Json;
using EntraAuditTools.Core.Files;

namespace EntraAuditTools.Core.Exporting;

/// <summary>A file with a record a line, in UTF-8, for its owner alone; its digest is made as it is written.</summary>
internal sealed class NdJsonFile : IDisposable
{
    private readonly FileStream file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<byte> line = new(64 * 1024);

    /// <summary>Makes it.</summary>
    /// <param name="path">Full path; there must be none yet.</param>
    public NdJsonFile(string path) => file = OwnerOnlyFile.Open(path, FileMode.CreateNew, FileShare.Read);

    /// <summary>How many bytes it has.</summary>
    public long Bytes { get; private set; }

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
        var bytes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line);
        // Between values of JSON, where alone they can stand, they mean as much as blanks.
        bytes.Replace((byte)'\n', (byte)' ');
        bytes.Replace((byte)'\r', (byte)' ');
        Put(bytes);
        Put("\n"u8);
    }

    /// <summary>Ends it: all is on the disk. Its SHA-256 in lower-case hex.</summary>
    public string Finish()
    {
        file.Flush(flushToDisk: true);
        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        file.Dispose();
        hash.Dispose();
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        file.Write(bytes);
        hash.AppendData(bytes);
        Bytes += bytes.Length;
    }
}
