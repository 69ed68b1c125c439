namespace EntraAuditTools.Core.Mirror.Writing.Entities;

/// <summary>
/// Says of most ids that were never stored that they were not, without asking SQLite for each: a Bloom filter, two bytes an id, which grows
/// with what is added. It never says so of one that was added.
/// </summary>
internal sealed class IdFilter
{
    private const int BitsPerId = 16;
    private const int FirstCapacity = 16 * 1024;

    private readonly List<ulong[]> parts = [];
    private int room;

    /// <summary>Adds an id.</summary>
    /// <param name="hash">A hash of it, all of whose bits count.</param>
    public void Add(ulong hash)
    {
        if (room == 0)
        {
            // Each part as large as all before it: of a million ids there are seven.
            room = FirstCapacity << Math.Max(0, parts.Count - 1);
            parts.Add(new ulong[room * BitsPerId / 64]);
        }

        room--;
        var bits = parts[^1];
        for (var (i, at) = (0, hash); i < 4; i++, at = Next(at, hash)) bits[Word(at, bits)] |= Bit(at);
    }

    /// <summary>Whether an id may have been added; false when it surely was not.</summary>
    public bool MayHold(ulong hash)
    {
        for (var part = parts.Count - 1; part >= 0; part--)
        {
            if (Holds(parts[part], hash)) return true;
        }

        return false;
    }

    private static bool Holds(ulong[] bits, ulong hash)
    {
        for (var (i, at) = (0, hash); i < 4; i++, at = Next(at, hash))
        {
            if ((bits[Word(at, bits)] & Bit(at)) == 0) return false;
        }

        return true;
    }

    // Sizes are powers of two; the six lowest bits choose within a word.
    private static int Word(ulong at, ulong[] bits) => (int)((at >> 6) & (ulong)(bits.Length - 1));

    private static ulong Bit(ulong at) => 1UL << (int)(at & 63);

    private static ulong Next(ulong at, ulong hash) => unchecked(at + ((hash >> 32) | 1) + (hash << 17));
}
