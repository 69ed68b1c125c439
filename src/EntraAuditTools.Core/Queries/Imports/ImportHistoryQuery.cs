using System.Text.Json;
using EntraAuditTools.Core.Formats.Details;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Text;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Queries.Imports;

/// <summary>What came in, from where, and what was refused?</summary>
internal static class ImportHistoryQuery
{
    /// <summary>The imports, newest first.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="ids">Numbers of imports; null for all.</param>
    public static IEnumerable<AuditImport> Imports(MirrorReader mirror, IReadOnlyList<long>? ids)
    {
        if (ids is { Count: 0 }) return [];
        var sql = new SqlText("""
            SELECT id, started, finished, source, kind, shape, status, read, added, updated, unchanged, rejected, not_supported, conflicts,
                first_time, last_time, bytes, sha256, tool_version, notes,
                iif(json_valid(options), CAST(json_extract(options, '$.ImportedBy') AS TEXT), NULL)
            FROM import
            """);
        if (ids is not null) sql.Add(" WHERE ").Add(sql.In("id", ids));
        return mirror.Query(sql.Add(" ORDER BY id DESC"), ReadImport);
    }

    /// <summary>The rejected records, newest import first, each import's in the order of its file.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="importIds">Numbers of imports; null for all.</param>
    /// <param name="showSecret">Show values that can hold key material.</param>
    public static IEnumerable<RejectedRecord> Rejected(MirrorReader mirror, IReadOnlyList<long>? importIds, bool showSecret = false)
    {
        if (importIds is { Count: 0 }) return [];
        var sql = new SqlText(
            "SELECT r.import, i.source, r.line, r.byte_offset, r.reason, r.text FROM rejection r JOIN import i ON i.id = r.import");
        if (importIds is not null) sql.Add(" WHERE ").Add(sql.In("r.import", importIds));
        return mirror.Query(sql.Add(" ORDER BY r.import DESC, r.id"), row => ReadRejected(row, showSecret));
    }

    private static AuditImport ReadImport(SqliteDataReader row) => new()
    {
        ImportId = row.GetInt64(0),
        Started = UtcTime.Of(row.GetInt64(1)),
        Finished = UtcTime.Of(row, 2),
        Source = TerminalText.Visible(row.GetString(3)),
        Kind = row.GetString(4),
        Shape = row.GetString(5),
        Status = row.IsDBNull(2) ? "Interrupted" : row.GetString(6),
        Read = row.GetInt64(7),
        Added = row.GetInt64(8),
        Updated = row.GetInt64(9),
        Unchanged = row.GetInt64(10),
        Rejected = row.GetInt64(11),
        NotSupported = row.GetInt64(12),
        Conflicts = row.GetInt64(13),
        FirstTime = UtcTime.Of(row, 14),
        LastTime = UtcTime.Of(row, 15),
        Bytes = row.IsDBNull(16) ? null : row.GetInt64(16),
        Sha256 = Sha256Text.Of(row, 17),
        ToolVersion = row.GetString(18),
        ImportedBy = row.IsDBNull(20) ? null : TerminalText.Visible(row.GetString(20)),
        Notes = new(JsonSerializer.Deserialize<List<string>>(row.GetString(19))?.ConvertAll(note => TerminalText.Visible(note)) ?? []),
    };

    private static RejectedRecord ReadRejected(SqliteDataReader row, bool showSecret) => new()
    {
        ImportId = row.GetInt64(0),
        Source = TerminalText.Visible(row.GetString(1)),
        Line = row.IsDBNull(2) ? null : row.GetInt64(2),
        ByteOffset = row.IsDBNull(3) ? null : row.GetInt64(3),
        Reason = TerminalText.Visible(row.GetString(4)),
        Text = Shown(TerminalText.Visible(RejectedText.Read((byte[])row.GetValue(5))), showSecret),
    };

    // What is no JSON is hidden whole where it names something secret: nothing says where its values end.
    private static string Shown(string piece, bool showSecret) => showSecret ? piece : SecretMask.MaskJson(piece);
}
