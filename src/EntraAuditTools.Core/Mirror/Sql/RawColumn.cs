using SQLitePCL;

namespace EntraAuditTools.Core.Mirror.Sql;

/// <summary>Columns of a statement's current row, past the data reader, whose getters would take most of the time.</summary>
internal static class RawColumn
{
    public static string? Text(sqlite3_stmt row, int column) =>
        raw.sqlite3_column_type(row, column) == raw.SQLITE_NULL ? null : raw.sqlite3_column_text(row, column).utf8_to_string();

    /// <summary>An id that is stored as 16 bytes or as text.</summary>
    public static string? Id(sqlite3_stmt row, int column)
    {
        if (raw.sqlite3_column_type(row, column) != raw.SQLITE_BLOB) return Text(row, column);
        var bytes = raw.sqlite3_column_blob(row, column);
        return bytes.Length == 16 ? new Guid(bytes, bigEndian: true).ToString() : null;
    }
}
