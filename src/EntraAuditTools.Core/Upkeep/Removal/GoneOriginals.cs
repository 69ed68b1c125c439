using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Upkeep.Removal;

/// <summary>
/// Removes the originals of events that are gone: whole blocks, and from others the record in its slot, which stays empty so that those
/// behind it keep their places. What the chain needs to prove the others stays: a digest.
/// </summary>
internal sealed class GoneOriginals(SqliteConnection connection, CancellationToken cancel)
{
    private readonly OriginalBlockWriter writer = new();

    /// <summary>Removes those at <see cref="GoneRows.Places"/>; says how many.</summary>
    /// <param name="position">The position of the link that will say so.</param>
    /// <exception cref="InvalidDataException">A block is damaged or was changed: what stays of it could not be proven any more.</exception>
    public long Remove(long position)
    {
        var removed = 0L;
        using var blocks = new Statement(connection, $"SELECT DISTINCT block FROM {GoneRows.Places} ORDER BY block");
        using var places = new Statement(connection, $"SELECT slot FROM {GoneRows.Places} WHERE block = ?");
        using var find = new Statement(connection,
            "SELECT data, raw_length, (SELECT digest FROM block_digest WHERE block = b.id) FROM block b WHERE id = ?");
        using var before = new Statement(connection, "SELECT slot, digest FROM removed_original WHERE block = ? AND slot >= 0");
        using var delete = new Statement(connection, "DELETE FROM block WHERE id = ?");
        using var repack = new Statement(connection, "UPDATE block SET data = ?2, raw_length = ?3 WHERE id = ?1");
        using var keep = new Statement(connection, "INSERT INTO removed_original (block, slot, position, digest) VALUES (?, ?, ?, ?)");
        while (blocks.Step())
        {
            cancel.ThrowIfCancellationRequested();
            var block = blocks.Number(0);
            var slots = new HashSet<int>();
            places.Bind(1, block);
            while (places.Step()) slots.Add((int)places.Number(0));
            var gaps = new Dictionary<int, byte[]>();
            before.Bind(1, block);
            while (before.Step()) gaps.Add((int)before.Number(0), before.Blob(1) ?? []);

            var (original, digest) = Read(find, block);
            if (!BlockDigest.Of(original, gaps).AsSpan().SequenceEqual(digest))
                throw new InvalidDataException($"an original of block {block} is not what was imported");
            var records = original.ReadAll().ToList();
            removed += slots.Count;
            if (slots.Count + gaps.Count == records.Count)
            {
                delete.Bind(1, block).Execute();
                keep.Bind(1, block).Bind(2, -1).Bind(3, position).BindBlob(4, digest).Execute();
                continue;
            }

            for (var slot = 0; slot < records.Count; slot++)
            {
                var record = records[slot];
                if (slots.Contains(slot))
                    keep.Bind(1, block).Bind(2, slot).Bind(3, position).BindBlob(4, BlockDigest.OfRecord(record)).Execute();
                writer.Add(slots.Contains(slot) ? new(record.Shape, default) : record);
            }

            using var packed = writer.Compress();
            repack.Bind(1, block).BindBlob(2, packed.Data).Bind(3, packed.RawLength).Execute();
        }

        return removed;
    }

    private static (OriginalBlock Block, byte[] Digest) Read(Statement find, long block)
    {
        if (!find.Bind(1, block).Step() || find.Blob(0) is not { } data || find.Blob(2) is not { } digest)
            throw new InvalidDataException($"block {block} is missing or was never covered");
        var found = (new OriginalBlock(data, find.Number(1)), digest);
        find.Reset();
        return found;
    }
}
