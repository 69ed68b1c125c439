namespace EntraAuditTools.Core.Importing.Sources.Streams;

/// <summary>
/// Returns one byte at a time: a decompressor that reads from it never takes more than it needs, so that the end of its data is known, and
/// what decodes before damage is returned rather than lost with the error. Slow, and only used on damaged data.
/// </summary>
internal sealed class SingleByteStream(Stream inner) : ReadOnlyStream
{
    private readonly byte[] buffer = new byte[64 * 1024];
    private int position;
    private int length;

    /// <inheritdoc/>
    public override int Read(Span<byte> target)
    {
        if (target.IsEmpty) return 0;
        if (position == length)
        {
            length = inner.Read(buffer);
            position = 0;
            if (length == 0) return 0;
        }

        target[0] = buffer[position++];
        return 1;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
