using EntraAuditTools.Core.Mirror.Sql;
using Npgsql;
using NpgsqlTypes;
using SQLitePCL;

namespace EntraAuditTools.PostgreSql;

/// <summary>Rows from a mirror to a server and back, in PostgreSQL's binary COPY: nothing of them is ever SQL.</summary>
internal static class RowCopy
{
    /// <summary>Sends rows.</summary>
    /// <param name="connection">The server.</param>
    /// <param name="target">The table there, as SQL.</param>
    /// <param name="columns">The columns, as the rows have them.</param>
    /// <param name="rows">The rows of the mirror.</param>
    /// <param name="change">The number of the change, as a further column; null for none.</param>
    /// <returns>How many there were.</returns>
    public static long Send(NpgsqlConnection connection, string target, IReadOnlyList<CopyColumn> columns, Statement rows, long? change)
    {
        var names = string.Join(", ", columns.Select(column => CopyTable.Quoted(column.Name)));
        if (change != null) names += $", {ServerSchema.Changed}";
        using var copy = connection.BeginBinaryImport($"COPY {target} ({names}) FROM STDIN (FORMAT BINARY)");
        copy.Timeout = TimeSpan.Zero;
        var count = 0L;
        while (rows.Step())
        {
            copy.StartRow();
            for (var i = 0; i < columns.Count; i++) Write(copy, columns[i], rows, i);
            if (change is { } number) copy.Write(number, NpgsqlDbType.Bigint);
            count++;
        }

        copy.Complete();
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
        using var copy = connection.BeginBinaryExport($"COPY ({query}) TO STDOUT (FORMAT BINARY)");
        copy.Timeout = TimeSpan.Zero;
        var count = 0L;
        while (copy.StartRow() > 0)
        {
            for (var i = 0; i < columns.Count; i++) Read(copy, columns[i].Kind, row, i + 1);
            row.Execute();
            if (++count % 5000 == 0) often(count);
        }

        return count;
    }

    private static void Write(NpgsqlBinaryImporter copy, CopyColumn column, Statement rows, int index)
    {
        var type = rows.TypeOf(index);
        if (type == raw.SQLITE_NULL)
        {
            copy.WriteNull();
            return;
        }

        switch (column.Kind)
        {
            case ColumnKind.Number when type == raw.SQLITE_INTEGER:
                copy.Write(rows.Number(index), NpgsqlDbType.Bigint);
                break;
            case ColumnKind.Text when type == raw.SQLITE_TEXT:
                copy.Write(ServerText.ToServer(rows.TextSpan(index)), NpgsqlDbType.Text);
                break;
            case ColumnKind.Bytes when type == raw.SQLITE_BLOB:
                copy.Write(rows.Text(index), NpgsqlDbType.Bytea);
                break;
            case ColumnKind.Any when type != raw.SQLITE_FLOAT:
                copy.Write(AnyOf(rows, index, type), NpgsqlDbType.Bytea);
                break;
            default:
                throw new InvalidDataException($"its column '{column.Name}' holds a value of another type");
        }
    }

    /// <summary>A value of any type, as the server keeps it.</summary>
    public static byte[] AnyOf(Statement rows, int index) => AnyOf(rows, index, rows.TypeOf(index));

    private static byte[] AnyOf(Statement rows, int index, int type) =>
        type == raw.SQLITE_INTEGER ? AnyValue.Of(rows.Number(index))
        : type == raw.SQLITE_TEXT ? AnyValue.OfText(rows.TextSpan(index)) : AnyValue.OfBytes(rows.TextSpan(index));

    private static void Read(NpgsqlBinaryExporter copy, ColumnKind kind, Statement row, int index)
    {
        if (copy.IsNull)
        {
            copy.Skip();
            row.BindNull(index);
            return;
        }

        switch (kind)
        {
            case ColumnKind.Number:
                row.Bind(index, copy.Read<long>(NpgsqlDbType.Bigint));
                break;
            case ColumnKind.Text:
                row.BindAsIs(index, ServerText.FromServer(copy.Read<string>(NpgsqlDbType.Text)), isText: true);
                break;
            case ColumnKind.Bytes:
                row.BindAsIs(index, copy.Read<byte[]>(NpgsqlDbType.Bytea), isText: false);
                break;
            default:
                BindAny(row, index, copy.Read<byte[]>(NpgsqlDbType.Bytea));
                break;
        }
    }

    /// <summary>Binds a value of any type.</summary>
    public static void BindAny(Statement row, int index, byte[] value)
    {
        switch (AnyValue.Read(value))
        {
            case long number:
                row.Bind(index, number);
                break;
            case string:
                row.BindAsIs(index, value.AsSpan(1), isText: true);
                break;
            default:
                row.BindAsIs(index, value.AsSpan(1), isText: false);
                break;
        }
    }
}
