namespace EntraAuditTools.Core.Importing.Sources;

/// <summary>Stops reading a compressed source that unpacks to out of all proportion (a "zip bomb").</summary>
/// <param name="inner">The decompressed stream.</param>
/// <param name="compressedBytes">How many compressed bytes it has come from so far.</param>
/// <param name="name">What to call the source.</param>
internal sealed class ExpansionGuard(Stream inner, Func<long> compressedBytes, string name) : ReadOnlyStream
{
    // Logs as JSON compress 10 to 40 times; 300 leaves room for very even ones. Small sources may expand as they like.
    private const long AlwaysAllowed = 64 * 1024 * 1024;
    private const long MaxRatio = 300;

    private long expanded;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        expanded += read;
        if (expanded > AlwaysAllowed && expanded / MaxRatio > compressedBytes()) throw SourceErrors.Bomb(name);
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
