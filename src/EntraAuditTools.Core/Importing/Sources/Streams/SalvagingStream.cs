using EntraAuditTools.Core.Errors;

namespace EntraAuditTools.Core.Importing.Sources.Streams;

/// <summary>
/// Decompresses quickly while there is no damage. A decompressor that meets damage throws and does not return what it had decoded in that
/// call, which may be half the file: then the same is decompressed once more, carefully, to return all that decodes before the damage.
/// </summary>
/// <param name="quick">Decompresses.</param>
/// <param name="careful">Opens the same again so that it decodes up to the damage; null when the source can only be read once.</param>
internal abstract class SalvagingStream(Stream quick, Func<Stream>? careful) : ReadOnlyStream
{
    private Stream? salvage;
    private bool ended;

    /// <summary>Bytes handed out so far.</summary>
    protected long Total { get; private set; }

    /// <inheritdoc/>
    public sealed override int Read(Span<byte> buffer)
    {
        if (ended || buffer.IsEmpty) return 0;
        var read = ReadOrSalvage(buffer);
        Total += read;
        if (read > 0)
        {
            Decoded(buffer[..read]);
            return read;
        }

        ended = true;
        if (salvage != null) throw DamageOf(salvage);
        CheckEnd();
        return 0;
    }

    /// <summary>Bytes were decoded.</summary>
    protected virtual void Decoded(ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>The damage that the careful reading found at its end.</summary>
    protected virtual DamagedSourceException DamageOf(Stream carefully) => new(SourceErrors.DamagedData);

    /// <summary>All was decoded: throws when that cannot be all there was.</summary>
    /// <exception cref="DamagedSourceException">It was not.</exception>
    protected abstract void CheckEnd();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            salvage?.Dispose();
            quick.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadOrSalvage(Span<byte> buffer)
    {
        try
        {
            return (salvage ?? quick).Read(buffer);
        }
        catch (InvalidDataException e) when (salvage != null || careful == null)
        {
            ended = true;
            throw new DamagedSourceException(SourceErrors.DamagedData, inner: e);
        }
        catch (InvalidDataException)
        {
            salvage = careful!();
            Skip(salvage, Total);
            return ReadOrSalvage(buffer);
        }
    }

    private static void Skip(Stream stream, long bytes)
    {
        var nowhere = new byte[64 * 1024];
        while (bytes > 0)
        {
            var read = stream.Read(nowhere, 0, (int)Math.Min(bytes, nowhere.Length));
            if (read == 0) return;
            bytes -= read;
        }
    }
}
