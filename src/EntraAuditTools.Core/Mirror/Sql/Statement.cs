using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EntraAuditTools.Core.Mirror.Sql;

/// <summary>
/// A prepared statement on the bare SQLite interface, for the import's inner loop and for look-ups by the thousand: ADO.NET's parameter
/// objects cost there more than SQLite itself.
/// </summary>
internal sealed partial class Statement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    // 0 once it is disposed of, which SQLite refuses. What a call holds on to keeps SQLite's statement: this object.
    private nint bare;

    /// <summary>Prepares the statement.</summary>
    public Statement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
        bare = statement.DangerousGetHandle();
    }

    /// <summary>SQLite's own.</summary>
    public sqlite3_stmt Handle => statement;

    /// <summary>Binds a number; parameters count from 1.</summary>
    public Statement Bind(int index, long value)
    {
        _ = BindNumber(bare, index, value);
        return this;
    }

    /// <summary>Binds a text, or null when it is empty.</summary>
    public Statement BindText(int index, ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return BindNull(index);
        _ = BindText(bare, index, ref MemoryMarshal.GetReference(utf8), utf8.Length, Copied);
        return this;
    }

    /// <summary>Binds a text, also an empty one; null when it is null.</summary>
    public Statement BindString(int index, string? text)
    {
        if (text == null) raw.sqlite3_bind_null(statement, index);
        else raw.sqlite3_bind_text(statement, index, text);
        return this;
    }

    /// <summary>Binds bytes, or null when there are none.</summary>
    public Statement BindBlob(int index, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return BindNull(index);
        _ = BindBlob(bare, index, ref MemoryMarshal.GetReference(bytes), bytes.Length, Copied);
        return this;
    }

    /// <summary>Binds what was read from another mirror, also an empty text or no bytes: nothing of it is null.</summary>
    /// <param name="index">The parameter; they count from 1.</param>
    /// <param name="bytes">Bytes, or a text in whatever stands for UTF-8 there.</param>
    /// <param name="isText">Whether it is a text.</param>
    public Statement BindAsIs(int index, ReadOnlySpan<byte> bytes, bool isText)
    {
        if (isText && bytes.IsEmpty) raw.sqlite3_bind_text(statement, index, string.Empty);
        else if (isText) raw.sqlite3_bind_text(statement, index, bytes);
        else if (bytes.IsEmpty) raw.sqlite3_bind_zeroblob(statement, index, 0);
        else raw.sqlite3_bind_blob(statement, index, bytes);
        return this;
    }

    /// <summary>Binds a number, or null.</summary>
    public Statement BindNumber(int index, long? value) => value is { } number ? Bind(index, number) : BindNull(index);

    /// <summary>Binds null.</summary>
    public Statement BindNull(int index)
    {
        _ = BindNull(bare, index);
        return this;
    }

    /// <summary>Runs a statement that returns nothing.</summary>
    public void Execute()
    {
        var result = Step(bare);
        _ = Reset(bare);
        if (result != raw.SQLITE_DONE) Check(result);
        GC.KeepAlive(this);
    }

    /// <summary>Runs a statement that returns nothing; says how many rows it changed.</summary>
    public int ExecuteCounted()
    {
        Execute();
        return raw.sqlite3_changes(database);
    }

    /// <summary>Moves to the next row; at the end the statement is ready to run again.</summary>
    public bool Step()
    {
        var result = Step(bare);
        if (result == raw.SQLITE_ROW) return true;
        _ = Reset(bare);
        if (result != raw.SQLITE_DONE) Check(result);
        return false;
    }

    /// <summary>Makes the statement ready to run again before its rows have ended.</summary>
    public void Reset() => _ = Reset(bare);

    /// <summary>A column of the current row as a number (null is 0); columns count from 0.</summary>
    public long Number(int column) => ColumnNumber(bare, column);

    /// <summary>The first columns of the current row as numbers (null is 0).</summary>
    public void Numbers(Span<long> columns)
    {
        for (var i = 0; i < columns.Length; i++) columns[i] = ColumnNumber(bare, i);
    }

    /// <summary>Binds a value as <see cref="SqliteParameter"/> would: a whole number, a text or bytes.</summary>
    public Statement Bind(string parameter, object value)
    {
        var index = raw.sqlite3_bind_parameter_index(statement, parameter);
        Check(value switch
        {
            long number => raw.sqlite3_bind_int64(statement, index, number),
            int number => raw.sqlite3_bind_int64(statement, index, number),
            string text => raw.sqlite3_bind_text(statement, index, text),
            byte[] bytes => raw.sqlite3_bind_blob(statement, index, bytes),
            _ => throw new ArgumentException($"No way to bind a {value.GetType()}.", nameof(value)),
        });
        return this;
    }

    /// <summary>A column of the current row as a text; null when it is null.</summary>
    public string? String(int column) => IsNull(column) ? null : raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <summary>A column of the current row as bytes; null when it is something else.</summary>
    public byte[]? Blob(int column) =>
        raw.sqlite3_column_type(statement, column) == raw.SQLITE_BLOB ? raw.sqlite3_column_blob(statement, column).ToArray() : null;

    /// <summary>A column of the current row as a number; null when it is null.</summary>
    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    /// <summary>A column of the current row as UTF-8 text, until the next step.</summary>
    public ReadOnlySpan<byte> TextSpan(int column) => raw.sqlite3_column_blob(statement, column);

    /// <summary>A column of the current row as UTF-8 text.</summary>
    public byte[] Text(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    /// <summary>Whether a column of the current row is bytes, rather than a text.</summary>
    public bool IsBlob(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_BLOB;

    /// <summary>How many columns it has.</summary>
    public int Columns => raw.sqlite3_column_count(statement);

    /// <summary>The type of a column of the current row: SQLITE_INTEGER, SQLITE_TEXT and so on.</summary>
    public int TypeOf(int column) => raw.sqlite3_column_type(statement, column);

    /// <summary>Whether a column of the current row is null.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    /// <inheritdoc/>
    public void Dispose()
    {
        bare = 0;
        statement.Dispose();
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw new SqliteException($"SQLite error {result}: {raw.sqlite3_errmsg(database).utf8_to_string()}", result,
                raw.sqlite3_extended_errcode(database));
    }

    /// <summary><c>SQLITE_TRANSIENT</c>: what is bound is copied at once.</summary>
    private const nint Copied = -1;

    // Bare, because counting who uses a handle, for each of some hundred calls a record, takes as long as what is called; and those that
    // only copy a number without leaving managed code for the garbage collector.
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_step")]
    private static partial int Step(nint statement);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_reset")]
    private static partial int Reset(nint statement);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_bind_int64")]
    [SuppressGCTransition]
    private static partial int BindNumber(nint statement, int index, long value);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_bind_null")]
    [SuppressGCTransition]
    private static partial int BindNull(nint statement, int index);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_bind_text")]
    private static partial int BindText(nint statement, int index, ref byte utf8, int length, nint copied);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_bind_blob")]
    private static partial int BindBlob(nint statement, int index, ref byte bytes, int length, nint copied);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_column_int64")]
    [SuppressGCTransition]
    private static partial long ColumnNumber(nint statement, int column);
}
