using System.Buffers.Binary;
using System.Globalization;
using EntraAuditTools.Core.Upkeep.Salvage;
using EntraAuditTools.Trust.Mirrors;

namespace EntraAuditTools.Trust.Damage;

/// <summary>On which pages of a whole mirror each block of originals stands: the one with its row, and those on which it goes on.</summary>
internal sealed class BlockPages
{
    private readonly byte[] bytes;
    private readonly Dictionary<long, List<int>> pages = [];

    /// <summary>Looks them up.</summary>
    public BlockPages(string mirror)
    {
        bytes = File.ReadAllBytes(mirror);
        var all = MirrorCheck.Texts(mirror, "SELECT id || ' ' || hex(substr(data, 1, 16)) || ' ' || length(data) || ' ' || count FROM block");
        foreach (var row in all.Select(text => text.Split(' ')))
        {
            var (id, length) = (long.Parse(row[0], CultureInfo.InvariantCulture), int.Parse(row[2], CultureInfo.InvariantCulture));
            Counts.Add(id, long.Parse(row[3], CultureInfo.InvariantCulture));
            pages.Add(id, Find(id, Convert.FromHexString(row[1]), length) ?? throw new InvalidOperationException($"block {id} is nowhere"));
        }
    }

    private static int Size => 8192;

    /// <summary>How many originals each block has.</summary>
    public Dictionary<long, long> Counts { get; } = [];

    /// <summary>The blocks of which no page is another in a damaged copy.</summary>
    public IEnumerable<long> Untouched(string damaged)
    {
        var now = File.ReadAllBytes(damaged);
        bool IsSame(int page) => now.Length >= (page + 1) * Size && now.AsSpan(page * Size, Size).SequenceEqual(bytes.AsSpan(page * Size, Size));
        return pages.Where(block => block.Value.All(IsSame)).Select(block => block.Key);
    }

    /// <summary>The pages of the block with a number whose bytes begin so: a leaf has such a cell.</summary>
    private List<int>? Find(long id, byte[] beginning, int length)
    {
        for (var page = 0; page < bytes.Length / Size; page++)
        {
            var all = bytes.AsSpan(page * Size, Size).ToArray();
            if (TreePage.Of((uint)page + 1, all, Size) is not { IsTable: true, IsLeaf: true } leaf) continue;
            for (var i = 0; i < leaf.Count; i++)
            {
                var at = leaf.Cell(i);
                if (!Varint.TryRead(all, ref at, out var payload) || !Varint.TryRead(all, ref at, out var row) || row != id || payload < length) continue;
                var local = Local((int)payload);
                if (at + local > Size || all.AsSpan(at, local).IndexOf(beginning) < 0) continue;
                var list = new List<int> { page };
                for (var next = local == payload ? 0 : Next(all, at + local); next != 0; next = Next(bytes, (next - 1) * Size)) list.Add(next - 1);
                return list;
            }
        }

        return null;
    }

    private static int Next(ReadOnlySpan<byte> from, int at) => (int)BinaryPrimitives.ReadUInt32BigEndian(from[at..]);

    private static int Local(int length)
    {
        if (length <= Size - 35) return length;
        var least = ((Size - 12) * 32 / 255) - 23;
        var local = least + ((length - least) % (Size - 4));
        return local <= Size - 35 ? local : least;
    }
}
