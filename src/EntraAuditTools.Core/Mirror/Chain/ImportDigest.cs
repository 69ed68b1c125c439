using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Chain;

/// <summary>
/// The digest of what a mirror says of an import: its row, the spans that it covers, what it rejected, what it was the complete export of,
/// and how many records it brought that were there. Terms and objects are taken by their text, not by their number, which deriving anew may change.
/// </summary>
internal sealed class ImportDigest : IDisposable
{
    private static readonly (string Sql, int Columns)[] Parts =
    [
        ("""
        SELECT id, started, finished, status, source, kind, shape, tool_version, bytes, sha256, options, read, added, updated, unchanged,
            rejected, not_supported, conflicts, first_time, last_time, notes, reader, file_time, header
        FROM import WHERE id = ?
        """, 24),
        ("""
        SELECT c.kind, coalesce(t.text, c.tenant), c.from_time, c.to_time, c.basis FROM coverage c LEFT JOIN term t ON t.id = c.tenant
        WHERE c.import = ? ORDER BY 1, 2, 3, 4, 5
        """, 5),
        ("SELECT line, byte_offset, reason, text FROM rejection WHERE import = ? ORDER BY id", 4),
        ("""
        SELECT c.kind, coalesce(t.text, c.tenant), e.kind, e.object_id, c.seen, c.assumed FROM complete_export c LEFT JOIN term t ON t.id = c.tenant
            LEFT JOIN entity e ON e.id = c.scope
        WHERE c.import = ? ORDER BY 1, 2, 3, 4, 5
        """, 6),
        .. LogTable.All.Select(log => ($"SELECT count(*) FROM {log.Sightings} WHERE import = ?", 1)),
    ];

    private readonly Statement[] statements;
    private readonly RowHash hash = new();

    /// <summary>Prepares the statements; the mirror's schema is <see cref="Tables.ChainSchema.Since"/> or newer.</summary>
    public ImportDigest(SqliteConnection connection) => statements = [.. Parts.Select(part => new Statement(connection, part.Sql))];

    /// <summary>The digest of an import.</summary>
    public byte[] Of(long import)
    {
        foreach (var (statement, (_, columns)) in statements.Zip(Parts)) hash.AddAll(statement.Bind(1, import), columns);
        return hash.Finish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in statements) statement.Dispose();
        hash.Dispose();
    }
}
