using EntraAuditTools.Core.Mirror.Chain;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Upkeep.Salvage;

/// <summary>
/// Ends the chain of a salvaged mirror with a link that says so. Where all of the old chain could be read and proves what is left, it goes
/// on: a head that was kept elsewhere is still in it. Else it begins anew, with what is there now.
/// </summary>
internal static class SalvageLink
{
    /// <summary>Adds the link.</summary>
    /// <param name="mirror">The mirror, derived anew.</param>
    /// <param name="blocks">How many blocks are lost.</param>
    /// <param name="oldHead">The head of the damaged mirror as far as it could be read, in hex; null for none.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>Whether the old chain goes on.</returns>
    public static bool Add(SqliteConnection mirror, long blocks, string? oldHead, CancellationToken cancel)
    {
        MirrorFile.Execute(mirror, "BEGIN IMMEDIATE; SAVEPOINT before");
        Link(mirror, MirrorFile.Scalar(mirror, "SELECT coalesce(max(position), 0) + 1 FROM chain"), blocks, oldHead, null);
        var isKept = oldHead != null;
        new ChainCheck(mirror, finding => isKept &= !finding.IsFault).Run(oldHead, _ => { }, cancel);
        if (!isKept)
        {
            MirrorFile.Execute(mirror, "ROLLBACK TO before");
            var removal = Removals(mirror);
            MirrorFile.Execute(mirror, """
                DELETE FROM chain; DELETE FROM chain_import;
                DELETE FROM removed_original WHERE block NOT IN (SELECT block FROM block_digest) AND slot >= -1;
                UPDATE removed_original SET position = 1;
                """);
            Link(mirror, 1, blocks, oldHead, removal);
        }

        MirrorFile.Execute(mirror, "COMMIT");
        return isKept;
    }

    private static void Link(SqliteConnection mirror, long position, long blocks, string? oldHead, ChainRemoval? removal)
    {
        byte[] digest;
        using (var digests = new ChainDigests(mirror)) digest = digests.OfRemoved(position);
        using var chain = new ChainWriter(mirror);
        chain.LinkAll(ChainReason.Salvage, removal == null ? null : removal with { Digest = digest },
            new(oldHead == null ? null : Convert.FromHexString(oldHead), blocks, digest));
    }

    /// <summary>What links of before removed, as one: coverage and files that come again go by it.</summary>
    private static ChainRemoval? Removals(SqliteConnection mirror)
    {
        var found = new List<ChainRemoval>();
        using var links = new Statement(mirror, "SELECT content FROM chain ORDER BY position");
        while (links.Step())
        {
            if (ChainContent.Of(links.String(0) ?? string.Empty)?.Removal is { } removal) found.Add(removal);
        }

        return found.Count == 0 ? null : found[^1] with
        {
            Before = found.Max(removal => removal.Before),
            Kinds = string.Join(" and ", found.SelectMany(removal => removal.Kinds.Split(" and ")).Distinct()),
            Records = found.Sum(removal => removal.Records),
            Logs = [.. found.SelectMany(removal => removal.Logs).Distinct()],
        };
    }
}
