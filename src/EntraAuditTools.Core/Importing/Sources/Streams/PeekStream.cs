namespace EntraAuditTools.Core.Importing.Sources.Streams;

/// <summary>A stream whose first bytes can be looked at before it is read.</summary>
internal sealed class PeekStream : ReadOnlyStream
{
    private readonly Stream inner;
    private byte[] prefix;
    private int length;
    private int position;

    /// <summary>Reads up to <paramref name="bytes"/> bytes ahead.</summary>
    public PeekStream(Stream inner, int bytes)
    {
        this.inner = inner;
        prefix = new byte[bytes];
        Fill();
    }

    /// <summary>Whether <see cref="Prefix"/> is all there is.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The first bytes.</summary>
    public ReadOnlySpan<byte> Prefix => prefix.AsSpan(0, length);

    /// <summary>Makes <see cref="Prefix"/> up to that long, before anything is read.</summary>
    public void ReadAhead(int bytes)
    {
        while (!IsComplete && length < bytes)
        {
            Array.Resize(ref prefix, (int)Math.Min(bytes, prefix.Length * 2L));
            Fill();
        }
    }

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

    private void Fill()
    {
        while (length < prefix.Length)
        {
            var read = inner.Read(prefix, length, prefix.Length - length);
            IsComplete = read == 0;
            if (IsComplete) return;
            length += read;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
