using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Chain;

/// <summary>The digests that a link holds, of the rows that it covers.</summary>
internal sealed class ChainDigests : IDisposable
{
    private readonly RowHash hash = new();
    private readonly Statement imports;
    private readonly Statement blocks;
    private readonly Statement contexts;
    private readonly Statement parts;
    private readonly Statement removed;

    /// <summary>Prepares the statements.</summary>
    public ChainDigests(SqliteConnection connection)
    {
        imports = new(connection, "SELECT import, digest FROM chain_import WHERE position = ? ORDER BY import");
        blocks = new(connection, "SELECT block, import, digest FROM block_digest WHERE block BETWEEN ? AND ? ORDER BY block");
        contexts = new(connection, "SELECT block, slot, context FROM original_context WHERE block BETWEEN ? AND ? ORDER BY block, slot");
        parts = new(connection, """
            SELECT block, slot, change_id, part, digest, occurrence, position FROM provisioning_part WHERE block BETWEEN ? AND ?
            ORDER BY block, slot, change_id, part, digest, occurrence
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
        hash.AddAll(parts.Bind(1, first).Bind(2, last), 7);
        return hash.Finish();
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
        imports.Dispose();
        blocks.Dispose();
        contexts.Dispose();
        parts.Dispose();
        removed.Dispose();
    }
}
