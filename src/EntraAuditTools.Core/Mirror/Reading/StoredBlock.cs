using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Mirror.Reading;

/// <summary>A block of originals, read and held against the digest that was made when it was imported.</summary>
internal static class StoredBlock
{
    /// <summary>Its originals, in order of their slots; null when there is no such block.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="block">Number of the block.</param>
    /// <exception cref="InvalidDataException">It is damaged, or was changed.</exception>
    public static OriginalRecord[]? Read(MirrorReader mirror, long block)
    {
        var hasChain = mirror.SchemaVersion >= ChainSchema.Since;
        var digest = hasChain ? "(SELECT digest FROM block_digest WHERE block = b.id)" : "NULL";
        var sql = mirror.LogText();
        sql.Add($"SELECT data, raw_length, {digest} FROM {mirror.Blocks} b WHERE id = {sql.Bind(block)}");
        var (found, known) = mirror.QueryLog(sql, row => (OriginalBlock.Of(row, 0), row.Blob(2))).FirstOrDefault();
        if (found == null) return null;
        // Most have lost no original.
        if (known != null && !BlockDigest.Of(found).AsSpan().SequenceEqual(known)
            && !BlockDigest.Of(found, Removed(mirror, block)).AsSpan().SequenceEqual(known))
            throw new InvalidDataException("an original is not what was imported");
        return found.ReadAll().ToArray();
    }

    private static Dictionary<int, byte[]> Removed(MirrorReader mirror, long block)
    {
        var sql = mirror.LogText();
        sql.Add($"SELECT slot, digest FROM removed_original WHERE slot >= 0 AND block = {sql.Bind(block)}");
        return mirror.QueryLog(sql, row => (Slot: (int)row.Number(0), Digest: row.Blob(1) ?? [])).ToDictionary(row => row.Slot, row => row.Digest);
    }
}
