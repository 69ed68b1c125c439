using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Originals;

/// <summary>
/// Some hundred original records, compressed together. Layout before Brotli: int32 count; for each record int32 length and
/// a byte shape; then the records one after the other (little endian). A record whose secrets are masked has a mark beside its shape
/// (<see cref="OriginalBlockWriter.Masked"/>), and before it the SHA-256 of the record as it was imported. Holds only the compressed bytes, and the last
/// decompressed block of the thread, so that records can keep it alive cheaply.
/// </summary>
internal sealed class OriginalBlock
{
    /// <summary>
    /// More than a block ever holds: a quarter of a megabyte and one more record, which may be 16 MB. A mirror that says more is not ours,
    /// and nothing is allocated for it.
    /// </summary>
    private const int MaxRawLength = 64 * 1024 * 1024;

    private readonly ReadOnlyMemory<byte> compressed;
    private readonly int rawLength;
    private readonly byte[]? room;

    [ThreadStatic]
    private static (OriginalBlock Block, byte[] Raw)? lastRead;

    /// <param name="compressed">The compressed bytes.</param>
    /// <param name="rawLength">How many they are decompressed.</param>
    /// <exception cref="InvalidDataException">No block is as long as that.</exception>
    public OriginalBlock(byte[] compressed, long rawLength)
        : this(compressed, rawLength, room: null)
    {
    }

    /// <inheritdoc cref="OriginalBlock(byte[], long)"/>
    /// <param name="compressed">The compressed bytes.</param>
    /// <param name="rawLength">How many they are decompressed.</param>
    /// <param name="room">Where to, for who reads one block after the other and keeps no record of them; null for room of its own.</param>
    public OriginalBlock(ReadOnlyMemory<byte> compressed, long rawLength, byte[]? room)
    {
        if (rawLength is < sizeof(int) or > MaxRawLength)
            throw new InvalidDataException($"A block of originals says that it holds {rawLength} bytes.");
        this.compressed = compressed;
        this.rawLength = (int)rawLength;
        this.room = room?.Length >= rawLength ? room : null;
    }

    /// <summary>The block of a row: its bytes, and behind them their length.</summary>
    /// <exception cref="InvalidDataException">The row holds something else.</exception>
    public static OriginalBlock Of(SqliteDataReader row, int column) =>
        row.GetValue(column) is byte[] bytes && row.GetValue(column + 1) is long length ? new(bytes, length)
        : throw new InvalidDataException("A block of originals holds something else.");

    /// <inheritdoc cref="Of(SqliteDataReader, int)"/>
    public static OriginalBlock Of(Statement row, int column) =>
        row.Blob(column) is { } bytes && row.TypeOf(column + 1) == SQLitePCL.raw.SQLITE_INTEGER ? new(bytes, row.Number(column + 1))
        : throw new InvalidDataException("A block of originals holds something else.");

    /// <summary>The record in a slot.</summary>
    /// <exception cref="InvalidDataException">The block is damaged.</exception>
    public OriginalRecord Read(int slot)
    {
        var raw = Decompress();
        var count = BinaryPrimitives.ReadInt32LittleEndian(raw);
        if ((uint)slot >= (uint)count) throw new InvalidDataException($"The block of originals has {count} records and no slot {slot}.");
        var start = sizeof(int) + (count * OriginalBlockWriter.EntrySize);
        for (var i = 0; i < slot; i++) start += BinaryPrimitives.ReadInt32LittleEndian(Entry(raw, i));
        var entry = Entry(raw, slot);
        return Record(raw, entry, start);
    }

    /// <summary>All records, in order of their slots.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public IEnumerable<OriginalRecord> ReadAll()
    {
        var raw = Decompress();
        var count = BinaryPrimitives.ReadInt32LittleEndian(raw);
        var start = sizeof(int) + (count * OriginalBlockWriter.EntrySize);
        for (var i = 0; i < count; i++)
        {
            yield return Record(raw, Entry(raw, i), start);
            start += BinaryPrimitives.ReadInt32LittleEndian(Entry(raw, i));
        }
    }

    private static OriginalRecord Record(byte[] raw, ReadOnlySpan<byte> entry, int start)
    {
        var (all, shape) = (raw.AsMemory(start, BinaryPrimitives.ReadInt32LittleEndian(entry)), entry[4]);
        return (shape & OriginalBlockWriter.Masked) == 0 ? new((RecordShape)shape, all)
            : new((RecordShape)(shape & ~OriginalBlockWriter.Masked), all[SHA256.HashSizeInBytes..])
                { Sha256 = all[..SHA256.HashSizeInBytes] };
    }

    private static ReadOnlySpan<byte> Entry(byte[] raw, int slot) =>
        raw.AsSpan(sizeof(int) + (slot * OriginalBlockWriter.EntrySize), OriginalBlockWriter.EntrySize);

    private byte[] Decompress()
    {
        if (lastRead is { } last && ReferenceEquals(last.Block, this)) return last.Raw;
        var raw = room ?? new byte[rawLength];
        if (!BrotliDecoder.TryDecompress(compressed.Span, raw.AsSpan(0, rawLength), out var written) || written != rawLength)
            throw new InvalidDataException("A block of originals cannot be decompressed.");
        if (!IsWhole(raw, rawLength)) throw new InvalidDataException("A block of originals does not hold what its header says.");
        lastRead = (this, raw);
        return raw;
    }

    /// <summary>Whether the lengths in the header are those of what follows it.</summary>
    private static bool IsWhole(byte[] raw, int rawLength)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(raw);
        if (count < 0 || count > (rawLength - sizeof(int)) / OriginalBlockWriter.EntrySize) return false;
        var total = sizeof(int) + ((long)count * OriginalBlockWriter.EntrySize);
        for (var i = 0; i < count; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(Entry(raw, i));
            if (length < ((Entry(raw, i)[4] & OriginalBlockWriter.Masked) == 0 ? 0 : SHA256.HashSizeInBytes)) return false;
            total += length;
        }

        return total == rawLength;
    }
}
