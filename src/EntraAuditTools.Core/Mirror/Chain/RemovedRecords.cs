using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Chain;

/// <summary>Which records were removed from a mirror, by the links of its chain that say so.</summary>
internal sealed class RemovedRecords
{
    private readonly List<(ChainRemoval Removal, HashSet<long> Imports)> removals = [];

    /// <summary>Reads the links.</summary>
    /// <param name="connection">The mirror; its schema has a chain.</param>
    public RemovedRecords(SqliteConnection connection)
    {
        using var links = new Statement(connection, """
            SELECT position, content FROM chain WHERE position IN (SELECT position FROM removed_original) ORDER BY position
            """);
        using var covered = new Statement(connection, "SELECT import FROM chain_import WHERE position = ?");
        while (links.Step())
        {
            if (ChainContent.Of(links.String(1) ?? string.Empty) is not { Removal: { } removal }) continue;
            var imports = new HashSet<long>();
            covered.Bind(1, links.Number(0));
            while (covered.Step()) imports.Add(covered.Number(0));
            removals.Add((removal, imports));
        }
    }

    /// <summary>Whether anything of before was removed that an import may have brought.</summary>
    public bool Any(long import) => removals.Exists(removal => removal.Imports.Contains(import));

    /// <summary>
    /// Until when records of a log that an import brought were removed, in UTC ticks; null for one that came after, or lost nothing.
    /// </summary>
    /// <param name="kind">The kind of the log's records.</param>
    /// <param name="import">The import.</param>
    public long? Before(string kind, long import) => Latest(removal => removal.Imports.Contains(import) && removal.Removal.Logs.Contains(kind));

    /// <summary>Until when records of a log were ever removed, in UTC ticks; null when none were.</summary>
    /// <param name="kind">The kind of the log's records.</param>
    public long? Before(string kind) => Latest(removal => removal.Removal.Logs.Contains(kind));

    private long? Latest(Predicate<(ChainRemoval Removal, HashSet<long> Imports)> which) =>
        removals.FindAll(which).Select(removal => (long?)removal.Removal.Before.Ticks).Max();
}
