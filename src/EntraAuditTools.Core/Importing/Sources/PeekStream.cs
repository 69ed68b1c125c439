namespace EntraAuditTools.Core.Importing.Sources;

/// <summary>A stream whose first bytes can be looked at before it is read.</summary>
internal sealed class PeekStream : ReadOnlyStream
{
    private readonly Stream inner;
    private readonly byte[] prefix;
    private readonly int length;
    private int position;

    /// <summary>Reads up to <paramref name="bytes"/> bytes ahead.</summary>
    public PeekStream(Stream inner, int bytes)
    {
        this.inner = inner;
        prefix = new byte[bytes];
        while (length < bytes)
        {
            var read = inner.Read(prefix, length, bytes - length);
            if (read == 0) break;
            length += read;
        }
    }

    /// <summary>The first bytes.</summary>
    public ReadOnlySpan<byte> Prefix => prefix.AsSpan(0, length);

    /// <summary>Leaves out bytes at the beginning.</summary>
    public void Skip(int count) => position += count;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (position >= length) return inner.Read(buffer);
        var count = Math.Min(buffer.Length, length - position);
        prefix.AsSpan(position, count).CopyTo(buffer);
        position += count;
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
