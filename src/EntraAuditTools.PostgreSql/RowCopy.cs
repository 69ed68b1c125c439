using EntraAuditTools.Core.Mirror.Sql;
using Npgsql;
using SQLitePCL;

namespace EntraAuditTools.PostgreSql;

/// <summary>
/// Rows from a mirror to a server and back, in PostgreSQL's binary COPY
/// (https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format"): nothing of them is ever SQL. The format is written and read
/// here: an import sends a hundred values a record, and Npgsql's own writer takes three times as long for each.
/// </summary>
internal static class RowCopy
{
    /// <summary>Sends rows.</summary>
    /// <param name="connection">The server.</param>
    /// <param name="target">The table there, as SQL.</param>
    /// <param name="columns">The columns, as the rows have them.</param>
    /// <param name="rows">The rows of the mirror.</param>
    /// <param name="change">The number of the change, as a further column; null for none.</param>
    /// <param name="mask">Masks secrets in them; null for rows as they are.</param>
    /// <param name="most">How many at most: the next call goes on behind them.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="InvalidDataException">A value is of another type than its column.</exception>
    public static long Send(NpgsqlConnection connection, string target, IReadOnlyList<CopyColumn> columns, Statement rows, long? change,
        RowMask? mask = null, long most = long.MaxValue)
    {
        if (!rows.Step()) return 0;
        var names = string.Join(", ", columns.Select(column => CopyTable.Quoted(column.Name)));
        if (change != null) names += $", {ServerSchema.Changed}";
        using var writer = new CopyWriter(connection.BeginRawBinaryCopy($"COPY {target} ({names}) FROM STDIN (FORMAT BINARY)"));
        var count = 0L;
        do
        {
            writer.BeginRow(columns.Count + (change == null ? 0 : 1));
            mask?.Look(rows);
            for (var i = 0; i < columns.Count; i++)
            {
                if (mask?.Write(writer, i) != true) Write(writer, columns[i], rows, i);
            }

            if (change is { } number) writer.Number(number);
            count++;
        }
        while (count < most && rows.Step());
        writer.Complete();
        return count;
    }

    /// <summary>Fetches rows.</summary>
    /// <param name="connection">The server.</param>
    /// <param name="query">A query of ours for the columns.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="row">Takes one row: its columns are bound to it, counted from 1.</param>
    /// <param name="often">Called with the number of rows every few thousand; what it throws ends the fetching.</param>
    /// <returns>How many there were.</returns>
    public static long Fetch(NpgsqlConnection connection, string query, IReadOnlyList<CopyColumn> columns, Statement row,
        Action<long> often)
    {
        using var reader = new CopyReader(connection.BeginRawBinaryCopy($"COPY ({query}) TO STDOUT (FORMAT BINARY)"));
        var count = 0L;
        while (reader.NextRow())
        {
            for (var i = 0; i < columns.Count; i++) Bind(row, i + 1, columns[i].Kind, reader);
            row.Execute();
            if (++count % 5000 == 0) often(count);
        }

        return count;
    }

    /// <summary>A value of any type, as the server keeps it.</summary>
    public static byte[] AnyOf(Statement rows, int index) => rows.TypeOf(index) switch
    {
        raw.SQLITE_INTEGER => AnyValue.Of(rows.Number(index)),
        raw.SQLITE_TEXT => AnyValue.OfText(rows.TextSpan(index)),
        _ => AnyValue.OfBytes(rows.TextSpan(index)),
    };

    /// <summary>Binds a value of any type.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static void BindAny(Statement row, int index, ReadOnlySpan<byte> value)
    {
        if (AnyValue.Number(value) is { } number) row.Bind(index, number);
        else row.BindAsIs(index, value[1..], AnyValue.IsText(value));
    }

    private static void Write(CopyWriter writer, CopyColumn column, Statement rows, int index)
    {
        switch (column.Kind, rows.TypeOf(index))
        {
            case (_, raw.SQLITE_NULL):
                writer.Null();
                break;
            case (ColumnKind.Number, raw.SQLITE_INTEGER):
                writer.Number(rows.Number(index));
                break;
            case (ColumnKind.Text, raw.SQLITE_TEXT):
                writer.Bytes(ServerText.ToServer(rows.TextSpan(index)));
                break;
            case (ColumnKind.Bytes, raw.SQLITE_BLOB):
                writer.Bytes(rows.TextSpan(index));
                break;
            case (ColumnKind.Any, raw.SQLITE_INTEGER or raw.SQLITE_TEXT or raw.SQLITE_BLOB):
                writer.Bytes(AnyOf(rows, index));
                break;
            default:
                throw new InvalidDataException($"its column '{column.Name}' holds a value of another type");
        }
    }

    private static void Bind(Statement row, int index, ColumnKind kind, CopyReader reader)
    {
        var value = reader.Value(out var isNull);
        if (isNull) row.BindNull(index);
        else if (kind == ColumnKind.Number) row.Bind(index, System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(value));
        else if (kind == ColumnKind.Text) row.BindAsIs(index, ServerText.FromServer(value), isText: true);
        else if (kind == ColumnKind.Bytes) row.BindAsIs(index, value, isText: false);
        else BindAny(row, index, value);
    }
}
