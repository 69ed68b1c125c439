using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Upkeep.Salvage;

/// <summary>Leaves of salvaged rows only what does not follow from originals, where other rows contradict them.</summary>
internal static class BareOriginals
{
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "meta", "import", "rejection", "coverage", "block", "block_digest", "removed_original", "original_context", "provisioning_part",
        "chain", "chain_import", "complete_export", "term", "tenant",
    };

    /// <summary>Deletes the rest.</summary>
    public static void Keep(SqliteConnection mirror)
    {
        var tables = new List<string>();
        using (var all = new Statement(mirror, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"))
        {
            while (all.Step()) tables.Add(all.String(0)!);
        }

        foreach (var table in tables.Where(table => !Kept.Contains(table))) MirrorFile.Execute(mirror, $"DELETE FROM {table}");
        MirrorFile.Execute(mirror, "DELETE FROM complete_export WHERE scope <> 0");
    }
}
