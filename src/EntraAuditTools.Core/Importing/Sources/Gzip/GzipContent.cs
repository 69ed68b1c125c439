using System.Buffers.Binary;
using System.IO.Compression;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Sources.Streams;

namespace EntraAuditTools.Core.Importing.Sources.Gzip;

/// <summary>
/// A gzip, decompressed. .NET's stream treats the end of the file as the end of the data: a download that broke off between two records
/// would seem complete, so the length that the gzip's last bytes state is compared.
/// </summary>
internal sealed class GzipContent : SalvagingStream
{
    private readonly LastBytesStream compressed;
    private readonly Func<Stream>? reopen;

    /// <summary>Decompresses.</summary>
    /// <param name="compressed">The gzip.</param>
    /// <param name="reopen">Opens the same again; null when it can only be read once.</param>
    public GzipContent(Stream compressed, Func<Stream>? reopen)
        : this(new LastBytesStream(compressed), reopen)
    {
    }

    private GzipContent(LastBytesStream compressed, Func<Stream>? reopen)
        : base(new GZipStream(compressed, CompressionMode.Decompress), reopen == null ? null : () => new GzipMembers(reopen()))
    {
        this.compressed = compressed;
        this.reopen = reopen;
    }

    /// <inheritdoc/>
    protected override void CheckEnd()
    {
        // Of one member these four bytes are its length; its checksum was compared by .NET if it got so far.
        if (compressed.Count >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(compressed.Last[4..]) == (uint)Total) return;
        if (reopen == null) return;
        using var members = new GzipMembers(reopen());
        members.ReadToEnd();
        if (members.Problem is { } problem) throw problem;
    }

    /// <inheritdoc/>
    protected override DamagedSourceException DamageOf(Stream carefully) => ((GzipMembers)carefully).Problem ?? base.DamageOf(carefully);

    /// <summary>Keeps the last eight bytes that were read through it.</summary>
    private sealed class LastBytesStream(Stream inner) : ReadOnlyStream
    {
        private readonly byte[] last = new byte[8];

        public long Count { get; private set; }

        public ReadOnlySpan<byte> Last => last;

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            Count += read;
            var kept = Math.Min(read, last.Length);
            last.AsSpan(kept).CopyTo(last);
            buffer[(read - kept)..read].CopyTo(last.AsSpan(last.Length - kept));
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
