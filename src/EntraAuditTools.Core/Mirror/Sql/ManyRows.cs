using System.Buffers;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Sql;

/// <summary>
/// Inserts rows of one table some at a time: opening the table and its indexes is a quarter of an insert. Rows wait until there are enough,
/// so whoever reads the table within the transaction has to <see cref="Flush()"/> before. What is inserted when a constraint fails stays (a
/// copy of every page would be kept else): the transaction has to be given up then.
/// </summary>
internal sealed class ManyRows : IDisposable
{
    private const int Most = 16;

    private readonly int columns;
    private readonly Statement one;
    private readonly Statement all;
    private readonly Cell[] cells;
    private readonly ArrayBufferWriter<byte> bytes = new(1024);
    private readonly long[] keys = new long[Most];
    private int count;
    private int end;

    /// <summary>Prepares the statements.</summary>
    /// <param name="connection">The mirror.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns.</param>
    public ManyRows(SqliteConnection connection, string table, params string[] columns)
    {
        this.columns = columns.Length;
        cells = new Cell[Most * columns.Length];
        var into = $"INSERT OR FAIL INTO {table} ({string.Join(", ", columns)}) VALUES ";
        var row = $"({string.Join(", ", Enumerable.Repeat("?", columns.Length))})";
        one = new(connection, into + row);
        all = new(connection, into + string.Join(", ", Enumerable.Repeat(row, Most)));
    }

    private enum Kind : byte
    {
        Null,
        Number,
        Text,
        Blob,
    }

    /// <summary>Begins a row; its columns follow in their order, all of them.</summary>
    /// <param name="key">What <see cref="Flush(long)"/> finds it by.</param>
    public ManyRows Add(long key)
    {
        if (count == Most) Flush();
        keys[count] = key;
        end = count++ * columns;
        return this;
    }

    /// <summary>The next column is a number.</summary>
    public ManyRows Number(long value)
    {
        cells[end++] = new(Kind.Number, value, 0);
        return this;
    }

    /// <summary>The next column is a number, or null.</summary>
    public ManyRows Number(long? value)
    {
        cells[end++] = new(value == null ? Kind.Null : Kind.Number, value ?? 0, 0);
        return this;
    }

    /// <summary>The next column is a text, or null when it is empty.</summary>
    public ManyRows Text(ReadOnlySpan<byte> utf8) => Keep(Kind.Text, utf8);

    /// <summary>The next column is bytes, or null when there are none.</summary>
    public ManyRows Blob(ReadOnlySpan<byte> value) => Keep(Kind.Blob, value);

    /// <summary>Inserts the rows that wait.</summary>
    public void Flush()
    {
        if (count == Most)
        {
            Bind(all, 0, cells.Length);
            all.Execute();
        }
        else
        {
            for (var row = 0; row < count; row++)
            {
                Bind(one, row * columns, columns);
                one.Execute();
            }
        }

        count = 0;
        bytes.ResetWrittenCount();
    }

    /// <summary>Inserts the rows that wait if one of them has a key.</summary>
    public void Flush(long key)
    {
        if (keys.AsSpan(0, count).Contains(key)) Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        one.Dispose();
        all.Dispose();
    }

    private ManyRows Keep(Kind kind, ReadOnlySpan<byte> value)
    {
        cells[end++] = new(value.IsEmpty ? Kind.Null : kind, bytes.WrittenCount, value.Length);
        bytes.Write(value);
        return this;
    }

    private void Bind(Statement statement, int first, int length)
    {
        for (var i = 0; i < length; i++)
        {
            var (kind, value, size) = cells[first + i];
            _ = kind switch
            {
                Kind.Number => statement.Bind(i + 1, value),
                Kind.Text => statement.BindText(i + 1, bytes.WrittenSpan.Slice((int)value, size)),
                Kind.Blob => statement.BindBlob(i + 1, bytes.WrittenSpan.Slice((int)value, size)),
                _ => statement.BindNull(i + 1),
            };
        }
    }

    // A number; of a text or bytes where they begin, and how many they are.
    private readonly record struct Cell(Kind Kind, long Value, int Size);
}
