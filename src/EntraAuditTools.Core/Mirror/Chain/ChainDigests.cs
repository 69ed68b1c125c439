using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Chain;

/// <summary>The digests that a link holds, of the rows that it covers.</summary>
internal sealed class ChainDigests : IDisposable
{
    /// <summary>
    /// In <c>removed_original</c> a removed row of <c>provisioning_part</c> stands with its digest at this number less its slot: each has an
    /// original, and so a slot, of its own.
    /// </summary>
    public const int FirstRemovedPart = -2;

    private const int PartColumns = 5;

    private readonly RowHash hash = new();
    private readonly RowHash part = new();
    private readonly Statement imports;
    private readonly Statement blocks;
    private readonly Statement contexts;
    private readonly Statement parts;
    private readonly Statement removedParts;
    private readonly Statement removed;

    /// <summary>Prepares the statements.</summary>
    public ChainDigests(SqliteConnection connection)
    {
        imports = new(connection, "SELECT import, digest FROM chain_import WHERE position = ? ORDER BY import");
        blocks = new(connection, "SELECT block, import, digest FROM block_digest WHERE block BETWEEN ? AND ? ORDER BY block");
        contexts = new(connection, "SELECT block, slot, context FROM original_context WHERE block BETWEEN ? AND ? ORDER BY block, slot");
        parts = new(connection, """
            SELECT block, slot, change_id, part, digest, occurrence, position FROM provisioning_part WHERE block BETWEEN ? AND ?
            ORDER BY block, slot
            """);
        removedParts = new(connection, $"""
            SELECT block, {FirstRemovedPart} - slot, digest FROM removed_original WHERE slot <= {FirstRemovedPart} AND block BETWEEN ? AND ?
            ORDER BY block, slot DESC
            """);
        removed = new(connection, "SELECT block, slot, digest FROM removed_original WHERE position = ? ORDER BY block, slot");
    }

    /// <summary>The digest of the imports of a link.</summary>
    public byte[] OfImports(long position)
    {
        hash.AddAll(imports.Bind(1, position), 2);
        return hash.Finish();
    }

    /// <summary>
    /// The digest of the originals in a range of blocks, and of what only their files say of them: the context of their pages, and the order of
    /// a provisioning entry's steps.
    /// </summary>
    public byte[] OfOriginals(long first, long last)
    {
        hash.AddAll(blocks.Bind(1, first).Bind(2, last), 3);
        hash.AddAll(contexts.Bind(1, first).Bind(2, last), 3);
        AddParts(first, last);
        return hash.Finish();
    }

    /// <summary>The digest of a row of <c>provisioning_part</c>, which stays when the row is removed.</summary>
    /// <param name="row">Its change_id, part, digest, occurrence and position, from a column on.</param>
    /// <param name="column">The first of them.</param>
    public byte[] OfPart(Statement row, int column)
    {
        for (var i = 0; i < PartColumns; i++) part.Add(row, column + i);
        return part.Finish();
    }

    /// <summary>The digest of the originals that a link removes.</summary>
    public byte[] OfRemoved(long position)
    {
        hash.AddAll(removed.Bind(1, position), 3);
        return hash.Finish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        hash.Dispose();
        part.Dispose();
        imports.Dispose();
        blocks.Dispose();
        contexts.Dispose();
        parts.Dispose();
        removedParts.Dispose();
        removed.Dispose();
    }

    /// <summary>The rows that are there and those that were removed, in the order of their places.</summary>
    private void AddParts(long first, long last)
    {
        parts.Bind(1, first).Bind(2, last);
        removedParts.Bind(1, first).Bind(2, last);
        var (hasPart, hasRemoved, count) = (parts.Step(), removedParts.Step(), 0L);
        for (; hasPart || hasRemoved; count++)
        {
            var isNext = hasPart && (!hasRemoved || Place(parts).CompareTo(Place(removedParts)) <= 0);
            var (block, slot) = Place(isNext ? parts : removedParts);
            hash.Add(block, slot, isNext ? OfPart(parts, 2) : removedParts.Blob(2) ?? []);
            if (isNext) hasPart = parts.Step();
            else hasRemoved = removedParts.Step();
        }

        hash.AddCount(count);
    }

    private static (long Block, long Slot) Place(Statement row) => (row.Number(0), row.Number(1));
}
