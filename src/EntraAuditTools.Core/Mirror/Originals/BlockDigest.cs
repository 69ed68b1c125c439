using System.Security.Cryptography;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Mirror.Originals;

/// <summary>
/// The digest of a block's originals: the SHA-256 of each one's shape and SHA-256, in the order of their slots. So an original that is
/// removed leaves 32 bytes behind, and the others can still be proven.
/// </summary>
internal static class BlockDigest
{
    private const int EntrySize = 1 + SHA256.HashSizeInBytes;

    /// <summary>The digest of originals as they are collected.</summary>
    /// <param name="entries">Length and shape of each.</param>
    /// <param name="records">The originals, one after the other.</param>
    public static byte[] Of(IReadOnlyList<(int Length, RecordShape Shape)> entries, ReadOnlySpan<byte> records)
    {
        var all = new byte[entries.Count * EntrySize];
        var start = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            var (length, shape) = entries[i];
            var entry = all.AsSpan(i * EntrySize, EntrySize);
            var isMasked = ((byte)shape & OriginalBlockWriter.Masked) != 0;
            Write(entry, (RecordShape)((byte)shape & ~OriginalBlockWriter.Masked), records.Slice(start, length));
            if (isMasked) records.Slice(start, SHA256.HashSizeInBytes).CopyTo(entry[1..]);
            start += length;
        }

        return SHA256.HashData(all);
    }

    /// <summary>The digest of a block as it is stored.</summary>
    /// <param name="block">The block.</param>
    /// <param name="removed">SHA-256 of the originals that were removed from it, by their slots; null for none.</param>
    /// <exception cref="InvalidDataException">The block is damaged.</exception>
    public static byte[] Of(OriginalBlock block, IReadOnlyDictionary<int, byte[]>? removed = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> entry = stackalloc byte[EntrySize];
        var slot = 0;
        foreach (var record in block.ReadAll())
        {
            Write(entry, record.Shape, record.Json.Span);
            // What it says that it was is proven by the digest of all; what it says now is not.
            if (record.IsMasked) record.Sha256.Span.CopyTo(entry[1..]);
            // Nothing else may stand in the slot of an original that was removed.
            if (removed?.GetValueOrDefault(slot) is { Length: SHA256.HashSizeInBytes } known && record.Json.IsEmpty) known.CopyTo(entry[1..]);
            hash.AppendData(entry);
            slot++;
        }

        return hash.GetHashAndReset();
    }

    /// <summary>What stays of an original that is removed.</summary>
    public static byte[] OfRecord(in OriginalRecord record) => record.IsMasked ? record.Sha256.ToArray() : SHA256.HashData(record.Json.Span);

    private static void Write(Span<byte> entry, RecordShape shape, ReadOnlySpan<byte> record)
    {
        entry[0] = (byte)shape;
        SHA256.HashData(record, entry[1..]);
    }
}
