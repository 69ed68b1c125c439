using System.Security.Cryptography;

namespace EntraAuditTools.Core.Importing.Sources.Streams;

/// <summary>Hashes and counts what is read through it.</summary>
internal sealed class HashingStream(Stream inner) : ReadOnlyStream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Bytes read so far.</summary>
    public long BytesRead { get; private set; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        hash.AppendData(buffer[..read]);
        BytesRead += read;
        return read;
    }

    /// <summary>Reads what is left and returns the SHA-256 of all.</summary>
    public byte[] Finish(CancellationToken cancel)
    {
        var rest = new byte[64 * 1024];
        while (Read(rest) > 0) cancel.ThrowIfCancellationRequested();
        return hash.GetHashAndReset();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
