using System.Text.Json;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Upkeep.Salvage;

/// <summary>
/// Takes over blocks of originals: those that are what their digest says. One whose digest is lost is taken when every record of it can be
/// read, and is not proven.
/// </summary>
internal sealed class SalvagedBlocks
{
    /// <summary>The table.</summary>
    public const string Table = "block";

    private readonly Dictionary<long, (long Import, byte[] Digest)> digests = [];
    private readonly Dictionary<long, Dictionary<int, byte[]>> removed = [];
    private readonly HashSet<long> gone = [];
    private readonly HashSet<long> proven = [];
    private readonly HashSet<long> unproven = [];
    private readonly SqliteConnection mirror;
    private readonly Dictionary<string, long> byDigest = new(StringComparer.Ordinal);
    private readonly bool hasChain;
    private readonly bool areAllDigestsKnown;

    /// <summary>Begins; the digests are in the mirror already.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="hasChain">Whether its version has digests.</param>
    /// <param name="areAllDigestsKnown">Whether all of them could be read: a block without one is then none that was stored.</param>
    public SalvagedBlocks(SqliteConnection mirror, bool hasChain, bool areAllDigestsKnown)
    {
        (this.mirror, this.hasChain, this.areAllDigestsKnown) = (mirror, hasChain, hasChain && areAllDigestsKnown);
        if (!hasChain) return;
        using (var all = new Statement(mirror, "SELECT block, import, digest FROM block_digest"))
        {
            while (all.Step())
            {
                digests[all.Number(0)] = (all.Number(1), all.Blob(2) ?? []);
                byDigest[Convert.ToHexString(all.Blob(2) ?? [])] = all.Number(0);
            }
        }

        using var originals = new Statement(mirror, "SELECT block, slot, digest FROM removed_original WHERE slot >= -1");
        while (originals.Step())
        {
            var (block, slot) = (originals.Number(0), (int)originals.Number(1));
            if (slot < 0) gone.Add(block);
            else if (removed.TryGetValue(block, out var gaps)) gaps[slot] = originals.Blob(2) ?? [];
            else removed.Add(block, new() { [slot] = originals.Blob(2) ?? [] });
        }
    }

    /// <summary>How many are what their digest says.</summary>
    public long Proven => proven.Count;

    /// <summary>How many have no digest to compare with.</summary>
    public long Unproven => unproven.Count;

    /// <summary>Takes a row over; one that was found twice is taken once, the proven one.</summary>
    /// <param name="row">id, import, count, raw_length, data.</param>
    public void Add(object?[] row)
    {
        if (row is not [long id, long import, _, long length, byte[] data] || id < 1 || gone.Contains(id) || proven.Contains(id)) return;
        byte[] digest;
        int count;
        var isProven = false;
        try
        {
            var block = new OriginalBlock(data, length);
            digest = BlockDigest.Of(block, removed.GetValueOrDefault(id));
            // The number may be what is damaged: another's digest says whose it is.
            if (digests.GetValueOrDefault(id).Digest is not { } own || !digest.AsSpan().SequenceEqual(own))
                id = byDigest.GetValueOrDefault(Convert.ToHexString(digest), id);
            if (proven.Contains(id)) return;
            if (digests.TryGetValue(id, out var known))
            {
                if (!digest.AsSpan().SequenceEqual(known.Digest)) return;
                (isProven, import) = (true, known.Import);
            }
            else if (areAllDigestsKnown || unproven.Contains(id) || !AreRecords(block))
            {
                return;
            }

            count = block.ReadAll().Count();
        }
        catch (InvalidDataException)
        {
            return;
        }

        const string Insert = "INSERT OR REPLACE INTO block (id, import, count, raw_length, data) VALUES (?, ?, ?, ?, ?)";
        using (var insert = new Statement(mirror, Insert))
            insert.Bind(1, id).Bind(2, import).Bind(3, count).Bind(4, length).BindBlob(5, data).Execute();
        (isProven ? proven : unproven).Add(id);
        if (isProven || !hasChain) return;
        using var add = new Statement(mirror, "INSERT OR REPLACE INTO block_digest (block, import, digest) VALUES (?, ?, ?)");
        add.Bind(1, id).Bind(2, import).BindBlob(3, digest).Execute();
    }

    /// <summary>Whether every record is JSON to its end, and every text in it can be read: damage is often neither.</summary>
    private static bool AreRecords(OriginalBlock block)
    {
        try
        {
            foreach (var record in block.ReadAll().Where(record => !record.Json.IsEmpty))
            {
                var reader = new Utf8JsonReader(record.Json.Span);
                while (reader.Read())
                {
                    if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) _ = reader.GetString();
                }
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
