using System.Buffers.Binary;
using System.Security.Cryptography;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Upkeep.Checking;

/// <summary>
/// Compares the rows of two mirrors, whatever their order and however many there are, in some megabytes: rows are summed up by their digests
/// in buckets, and only those of buckets that differ are read a second time.
/// </summary>
internal sealed class ContentDigest(SqliteConnection left, SqliteConnection right, CancellationToken cancel)
{
    private const int BucketBits = 16;
    private const int MostKept = 200_000;

    /// <summary>The rows that only one of the two has, up to <see cref="MostKept"/>; null when there are none.</summary>
    /// <param name="part">Which rows.</param>
    public ContentDifference? Compare(ContentPart part)
    {
        var (ours, theirs) = (Sum(left, part), Sum(right, part));
        var differing = new HashSet<int>();
        for (var i = 0; i < ours.Length; i++)
        {
            if (ours[i] != theirs[i]) differing.Add(i);
        }

        if (differing.Count == 0) return null;
        var (onlyLeft, onlyRight) = (Rows(left, part, differing), Rows(right, part, differing));
        foreach (var (digest, (count, import)) in onlyLeft.ToList())
        {
            if (!onlyRight.TryGetValue(digest, out var other)) continue;
            var both = Math.Min(count, other.Count);
            if (both == count) onlyLeft.Remove(digest);
            else onlyLeft[digest] = (count - both, import);
            if (both == other.Count) onlyRight.Remove(digest);
            else onlyRight[digest] = (other.Count - both, other.Import);
        }

        return new(onlyLeft.Values.Sum(row => row.Count), onlyRight.Values.Sum(row => row.Count),
            onlyLeft.Values.Concat(onlyRight.Values).Select(row => row.Import).OfType<long>().Order().Distinct().ToList());
    }

    private UInt128[] Sum(SqliteConnection mirror, ContentPart part)
    {
        var sums = new UInt128[1 << BucketBits];
        foreach (var (digest, _) in Digests(mirror, part)) sums[Bucket(digest)] += digest;
        return sums;
    }

    private Dictionary<UInt128, (long Count, long? Import)> Rows(SqliteConnection mirror, ContentPart part, HashSet<int> buckets)
    {
        var rows = new Dictionary<UInt128, (long, long?)>();
        foreach (var (digest, import) in Digests(mirror, part))
        {
            if (!buckets.Contains(Bucket(digest)) || rows.Count >= MostKept) continue;
            rows[digest] = rows.TryGetValue(digest, out var known) ? (known.Item1 + 1, known.Item2) : (1, import);
        }

        return rows;
    }

    private static int Bucket(UInt128 digest) => (int)(digest >> (128 - BucketBits));

    private IEnumerable<(UInt128 Digest, long? Import)> Digests(SqliteConnection mirror, ContentPart part)
    {
        using var rows = new Statement(mirror, part.Sql);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = new byte[sizeof(int) + sizeof(long)];
        var digest = new byte[SHA256.HashSizeInBytes];
        var columns = rows.Columns;
        while (rows.Step())
        {
            cancel.ThrowIfCancellationRequested();
            for (var i = 1; i < columns; i++)
            {
                var bytes = rows.TextSpan(i);
                BinaryPrimitives.WriteInt32LittleEndian(head, rows.IsNull(i) ? 0 : 1);
                BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(sizeof(int)), bytes.Length);
                hash.AppendData(head);
                hash.AppendData(bytes);
            }

            hash.GetHashAndReset(digest);
            yield return (BinaryPrimitives.ReadUInt128BigEndian(digest), rows.NumberOrNull(0));
        }
    }
}
