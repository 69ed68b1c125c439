using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Upkeep;

/// <summary>
/// Bytes that only removed records have: slices of blocks of originals that are gone or were packed anew, and correlation ids of events.
/// None may stand in a mirror's files once a removal has said that it is done.
/// </summary>
internal sealed class RemovedBytes
{
    private const int Most = 60, Fewest = 5;

    private readonly List<byte[]> needles = [];

    /// <summary>Those of a mirror that an undisturbed removal lacks.</summary>
    /// <param name="before">The mirror.</param>
    /// <param name="after">It without the records.</param>
    /// <param name="holder">The file that holds the bytes; null for the mirror.</param>
    public RemovedBytes(string before, string after, string? holder = null)
    {
        var blocks = "SELECT hex(substr(data, length(data) / 2, 32)) FROM block WHERE length(data) > 200";
        var ids = "SELECT hex(correlation) FROM activity WHERE typeof(correlation) = 'blob'";
        foreach (var sql in new[] { blocks, ids })
        {
            var kept = MirrorCheck.Texts(after, sql).ToHashSet(StringComparer.Ordinal);
            needles.AddRange(MirrorCheck.Texts(before, sql).Distinct().Where(text => !kept.Contains(text)).Take(Most).Select(Convert.FromHexString));
        }

        // A slice may go over the end of a page, where SQLite puts other bytes between.
        var bytes = File.ReadAllBytes(holder ?? before);
        needles.RemoveAll(needle => bytes.AsSpan().IndexOf(needle) < 0);
        if (needles.Count < Fewest) throw new InvalidOperationException($"only {needles.Count} of the removed bytes are in the mirror of before");
    }

    /// <summary>Looks for them in everything that stands beside a mirror.</summary>
    public void AreGone(Round round, string mirror, string when)
    {
        foreach (var file in new[] { mirror, mirror + "-wal", mirror + ".rebuild" }.Where(File.Exists))
        {
            var bytes = File.ReadAllBytes(file);
            var found = needles.Count(needle => bytes.AsSpan().IndexOf(needle) >= 0);
            round.Expect(found == 0, $"{when}: {found} of {needles.Count} pieces of removed records stand in {Path.GetFileName(file)}");
            round.Count("pieces of removed records looked for", needles.Count);
        }
    }
}
