using System.Buffers.Binary;

namespace EntraAuditTools.Core.Upkeep.Salvage;

/// <summary>
/// A page of a b-tree (https://sqlite.org/fileformat2.html#b_tree_pages) that makes sense by itself: most cells that it counts begin
/// within it.
/// </summary>
/// <param name="Number">Its number.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Start">Where its header begins: behind the file's on page 1.</param>
internal sealed record TreePage(uint Number, byte[] Bytes, int Start)
{
    private const byte InteriorIndex = 2, InteriorTable = 5, LeafIndex = 10, LeafTable = 13;
    private const int FileHeader = 100;

    /// <summary>Whether it is of a table with row numbers; else of an index, which a table WITHOUT ROWID is.</summary>
    public bool IsTable => Bytes[Start] is InteriorTable or LeafTable;

    /// <summary>Whether it has no pages below it.</summary>
    public bool IsLeaf => Bytes[Start] is LeafTable or LeafIndex;

    /// <summary>How many cells it has.</summary>
    public int Count => BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(Start + 3));

    /// <summary>The page behind the last cell; 0 for a leaf.</summary>
    public uint Last => IsLeaf ? 0 : BinaryPrimitives.ReadUInt32BigEndian(Bytes.AsSpan(Start + 8));

    /// <summary>Where a cell begins.</summary>
    public int Cell(int index) => BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(Start + HeaderSize + (2 * index)));

    /// <summary>The pages below it.</summary>
    public IEnumerable<uint> Children()
    {
        if (IsLeaf) yield break;
        for (var i = 0; i < Count; i++)
        {
            if (Cell(i) + 4 <= Bytes.Length) yield return BinaryPrimitives.ReadUInt32BigEndian(Bytes.AsSpan(Cell(i)));
        }

        yield return Last;
    }

    private int HeaderSize => IsLeaf ? 8 : 12;

    /// <summary>The page of bytes; null when they are none of a b-tree.</summary>
    public static TreePage? Of(uint number, byte[] bytes, int size)
    {
        var start = number == 1 ? FileHeader : 0;
        if (bytes.Length != size || bytes[start] is not (InteriorIndex or InteriorTable or LeafIndex or LeafTable)) return null;
        var page = new TreePage(number, bytes, start);
        var first = start + page.HeaderSize + (2 * page.Count);
        if (first > size) return null;
        // One bad pointer is a bad cell; a page of them is no page.
        var bad = 0;
        for (var i = 0; i < page.Count; i++)
        {
            if (page.Cell(i) < first || page.Cell(i) >= size) bad++;
        }

        return bad * 2 > page.Count ? null : page;
    }
}
