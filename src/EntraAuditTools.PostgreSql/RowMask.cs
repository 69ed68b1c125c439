using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EntraAuditTools.PostgreSql;

/// <summary>Masks the secrets of rows on their way to a server, and takes note of those that hold some.</summary>
/// <param name="table">The table that they are of: <c>block</c> or <c>rejection</c>.</param>
internal sealed class RowMask(CopyTable table)
{
    private readonly int id = At(table, "id"), data = At(table, "data"), rawLength = At(table, "raw_length"), text = At(table, "text");

    // Blocks have a quarter of a megabyte each: what is allocated for every one stays until the garbage of all is collected.
    private readonly OriginalBlockWriter writer = new();
    private byte[] room = new byte[1 << 19];
    private byte[] packed = new byte[1 << 17];
    private byte[]? bytes;
    private long length;

    /// <summary>Ids of the rows that hold secrets.</summary>
    private List<long> Masked { get; } = [];

    /// <summary>Looks at a row.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Look(Statement row)
    {
        bytes = null;
        if (text >= 0)
        {
            bytes = RejectedText.Masked(row.Blob(text) ?? throw new InvalidDataException("a rejected record in it has no text"));
        }
        else
        {
            var rawBytes = row.Number(rawLength);
            if (rawBytes > room.Length && rawBytes < 1 << 26) room = new byte[rawBytes];
            var stored = row.TextSpan(data);
            if (stored.Length > packed.Length) packed = new byte[stored.Length];
            stored.CopyTo(packed);
            if (MaskedOriginals.Of(new(packed.AsMemory(0, stored.Length), rawBytes, room), writer) is { } block)
            {
                using (block) (bytes, length) = (block.Data.ToArray(), block.RawLength);
            }
        }

        if (bytes != null) Masked.Add(row.Number(id));
    }

    /// <summary>Writes a column of the row that was looked at last, where it is another than the row's.</summary>
    public bool Write(CopyWriter writer, int column)
    {
        if (bytes == null || (column != data && column != rawLength && column != text)) return false;
        if (column == rawLength) writer.Number(length);
        else writer.Bytes(bytes);
        return true;
    }

    /// <summary>Sends the rows that were masked, as they are, and forgets them.</summary>
    /// <param name="remote">The server.</param>
    /// <param name="mirror">The mirror.</param>
    /// <param name="target">The table of the server that takes them, as SQL.</param>
    public void SendSecrets(NpgsqlConnection remote, SqliteConnection mirror, string target)
    {
        var columns = table.Columns.Where(column => column.Name == "id" || ServerSecrets.Columns(table).Contains(column.Name)).ToList();
        var list = string.Join(", ", columns.Select(column => CopyTable.Quoted(column.Name)));
        foreach (var some in Masked.Chunk(1000))
        {
            using var rows = new Statement(mirror,
                $"SELECT {list} FROM main.{CopyTable.Quoted(table.Name)} WHERE id IN ({string.Join(", ", some)})");
            RowCopy.Send(remote, target, columns, rows, change: null);
        }

        Masked.Clear();
    }

    private static int At(CopyTable table, string column) => table.Columns.ToList().FindIndex(found => found.Name == column);
}
