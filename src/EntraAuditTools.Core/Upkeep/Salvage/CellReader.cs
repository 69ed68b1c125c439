using System.Buffers.Binary;

namespace EntraAuditTools.Core.Upkeep.Salvage;

/// <summary>
/// Reads the cells of leaves, and of a table WITHOUT ROWID also those of the pages above, with what goes on in overflow pages
/// (https://sqlite.org/fileformat2.html#b_tree_pages, #cell_payload_overflow_pages). A cell that does not end where it must is none.
/// </summary>
internal sealed class CellReader(PageFile file)
{
    /// <summary>More than a row of a mirror ever holds: a block of originals and some columns.</summary>
    private const long MaxPayload = 80L * 1024 * 1024;

    /// <summary>The number and the values of the row in a cell; null when it cannot be read.</summary>
    public (long Row, object?[] Values)? Read(TreePage page, int index)
    {
        var at = page.Cell(index);
        if (!page.IsLeaf) at += 4;
        if (!Varint.TryRead(page.Bytes, ref at, out var length) || length is < 1 or > MaxPayload) return null;
        long row = 0;
        if (page.IsTable && !Varint.TryRead(page.Bytes, ref at, out row)) return null;
        return Payload(page, at, (int)length) is { } payload && StoredRow.Read(payload) is { } values ? (row, values) : null;
    }

    private byte[]? Payload(TreePage page, int at, int length)
    {
        var local = Local(length, page.IsTable);
        if (at + local + (local < length ? 4 : 0) > file.Usable) return null;
        var payload = new byte[length];
        page.Bytes.AsSpan(at, local).CopyTo(payload);
        if (local == length) return payload;
        var next = BinaryPrimitives.ReadUInt32BigEndian(page.Bytes.AsSpan(at + local));
        for (var have = local; have < length;)
        {
            if (next < 2 || next > file.Pages) return null;
            var bytes = file.Read(next);
            var part = Math.Min(length - have, file.Usable - 4);
            bytes.AsSpan(4, part).CopyTo(payload.AsSpan(have));
            have += part;
            next = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        }

        // The chain ends with the payload.
        return next == 0 ? payload : null;
    }

    /// <summary>How much of a payload is in the cell's own page.</summary>
    private int Local(int length, bool isTable)
    {
        var most = isTable ? file.Usable - 35 : ((file.Usable - 12) * 64 / 255) - 23;
        if (length <= most) return length;
        var least = ((file.Usable - 12) * 32 / 255) - 23;
        var local = least + ((length - least) % (file.Usable - 4));
        return local <= most ? local : least;
    }
}
