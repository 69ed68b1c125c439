using System.Buffers.Binary;
using System.IO.Compression;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Mirror.Originals;

/// <summary>
/// Some hundred original records, compressed together. Layout before Brotli: int32 count; for each record int32 length and
/// a byte shape; then the records one after the other (little endian). Holds only the compressed bytes, and the last
/// decompressed block of the thread, so that records can keep it alive cheaply.
/// </summary>
internal sealed class OriginalBlock(byte[] compressed, int rawLength)
{
    [ThreadStatic]
    private static (OriginalBlock Block, byte[] Raw)? lastRead;

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
        return new((RecordShape)entry[4], raw.AsMemory(start, BinaryPrimitives.ReadInt32LittleEndian(entry)));
    }

    /// <summary>All records, in order of their slots.</summary>
    public IEnumerable<OriginalRecord> ReadAll()
    {
        var raw = Decompress();
        var count = BinaryPrimitives.ReadInt32LittleEndian(raw);
        var start = sizeof(int) + (count * OriginalBlockWriter.EntrySize);
        for (var i = 0; i < count; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(Entry(raw, i));
            yield return new((RecordShape)Entry(raw, i)[4], raw.AsMemory(start, length));
            start += length;
        }
    }

    private static ReadOnlySpan<byte> Entry(byte[] raw, int slot) =>
        raw.AsSpan(sizeof(int) + (slot * OriginalBlockWriter.EntrySize), OriginalBlockWriter.EntrySize);

    private byte[] Decompress()
    {
        if (lastRead is { } last && ReferenceEquals(last.Block, this)) return last.Raw;
        var raw = new byte[rawLength];
        if (!BrotliDecoder.TryDecompress(compressed, raw, out var written) || written != rawLength)
            throw new InvalidDataException("A block of originals cannot be decompressed.");
        lastRead = (this, raw);
        return raw;
    }
}
