using System.Globalization;
using EntraAuditTools.Core.Mirror.Chain;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Upkeep.Salvage;

/// <summary>
/// Works out what is missing in the rows that were salvaged, and makes them say it: the digests of blocks that are lost stay, as those of
/// removed ones do; imports that lost originals are to be imported again, and what they said to be complete is not known to be.
/// </summary>
/// <param name="mirror">The rows, with the tables of this version.</param>
/// <param name="isWhole">Whether all of a table could be read.</param>
internal sealed class LostOriginals(SqliteConnection mirror, Func<string, bool> isWhole)
{
    private readonly SortedDictionary<long, long> lostOfImport = [];
    private IReadOnlyDictionary<long, long?> lost = new Dictionary<long, long?>();

    /// <summary>How many blocks are lost.</summary>
    public long Blocks { get; private set; }

    /// <summary>Whether rows of imports themselves were lost.</summary>
    public long Imports { get; private set; }

    /// <summary>Imports of which the rest is not what it was when they ended, so that what they cover is not believed.</summary>
    public IReadOnlyList<long> Doubtful { get; private set; } = [];

    /// <summary>Does it, in one transaction.</summary>
    /// <param name="hadChain">Whether the damaged mirror had a chain by itself.</param>
    public void Mark(bool hadChain)
    {
        MirrorFile.Execute(mirror, "BEGIN IMMEDIATE");
        AddImports();
        if (hadChain) Doubt();
        // Of links that are lost the lists of imports may be there still.
        MirrorFile.Execute(mirror, "DELETE FROM chain_import WHERE position NOT IN (SELECT position FROM chain)");
        var blocks = LostBlocks.Find(mirror);
        lost = blocks.Imports;
        foreach (var import in blocks.Doubtful) lostOfImport.TryAdd(import, 1);
        var position = MirrorFile.Scalar(mirror, "SELECT coalesce(max(position), 0) FROM chain") + 2;
        foreach (var block in lost.Keys) Keep(block, position);
        foreach (var import in lost.Values.OfType<long>()) lostOfImport[import] = lostOfImport.GetValueOrDefault(import) + 1;
        foreach (var import in SalvageSql.Numbers(mirror, """
            SELECT id FROM import i WHERE added + updated > 0 AND id NOT IN (SELECT import FROM block)
                AND id NOT IN (SELECT import FROM block_digest) AND finished IS NOT NULL
            """))
        {
            // A last block whose number nothing knows any more.
            if (lostOfImport.TryAdd(import, 1)) Blocks++;
        }

        Blocks += lost.Count;
        var sawAgain = SawAgain();
        foreach (var (import, count) in lostOfImport) Say(import, count);
        foreach (var import in sawAgain.Where(import => !lostOfImport.ContainsKey(import))) Say(import, -1);
        DropWhatIsGone();
        MirrorFile.Execute(mirror, "COMMIT");
    }

    /// <summary>Rows for imports of which only the originals are left.</summary>
    private void AddImports()
    {
        var missing = SalvageSql.Numbers(mirror, """
            SELECT import FROM block UNION SELECT import FROM block_digest UNION SELECT import FROM chain_import
            EXCEPT SELECT id FROM import ORDER BY 1
            """);
        Imports = missing.Count;
        foreach (var import in missing)
        {
            MirrorFile.Execute(mirror, string.Create(CultureInfo.InvariantCulture, $$"""
                INSERT INTO import (id, started, finished, status, source, kind, shape, tool_version, options, reader)
                SELECT {{import}}, t, t, 'Partial', '(its name was lost)', '', '', '', '{}', {{ReaderVersion.Current}}
                FROM (SELECT coalesce((SELECT max(started) FROM import WHERE id < {{import}}), (SELECT min(started) FROM import),
                        {{DateTime.UtcNow.Ticks}}) AS t)
                """));
        }
    }

    /// <summary>Coverage and complete exports of imports that are not as the chain last had them.</summary>
    private void Doubt()
    {
        var doubtful = new List<long>();
        using (var digest = new ImportDigest(mirror))
        using (var last = new Statement(mirror, """
            SELECT import, digest FROM chain_import c WHERE position = (SELECT max(position) FROM chain_import x WHERE x.import = c.import)
            """))
        {
            while (last.Step())
            {
                if (!digest.Of(last.Number(0)).AsSpan().SequenceEqual(last.Blob(1))) doubtful.Add(last.Number(0));
            }
        }

        Doubtful = doubtful;
        foreach (var import in doubtful) Forget(import);
    }

    /// <summary>The digest of a block that is lost stays, and those of its parts.</summary>
    private void Keep(long block, long position)
    {
        using var digests = new ChainDigests(mirror);
        const string Parts = "SELECT slot, change_id, part, digest, occurrence, position FROM provisioning_part WHERE block = ?";
        using (var parts = new Statement(mirror, Parts))
        using (var keep = new Statement(mirror,
            "INSERT OR IGNORE INTO removed_original (block, slot, position, digest) VALUES (?, ?, ?, ?)"))
        {
            parts.Bind(1, block);
            while (parts.Step())
            {
                keep.Bind(1, block).Bind(2, ChainDigests.FirstRemovedPart - parts.Number(0)).Bind(3, position)
                    .BindBlob(4, digests.OfPart(parts, 1)).Execute();
            }
        }

        MirrorFile.Execute(mirror, string.Create(CultureInfo.InvariantCulture, $"""
            DELETE FROM provisioning_part WHERE block = {block};
            INSERT OR REPLACE INTO removed_original (block, slot, position, digest)
                SELECT block, -1, {position}, digest FROM block_digest WHERE block = {block};
            """));
    }

    /// <summary>
    /// Imports that saw records again of which the only original is lost: by the rows where they are whole, else all that saw something
    /// again.
    /// </summary>
    private List<long> SawAgain()
    {
        if (lost.Count == 0 && lostOfImport.Count == 0) return [];
        var tables = LogTable.All.SelectMany(log => new[] { log.Name, log.Sightings, log.Copies })
            .Concat(["entity_state", "entity_original", "entity_sighting"]);
        if (!tables.All(isWhole))
        {
            var first = lostOfImport.Count == 0 ? 0 : lostOfImport.Keys.First();
            return SalvageSql.Numbers(mirror, string.Create(CultureInfo.InvariantCulture,
                $"SELECT id FROM import WHERE unchanged + updated > 0 AND id > {first}"));
        }

        var logs = LogTable.All.Select(log => $"""
            SELECT s.import FROM {log.Sightings} s JOIN {log.Name} r ON r.id = s.{log.Name}
                WHERE r.block NOT IN (SELECT id FROM block)
            """);
        return SalvageSql.Numbers(mirror, $"""
            {string.Join(" UNION ", logs)} UNION
            SELECT s.import FROM entity_sighting s JOIN entity_state t ON t.id = s.state WHERE t.block NOT IN (SELECT id FROM block)
            """);
    }

    private void Say(long import, long count)
    {
        using (var say = new Statement(mirror, """
            UPDATE import SET options = json_set(options, '$.Lost', ?2,
                '$.FileReader', coalesce(json_extract(options, '$.FileReader'), reader)) WHERE id = ?1
            """)) say.Bind(1, import).Bind(2, count).Execute();
        Forget(import);
    }

    private void Forget(long import) => MirrorFile.Execute(mirror, string.Create(CultureInfo.InvariantCulture,
        $"DELETE FROM coverage WHERE import = {import}; DELETE FROM complete_export WHERE import = {import};"));

    /// <summary>Rows that refer to originals that are lost: their other originals, where there are, make them anew.</summary>
    private void DropWhatIsGone()
    {
        foreach (var table in LogTable.All.SelectMany(log => new[] { log.Name, log.Copies })
            .Concat(["provisioning_part", "synchronization_job", "entity_state", "entity_original"]))
            MirrorFile.Execute(mirror, $"DELETE FROM {table} WHERE block NOT IN (SELECT id FROM block)");
    }
}
