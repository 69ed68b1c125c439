using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Mirror.Originals;

/// <summary>Collects original records until they make a block; see <see cref="OriginalBlock"/> for the layout.</summary>
internal sealed class OriginalBlockWriter
{
    /// <summary>Bytes of the header's entry for one record.</summary>
    public const int EntrySize = sizeof(int) + 1;

    /// <summary>
    /// Beside the shape of a record whose secrets are masked: before it stands the SHA-256 of the record as it was imported.
    /// </summary>
    public const byte Masked = 0x80;

    // Measured on generated audit records: larger blocks gain nothing, smaller ones lose compression.
    private const int TargetBytes = 256 * 1024;
    private const int Window = 18;

    private readonly ArrayBufferWriter<byte> records = new(TargetBytes + (64 * 1024));
    private readonly List<(int Length, RecordShape Shape)> entries = [];

    /// <summary>Number of records collected.</summary>
    public int Count => entries.Count;

    /// <summary>True when the block is large enough to be compressed.</summary>
    public bool IsFull => records.WrittenCount >= TargetBytes;

    /// <summary>Adds a record in the next slot.</summary>
    public void Add(RecordShape shape, ReadOnlySpan<byte> json)
    {
        records.Write(json);
        entries.Add((json.Length, shape));
    }

    /// <summary>Adds a record as it stands in another block, masked or not.</summary>
    public void Add(in OriginalRecord record)
    {
        records.Write(record.Sha256.Span);
        records.Write(record.Json.Span);
        var shape = record.IsMasked ? (RecordShape)((byte)record.Shape | Masked) : record.Shape;
        entries.Add((record.Sha256.Length + record.Json.Length, shape));
    }

    /// <summary>Compresses what was collected and starts anew.</summary>
    public CompressedBlock Compress()
    {
        var header = sizeof(int) + (entries.Count * EntrySize);
        var rawLength = header + records.WrittenCount;
        var raw = ArrayPool<byte>.Shared.Rent(rawLength);
        var target = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(rawLength));
        try
        {
            BinaryPrimitives.WriteInt32LittleEndian(raw, entries.Count);
            for (var i = 0; i < entries.Count; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(raw.AsSpan(sizeof(int) + (i * EntrySize)), entries[i].Length);
                raw[sizeof(int) + (i * EntrySize) + sizeof(int)] = (byte)entries[i].Shape;
            }

            records.WrittenSpan.CopyTo(raw.AsSpan(header));
            var digest = BlockDigest.Of(entries, records.WrittenSpan);
            if (!BrotliEncoder.TryCompress(raw.AsSpan(0, rawLength), target, out var written, quality: 1, Window))
                throw new InvalidOperationException("Brotli needed more room than it promised.");
            return new(target, written, rawLength, entries.Count, digest);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(raw);
            records.ResetWrittenCount();
            entries.Clear();
        }
    }
}

/// <summary>A compressed block on its way to the mirror, in a buffer that goes back to the pool.</summary>
internal readonly record struct CompressedBlock(byte[] Buffer, int Length, int RawLength, int Count, byte[] Digest) : IDisposable
{
    public ReadOnlySpan<byte> Data => Buffer.AsSpan(0, Length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(Buffer);
}
