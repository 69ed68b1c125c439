using EntraAuditTools.Core.Mirror.Chain;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Upkeep.Salvage;

/// <summary>
/// Which blocks of originals are lost: those whose digest says that they were there, and numbers that were given, with the import of each
/// where it is known; and imports that may have lost one besides.
/// </summary>
internal static class LostBlocks
{
    private const long MostLost = 1_000_000;

    /// <summary>Finds them.</summary>
    public static (IReadOnlyDictionary<long, long?> Imports, IReadOnlyCollection<long> Doubtful) Find(SqliteConnection mirror)
    {
        var lost = new SortedDictionary<long, long?>();
        var doubtful = new SortedSet<long>();
        foreach (var (block, import) in SalvageSql.Pairs(mirror, """
            SELECT block, import FROM block_digest d WHERE block NOT IN (SELECT id FROM block)
                AND NOT EXISTS (SELECT 1 FROM removed_original r WHERE r.block = d.block AND r.slot = -1)
            """)) lost[block] = import;

        // Numbers are given in their order, without gaps: one of which nothing is left was a block.
        var there = SalvageSql.Numbers(mirror, """
            SELECT id FROM block UNION SELECT block FROM block_digest UNION SELECT block FROM removed_original ORDER BY 1
            """);
        var known = SalvageSql.Pairs(mirror, "SELECT block, import FROM block_digest UNION SELECT id, import FROM block")
            .ToDictionary(it => it.Key, it => it.Value);
        var links = Links(mirror);
        var end = Math.Max(there.Count == 0 ? 0 : there[^1], links.Count == 0 ? 0 : links.Max(link => link.Last));
        // A number that damage made up is no reason to count for ever.
        if (end - there.Count > MostLost) end = there.Count;
        var (next, before) = (0, 0L);
        for (long block = 1; block <= end; block++)
        {
            while (next < there.Count && there[next] < block) next++;
            if (next < there.Count && there[next] == block)
            {
                before = known.GetValueOrDefault(block, before);
                continue;
            }

            var link = links.Find(link => link.First <= block && block <= link.Last);
            if (link.Import != 0) lost[block] = link.Import;
            else
            {
                lost[block] = before == 0 ? null : before;
                // It may as well be the first of the import behind it.
                if (next < there.Count && known.GetValueOrDefault(there[next]) is > 0 and var after && after != before) doubtful.Add(after);
            }
        }

        var imports = SalvageSql.Numbers(mirror, "SELECT id FROM import").ToHashSet();
        foreach (var block in lost.Keys.Where(block => lost[block] is { } import && !imports.Contains(import)).ToList()) lost[block] = null;
        return (lost, doubtful);
    }

    /// <summary>Which blocks came with which import, where a link is of one import alone.</summary>
    private static List<(long First, long Last, long Import)> Links(SqliteConnection mirror)
    {
        var found = new List<(long, long, long)>();
        using var links = new Statement(mirror, """
            SELECT content, (SELECT min(import) FROM chain_import c WHERE c.position = l.position HAVING count(*) = 1) FROM chain l
            ORDER BY position
            """);
        while (links.Step())
        {
            if (ChainContent.Of(links.String(0) ?? string.Empty) is { } content && content.LastBlock >= content.FirstBlock)
                found.Add((content.FirstBlock, content.LastBlock, content.Reason == ChainReason.Import ? links.Number(1) : 0));
        }

        return found;
    }
}
