using System.Security.Cryptography;
using EntraAuditTools.Core.Files;

namespace EntraAuditTools.Core.Exporting;

/// <summary>A file for its owner alone that is written from start to end; its digest is made as it is written.</summary>
internal sealed class ExportStream : Stream
{
    private readonly FileStream file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] pending = new byte[256 * 1024];
    private int count;
    private long written;

    /// <summary>Makes it.</summary>
    /// <param name="path">Full path; there must be none yet.</param>
    public ExportStream(string path) => file = OwnerOnlyFile.Open(path, FileMode.CreateNew, FileShare.Read);

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <summary>How many bytes it has.</summary>
    public override long Length => written + count;

    /// <summary>Where the next byte goes: the end.</summary>
    public override long Position { get => Length; set => throw new NotSupportedException(); }

    /// <summary>Ends it: all is on the disk. Its SHA-256 in lower-case hex.</summary>
    public string Finish()
    {
        Flush();
        file.Flush(flushToDisk: true);
        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > pending.Length - count) Flush();
        if (buffer.Length > pending.Length)
        {
            Put(buffer);
            return;
        }

        buffer.CopyTo(pending.AsSpan(count));
        count += buffer.Length;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
        Put(pending.AsSpan(0, count));
        count = 0;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // What is pending is no part of a whole file: Finish writes it.
            file.Dispose();
            hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        file.Write(bytes);
        hash.AppendData(bytes);
        written += bytes.Length;
    }
}
