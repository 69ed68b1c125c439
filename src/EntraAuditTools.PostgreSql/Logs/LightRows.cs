using EntraAuditTools.Core.Mirror.Chain;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.PostgreSql.Logs;

/// <summary>Removes from a copy without logs what an import put into it for a transaction.</summary>
internal static class LightRows
{
    /// <summary>All of it.</summary>
    public static void RemoveAll(SqliteConnection connection)
    {
        foreach (var table in Tables(connection)) MirrorFile.Execute(connection, $"DELETE FROM {CopyTable.Quoted(table.Name)}");
        MirrorFile.Execute(connection, $"UPDATE {LightCopy.Blocks} SET {LightCopy.Originals} = x'' WHERE length({LightCopy.Originals}) > 0");
    }

    /// <summary>
    /// What was sent. What a link of the chain will need stays until then: the digests of blocks, the parts of changes, and which records an
    /// import met again.
    /// </summary>
    public static void RemoveSent(SqliteConnection connection, ChangedRows changed)
    {
        var linked = ChainHead.LastBlock(connection);
        foreach (var table in Tables(connection))
        {
            var which = table.Name is "block_digest" or "provisioning_part" ? $" WHERE block <= {linked}"
                : LogTable.All.Any(log => log.Sightings == table.Name) ? " WHERE import IN (SELECT import FROM chain_import)" : string.Empty;
            MirrorFile.Execute(connection, $"DELETE FROM {CopyTable.Quoted(table.Name)}{which}");
        }

        var blocks = changed.Tables.Single(table => table.Name == LightCopy.Blocks);
        MirrorFile.Execute(connection,
            $"UPDATE {LightCopy.Blocks} SET {LightCopy.Originals} = x'' WHERE id IN (SELECT id FROM {ChangedRows.Of(blocks)})");
    }

    private static IEnumerable<CopyTable> Tables(SqliteConnection connection) =>
        CopyTable.Of(connection).Where(table => LightCopy.LeftOut.Contains(table.Name));
}
