using System.Globalization;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Chain;

/// <summary>
/// Recomputes a mirror's chain from what the mirror holds: every link from the one before it, every import that it covers, and every
/// original. Reads all originals once; holds on to none.
/// </summary>
/// <param name="connection">The mirror, within one read transaction; its schema has a chain.</param>
/// <param name="onFinding">Called for each finding.</param>
internal sealed class ChainCheck(SqliteConnection connection, Action<ChainFinding> onFinding)
{
    private readonly Dictionary<long, (long Position, byte[] Digest)> imports = [];
    private readonly List<(long First, long Last, long Position)> blocks = [];
    private readonly HashSet<string> heads = [];
    private readonly HashSet<long> removals = [];
    private readonly HashSet<long> open = [];
    private readonly bool isMasked = MaskedOriginals.AreIn(connection);
    private long masked;
    private long maskedImports;

    /// <summary>How many links there are.</summary>
    public long Links { get; private set; }

    /// <summary>How many originals were compared.</summary>
    public long Originals { get; private set; }

    /// <summary>The digest of the last link, in lower-case hex; null for no links.</summary>
    public string? Head { get; private set; }

    /// <summary>Runs it.</summary>
    /// <param name="expectedHead">A head that was kept elsewhere, in hex; null for none.</param>
    /// <param name="onProgress">Called with the number of originals that were compared so far.</param>
    /// <param name="cancel">Stops it.</param>
    public void Run(string? expectedHead, Action<long> onProgress, CancellationToken cancel)
    {
        CheckLinks();
        CheckHead(expectedHead);
        CheckImports();
        CheckBlocks(onProgress, cancel);
        if (!isMasked) return;
        Note($"Secrets are masked in the originals of this copy. {Count(masked)} of them hold some: that they are of the records that were "
            + "imported is proven, what they say now is not.");
        if (maskedImports > 0)
        {
            Note($"{(maskedImports == 1 ? "One import" : Count(maskedImports) + " imports")} rejected records with secrets, which are masked "
                + "here too: what is recorded of these imports is not proven.");
        }
    }

    /// <summary>The links, from the first to the last.</summary>
    private void CheckLinks()
    {
        using var digests = new ChainDigests(connection);
        using var links = new Statement(connection, "SELECT position, content, digest FROM chain ORDER BY position");
        using var covered = new Statement(connection, "SELECT import, digest FROM chain_import WHERE position = ?");
        var (before, lastBlock) = (ChainContent.Start, 0L);
        while (links.Step())
        {
            Links++;
            var (position, text, digest) = (links.Number(0), links.String(1) ?? string.Empty, links.Blob(2) ?? []);
            if (position != Links)
            {
                Fault($"Link {Links} of the chain is missing.");
                Links = position;
            }

            var isWhole = ChainContent.Digest(before, text).AsSpan().SequenceEqual(digest);
            if (!isWhole) Fault($"Link {position} of the chain was changed, or one before it was removed or changed.");
            before = digest;
            heads.Add(ChainHead.Text(digest));
            if (ChainContent.Of(text) is not { } content)
            {
                if (isWhole) Fault($"Link {position} of the chain holds something else.");
                continue;
            }

            CheckRemoval(digests, content);
            CheckLoss(digests, content);
            if (content.Position != position) Fault($"Link {position} of the chain stands in the place of link {content.Position}.");
            if (content.FirstBlock != lastBlock + 1 && content.LastBlock >= content.FirstBlock)
                Fault($"Link {position} of the chain does not begin with the originals behind those of the link before it.");
            lastBlock = Math.Max(lastBlock, content.LastBlock);
            blocks.Add((content.FirstBlock, content.LastBlock, position));
            if (!digests.OfImports(position).AsSpan().SequenceEqual(content.ImportsDigest))
                Fault($"The list of the imports that link {position} of the chain covers was changed.");
            if (!digests.OfOriginals(content.FirstBlock, content.LastBlock).AsSpan().SequenceEqual(content.OriginalsDigest))
                Fault($"The list of the originals that link {position} of the chain covers was changed.");
            covered.Bind(1, position);
            while (covered.Step()) imports[covered.Number(0)] = (position, covered.Blob(1) ?? []);
            Head = ChainHead.Text(digest);
        }
    }

    private void CheckHead(string? expected)
    {
        if (expected == null || heads.Contains(expected.Trim().ToLowerInvariant())) return;
        Fault($"The head {expected} is no link of the chain: the mirror is another one, or what was imported up to that head was changed.");
    }

    /// <summary>Each import as the newest link that covers it says.</summary>
    private void CheckImports()
    {
        using var digest = new ImportDigest(connection);
        using var all = new Statement(connection, "SELECT id, status FROM import ORDER BY id");
        while (all.Step())
        {
            var import = all.Number(0);
            if (!imports.Remove(import, out var link))
            {
                if (all.String(1) == "Interrupted") open.Add(import);
                else Fault($"Import {import} is in no link of the chain: it was added by something else.", import);
            }
            else if (!digest.Of(import).AsSpan().SequenceEqual(link.Digest) && !IsMasked(import))
                Fault($"Import {import} was changed: its row, its coverage, what it rejected, or what it was the complete export of.", import);
        }

        foreach (var import in imports.Keys.Order()) Fault($"Import {import} was removed.", import);
        if (open.Count > 0)
            Note($"{(open.Count == 1 ? "One import" : Count(open.Count) + " imports")} did not finish and {(open.Count == 1 ? "is" : "are")} not covered "
                + "yet: the next import covers what is there then.");
    }

    /// <summary>
    /// Whether what an import rejected is masked in a mirror whose originals are: then the digest of the import cannot be made again.
    /// </summary>
    private bool IsMasked(long import)
    {
        if (!isMasked) return false;
        using var texts = new Statement(connection, "SELECT text FROM rejection WHERE import = ?");
        texts.Bind(1, import);
        while (texts.Step())
        {
            if (!RejectedText.IsMasked(texts.Blob(0))) continue;
            texts.Reset();
            maskedImports++;
            return true;
        }

        return false;
    }

    /// <summary>The originals as they were when they came.</summary>
    private void CheckBlocks(Action<long> onProgress, CancellationToken cancel)
    {
        using var all = new Statement(connection, """
            SELECT b.id, b.import, b.data, b.raw_length, b.count, d.import, d.digest FROM block b LEFT JOIN block_digest d ON d.block = b.id
            ORDER BY b.id
            """);
        using var removed = new Statement(connection, "SELECT slot, digest FROM removed_original WHERE block = ? AND slot >= 0");
        var (uncovered, place) = (0L, 0);
        while (all.Step())
        {
            cancel.ThrowIfCancellationRequested();
            var (block, import) = (all.Number(0), all.Number(1));
            while (place < blocks.Count && blocks[place].Last < block) place++;
            if (place == blocks.Count || block < blocks[place].First)
            {
                uncovered += all.Number(4);
                if (!open.Contains(import)) Fault($"Originals were added to import {import} (block {block}) after it was linked.", import);
            }

            if (all.Blob(6) is not { } known)
            {
                Fault($"Originals of import {import} (block {block}) are of no import of the chain: something else added them, or they were "
                    + "damaged before there was a chain.", import);
                continue;
            }

            removed.Bind(1, block);
            Dictionary<int, byte[]>? gaps = null;
            while (removed.Step()) (gaps ??= []).TryAdd((int)removed.Number(0), removed.Blob(1) ?? []);
            if (import != all.Number(5)) Fault($"Originals of import {all.Number(5)} (block {block}) were given to import {import}.", import);
            if (Digest(all.Blob(2), all.Number(3), gaps, out var hidden) is not { } digest)
                Fault($"Originals of import {import} (block {block}, {Count(all.Number(4))} records) are damaged.", import);
            else if (!digest.AsSpan().SequenceEqual(known))
                Fault($"Originals of import {import} (block {block}, {Count(all.Number(4))} records) were changed.", import);
            if (hidden > 0 && !isMasked)
                Fault($"Originals of import {import} (block {block}) were changed: in a mirror that is no masked copy, {Count(hidden)} are masked.", import);
            masked += hidden;
            Originals += all.Number(4) - (gaps?.Count ?? 0);
            onProgress(Originals);
        }

        CheckRemovedBlocks();
        if (uncovered > 0)
            Note($"{Count(uncovered)} originals are of imports that did not finish, and are not covered yet.");
    }

    private void CheckRemovedBlocks()
    {
        // Slot -1 stands for all of a block.
        using var missing = new Statement(connection, """
            SELECT d.import, count(*) FROM block_digest d
            WHERE NOT EXISTS (SELECT 1 FROM block b WHERE b.id = d.block)
                AND NOT EXISTS (SELECT 1 FROM removed_original r WHERE r.block = d.block AND r.slot = -1 AND r.digest = d.digest)
            GROUP BY d.import
            """);
        while (missing.Step())
            Fault($"Originals of import {missing.Number(0)} ({Count(missing.Number(1))} blocks) were removed.", missing.Number(0));
        using var unlinked = new Statement(connection, "SELECT DISTINCT position FROM removed_original");
        while (unlinked.Step())
        {
            if (!removals.Contains(unlinked.Number(0))) Fault("Originals were removed, and no link of the chain says so.");
        }
    }

    private void CheckRemoval(ChainDigests digests, ChainContent content)
    {
        if (content.Removal is not { } removal) return;
        removals.Add(content.Position);
        if (!digests.OfRemoved(content.Position).AsSpan().SequenceEqual(removal.Digest))
            Fault($"The list of the originals that link {content.Position} of the chain removes was changed.");
        else Note($"{Count(removal.Records)} {removal.Kinds} of before {removal.Before:yyyy-MM-dd} were removed on {content.Time:yyyy-MM-dd}, "
            + $"as link {content.Position} of the chain says.");
    }

    private void CheckLoss(ChainDigests digests, ChainContent content)
    {
        if (content.Loss is not { } loss) return;
        removals.Add(content.Position);
        if (!digests.OfRemoved(content.Position).AsSpan().SequenceEqual(loss.Digest))
            Fault($"The list of the originals that link {content.Position} of the chain says to be lost was changed.");
        else Note($"The mirror was salvaged from a damaged one on {content.Time:yyyy-MM-dd}: {loss.Describe()}, as link {content.Position} of the chain says.");
    }

    private static byte[]? Digest(byte[]? data, long length, Dictionary<int, byte[]>? removed, out long masked)
    {
        masked = 0;
        try
        {
            if (data == null) return null;
            var block = new OriginalBlock(data, length);
            masked = block.ReadAll().Count(record => record.IsMasked);
            return BlockDigest.Of(block, removed);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private void Fault(string what, long? import = null) => onFinding(new(true, what, import));

    private void Note(string what) => onFinding(new(false, what));
}
