namespace EntraAuditTools.Core.Importing.Sources.Streams;

/// <summary>Reports how many bytes are read through it.</summary>
internal sealed class CountedStream(Stream inner, Action<long> onRead) : ReadOnlyStream
{
    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        onRead(read);
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
