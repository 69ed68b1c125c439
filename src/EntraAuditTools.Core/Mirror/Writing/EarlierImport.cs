using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing;

/// <summary>Finds out whether a file was imported before, byte for byte.</summary>
internal static class EarlierImport
{
    /// <summary>
    /// An earlier import of a file with this hash that took in all it could, with what the file proves; null when there is none.
    /// </summary>
    public static (AuditImport Import, string? Facts)? Find(SqliteConnection connection, byte[] sha256, string toolVersion,
        string? columnMap, string? dateFormat)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT id, started, source, kind, shape, read, rejected, not_supported, first_time, last_time,
                json_extract(options, '$.Facts') FROM import
            WHERE sha256 = @sha256 AND finished IS NOT NULL AND status IN ('Imported', 'Partial')
                AND json_extract(options, '$.Facts.Failure') IS NULL AND (tool_version = @version OR not_supported + rejected = 0)
                AND reader = @reader AND json_extract(options, '$.FileReader') IS NULL
                AND (@map IS NULL OR header IS NULL OR coalesce(json_extract(options, '$.ColumnMap'), '') = @map)
                AND (@dates IS NULL OR coalesce(json_extract(options, '$.DateFormat'), CASE WHEN rejected = 0 THEN @dates END) = @dates)
            ORDER BY id DESC LIMIT 1
            """;
        command.Parameters.AddWithValue("@sha256", sha256);
        command.Parameters.AddWithValue("@version", toolVersion);
        // What an older reader left out of a file is in no original: the file itself is read again.
        command.Parameters.AddWithValue("@reader", (long)ReaderVersion.Current);
        command.Parameters.AddWithValue("@map", (object?)columnMap ?? DBNull.Value);
        command.Parameters.AddWithValue("@dates", (object?)dateFormat ?? DBNull.Value);
        using var row = command.ExecuteReader();
        if (!row.Read()) return null;
        DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);
        var found = new AuditImport
        {
            ImportId = row.GetInt64(0),
            Started = Time(1)!.Value,
            Source = row.GetString(2),
            Kind = row.GetString(3),
            Shape = row.GetString(4),
            Read = row.GetInt64(5),
            Rejected = row.GetInt64(6),
            NotSupported = row.GetInt64(7),
            FirstTime = Time(8),
            LastTime = Time(9),
        };
        return (found, row.IsDBNull(10) ? null : row.GetString(10));
    }
}
