using System.Globalization;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Upkeep.Salvage;
using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Running;
using Microsoft.Data.Sqlite;
using Check = EntraAuditTools.Core.Upkeep.Checking.MirrorCheck;

namespace EntraAuditTools.Trust.Damage;

/// <summary>
/// Salvages mirrors that were damaged up to four times: nothing crashes, the damaged file stays as it is, what comes out passes its check,
/// and has every original whose pages are as they were. Counts what ordinary reading would have saved.
/// </summary>
internal sealed class SalvageCampaign : ICampaign
{
    private const int MostDamages = 4;

    private (BlockPages Pages, IReadOnlyDictionary<long, string> Digests)? known;

    public string Name => "salvage";

    public string Promise =>
        "Of a damaged mirror, Backup-AuditMirror -Salvage saves every original whose pages are whole, into a mirror that passes its check.";

    public int ShortRounds => 4;

    public void Run(Round round)
    {
        var whole = KnownMirror.Of(round);
        var (pages, digests) = known ??= (new(whole.Path), Digests(whole.Path));
        var mirror = whole.Copy(round);
        var what = new List<string>();
        for (var i = round.Random.Next(1, MostDamages + 1); i > 0 && new FileInfo(mirror).Length > 100_000; i--)
            what.Add(FileDamage.Make(round.Random, mirror));
        if (round.Random.Next(5) == 0) what.Add(ClearHeader(mirror));
        var how = string.Join(", ", what);
        var untouched = pages.Untouched(mirror).ToHashSet();
        var before = File.ReadAllBytes(mirror);
        round.Count("originals", pages.Counts.Values.Sum());
        round.Count("originals on whole pages", untouched.Sum(block => pages.Counts[block]));
        round.Count("originals that ordinary reading saves", Ordinary(mirror, digests).Sum(block => pages.Counts[block]));
        Salvage(round, mirror, how, pages, digests, untouched);
        round.Expect(before.AsSpan().SequenceEqual(File.ReadAllBytes(mirror)), $"{how}: the damaged file was changed");
    }

    private static void Salvage(Round round, string mirror, string how, BlockPages pages, IReadOnlyDictionary<long, string> digests,
        HashSet<long> untouched)
    {
        var target = round.PathOf("salvaged.db");
        try
        {
            var saved = MirrorSalvage.Run(mirror, target, isForced: false, _ => { }, round.Cancel);
            var test = Check.Run(target, new(), _ => { }, round.Cancel);
            round.Expect(test.Problems.Count == 0, $"{how}: Test-AuditMirror: {string.Join("; ", test.Problems)}");
            var there = MirrorCheck.Texts(target, "SELECT id FROM block").Select(id => long.Parse(id, CultureInfo.InvariantCulture)).ToHashSet();
            round.Count("originals saved", there.Sum(block => pages.Counts.GetValueOrDefault(block)));
            round.Count("chains that go on", saved.Notes.Any(note => note.StartsWith("The chain goes on", StringComparison.Ordinal)) ? 1 : 0);
            round.Count("imports to import again", saved.ImportAgain.Count);
            round.Expect(there.All(pages.Counts.ContainsKey), $"{how}: blocks that never were");
            var other = Digests(target).Where(block => there.Contains(block.Key) && digests[block.Key] != block.Value)
                .Select(block => block.Key).ToList();
            round.Expect(other.Count == 0 || saved.Notes.Any(note => note.Contains("digests are lost", StringComparison.Ordinal)),
                $"{how}: blocks {string.Join(", ", other)} are others than were imported");
            round.Count("originals that are others, and said not to be proven", other.Sum(block => pages.Counts[block]));
            var missing = untouched.Except(there).ToList();
            round.Count("originals on whole pages that are not saved", missing.Sum(block => pages.Counts[block]));
            if (missing.Count > 0)
                round.Fail($"{how}: blocks {string.Join(", ", missing)} are whole, and not saved: {string.Join(" ", saved.Notes)}");
            round.Expect(saved.LostBlocks > 0 || there.Count == pages.Counts.Count,
                $"{how}: {pages.Counts.Count - there.Count} blocks are lost unsaid");
        }
        catch (AuditToolException e) when (e.ErrorId == "NothingToSalvage" && untouched.Count == 0)
        {
            round.Count("mirrors of which nothing is left");
        }
    }

    private static string ClearHeader(string mirror)
    {
        using var file = new FileStream(mirror, FileMode.Open, FileAccess.ReadWrite);
        file.Write(new byte[100]);
        return "the header empty";
    }

    /// <summary>The blocks that SQLite gives, from the first on and from the last back, and that are what they were.</summary>
    private static HashSet<long> Ordinary(string mirror, IReadOnlyDictionary<long, string> digests)
    {
        var found = new HashSet<long>();
        foreach (var order in new[] { "ASC", "DESC" })
        {
            try
            {
                using var connection = new SqliteConnection($"Data Source={new Uri(mirror).AbsoluteUri}?immutable=1;Mode=ReadOnly;Pooling=False");
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = $"SELECT id, data, raw_length FROM block ORDER BY id {order}";
                using var rows = command.ExecuteReader();
                while (rows.Read())
                {
                    if (rows.GetValue(0) is long id && rows.GetValue(1) is byte[] data && rows.GetValue(2) is long length
                        && digests.GetValueOrDefault(id) == DigestOf(data, length)) found.Add(id);
                }
            }
            catch (SqliteException)
            {
                // From the other end, then.
            }
        }

        return found;
    }

    private static string? DigestOf(byte[] data, long length)
    {
        try
        {
            return Convert.ToHexString(BlockDigest.Of(new OriginalBlock(data, length)));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static Dictionary<long, string> Digests(string mirror) =>
        MirrorCheck.Texts(mirror, "SELECT block || ' ' || hex(digest) FROM block_digest").Select(text => text.Split(' '))
            .ToDictionary(row => long.Parse(row[0], CultureInfo.InvariantCulture), row => row[1]);
}
