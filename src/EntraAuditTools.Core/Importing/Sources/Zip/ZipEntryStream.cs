using System.Buffers.Binary;
using System.IO.Compression;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Sources.Streams;
using Microsoft.Win32.SafeHandles;

namespace EntraAuditTools.Core.Importing.Sources.Zip;

/// <summary>
/// The content of one entry of a zip, with its length and checksum compared with what the directory says: .NET's reader checks neither, and
/// treats a deflated entry that breaks off as one that has ended.
/// </summary>
internal sealed class ZipEntryStream : SalvagingStream
{
    private readonly ZipEntry entry;
    private readonly Crc32 checksum = new();

    private ZipEntryStream(ZipEntry entry, Stream quick, Func<Stream>? careful)
        : base(quick, careful) => this.entry = entry;

    /// <summary>Opens an entry.</summary>
    /// <param name="file">The archive; stays open.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="onRead">Called with the number of compressed bytes that were read.</param>
    /// <exception cref="AuditToolException">It is encrypted, or compressed in a way that is not read.</exception>
    /// <exception cref="DamagedSourceException">It is not where the directory says.</exception>
    public static ZipEntryStream Open(SafeFileHandle file, ZipEntry entry, string name, Action<long> onRead)
    {
        if (entry.IsEncrypted) throw SourceErrors.Encrypted(name);
        if (entry.Method is not (ZipEntry.Stored or ZipEntry.Deflated or ZipEntry.Deflated64))
            throw SourceErrors.MethodNotSupported(name, entry.MethodName);
        var start = ContentStart(file, entry);
        SubStream Packed() => new(file, start, entry.CompressedLength, onRead);
        return entry.Method switch
        {
            ZipEntry.Stored => new(entry, Packed(), null),
            ZipEntry.Deflated => new(entry, new DeflateStream(Packed(), CompressionMode.Decompress),
                () => new DeflateStream(new SingleByteStream(Packed()), CompressionMode.Decompress)),
            _ => new(entry, OpenByDotNet(file, entry), null),
        };
    }

    /// <inheritdoc/>
    protected override void Decoded(ReadOnlySpan<byte> bytes) => checksum.Add(bytes);

    /// <inheritdoc/>
    protected override DamagedSourceException DamageOf(Stream carefully) =>
        entry.IsCut ? new(SourceErrors.EntryCutOff, isCutOff: true) : base.DamageOf(carefully);

    /// <inheritdoc/>
    protected override void CheckEnd()
    {
        if (entry.IsCut) throw new DamagedSourceException(SourceErrors.EntryCutOff, isCutOff: true);
        if (Total < entry.Length) throw new DamagedSourceException(SourceErrors.ShorterThanSaid);
        if (Total > entry.Length) throw new DamagedSourceException(SourceErrors.LongerThanSaid);
        if (checksum.Value != entry.Checksum) throw new DamagedSourceException(SourceErrors.WrongChecksum);
    }

    private static long ContentStart(SafeFileHandle file, ZipEntry entry)
    {
        Span<byte> header = stackalloc byte[30];
        // Missing or extra bytes later on shift only what follows them.
        foreach (var at in new[] { entry.HeaderOffset + entry.Shift, entry.HeaderOffset }.Distinct())
        {
            if (at < 0 || RandomAccess.Read(file, header, at) < header.Length || !header.StartsWith("PK\u0003\u0004"u8)) continue;
            var start = at + header.Length + BinaryPrimitives.ReadUInt16LittleEndian(header[26..])
                + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
            if (start <= RandomAccess.GetLength(file)) return start;
        }

        throw new DamagedSourceException(SourceErrors.EntryHeaderDamaged);
    }

    /// <summary>Deflate64, which Windows uses for files over 2 GB, is only within reach through .NET's reader.</summary>
    private static Stream OpenByDotNet(SafeFileHandle file, ZipEntry entry)
    {
        var archive = new ZipArchive(new SeekableSubStream(file), ZipArchiveMode.Read);
        return archive.Entries.Count > entry.Index
            ? archive.Entries[entry.Index].Open() : throw new DamagedSourceException(SourceErrors.EntryHeaderDamaged);
    }

    /// <summary>A file's bytes as a stream of its own position.</summary>
    private sealed class SeekableSubStream(SafeFileHandle file) : ReadOnlyStream
    {
        public override bool CanSeek => true;

        public override long Length => RandomAccess.GetLength(file);

        public override long Position { get; set; }

        public override int Read(Span<byte> buffer)
        {
            var read = RandomAccess.Read(file, buffer, Position);
            Position += read;
            return read;
        }

        public override long Seek(long offset, SeekOrigin origin) =>
            Position = offset + (origin == SeekOrigin.Begin ? 0 : origin == SeekOrigin.Current ? Position : Length);
    }
}
