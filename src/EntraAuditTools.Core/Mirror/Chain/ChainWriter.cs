using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Chain;

/// <summary>
/// Appends links to a mirror's chain. The holder of the mirror's lock uses it, within the transaction that also writes what the link covers:
/// a kill leaves both or none, and imports are linked one after the other, in the order in which they finish.
/// </summary>
internal sealed class ChainWriter : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly ImportDigest imports;
    private readonly ChainDigests digests;
    private readonly Statement insertLink;
    private readonly Statement insertImport;
    private long position;
    private long lastBlock;

    /// <summary>Continues a mirror's chain.</summary>
    public ChainWriter(SqliteConnection connection)
    {
        this.connection = connection;
        imports = new(connection);
        digests = new(connection);
        insertLink = new(connection, "INSERT INTO chain (position, content, digest) VALUES (?, ?, ?)");
        insertImport = new(connection, "INSERT INTO chain_import (import, position, digest) VALUES (?, ?, ?)");
        lastBlock = ChainHead.LastBlock(connection);
        using var last = new Statement(connection, "SELECT position, digest FROM chain ORDER BY position DESC LIMIT 1");
        if (!last.Step()) return;
        position = last.Number(0);
        Head = last.Blob(1) ?? [];
        last.Reset();
    }

    /// <summary>The digest of the last link.</summary>
    public byte[] Head { get; private set; } = ChainContent.Start;

    /// <summary>Covers imports that were stopped before they finished, and what they left.</summary>
    public void LinkInterrupted()
    {
        var left = Numbers("SELECT id FROM import i WHERE NOT EXISTS (SELECT 1 FROM chain_import c WHERE c.import = i.id) ORDER BY id");
        if (left.Count > 0) Link(ChainReason.Interrupted, left);
    }

    /// <summary>Covers all imports, and the blocks that no link covers yet.</summary>
    public void LinkAll(ChainReason reason, ChainRemoval? removal = null, ChainLoss? loss = null) =>
        Link(reason, Numbers("SELECT id FROM import ORDER BY id"), removal, loss);

    /// <summary>Appends a link that covers imports as they are now, and the blocks of originals that no link covers yet.</summary>
    public void Link(ChainReason reason, IReadOnlyCollection<long> covered, ChainRemoval? removal = null, ChainLoss? loss = null)
    {
        position++;
        foreach (var import in covered) insertImport.Bind(1, import).Bind(2, position).BindBlob(3, imports.Of(import)).Execute();
        var first = lastBlock + 1;
        lastBlock = Math.Max(lastBlock, Numbers("SELECT coalesce(max(block), 0) FROM block_digest")[0]);
        var text = new ChainContent
        {
            Position = position,
            Reason = reason,
            Time = DateTime.UtcNow,
            Tool = ToolVersion.Text,
            Imports = covered.Count,
            ImportsDigest = digests.OfImports(position),
            FirstBlock = first,
            LastBlock = lastBlock,
            OriginalsDigest = digests.OfOriginals(first, lastBlock),
            Removal = removal,
            Loss = loss,
        }.ToText();
        Head = ChainContent.Digest(Head, text);
        insertLink.Bind(1, position).BindString(2, text).BindBlob(3, Head).Execute();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        imports.Dispose();
        digests.Dispose();
        insertLink.Dispose();
        insertImport.Dispose();
    }

    private List<long> Numbers(string sql)
    {
        using var statement = new Statement(connection, sql);
        var found = new List<long>();
        while (statement.Step()) found.Add(statement.Number(0));
        return found;
    }
}
