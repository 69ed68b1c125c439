using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Mirror.Reading;

/// <summary>What a mirror answers as an older version understood it: a file that was imported is not read again by a newer one.</summary>
internal static class OldReading
{
    /// <summary>The SQL of <see cref="Incomplete"/>.</summary>
    internal const string IncompleteSql = """
        SELECT i.id, i.source, json_extract(i.options, '$.Advice') FROM import i
        WHERE json_extract(i.options, '$.Advice') IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM import n
            WHERE n.id > i.id AND n.finished IS NOT NULL AND json_extract(n.options, '$.FileReader') IS NULL AND (n.sha256 = i.sha256
                OR (n.source = i.source AND n.status <> 'Failed')))
        ORDER BY i.id
        """;

    /// <summary>A sentence on imports that an older version read; null when there are none.</summary>
    /// <param name="mirror">The mirror.</param>
    public static string? Warning(MirrorReader mirror)
    {
        ArgumentNullException.ThrowIfNull(mirror);
        var count = Count(mirror);
        return count == 0 ? null
            : $"{(count == 1 ? "One import of this mirror was" : $"{count:N0} imports of this mirror were")} read by an older version of "
                + $"{Caller.Choose("this module", "this program")}, which took some actors, addresses, "
                + $"dates and links otherwise (see its CHANGELOG). To have them as this version reads them, run "
                + $"{Caller.Command("Update-AuditMirror")}: it goes by the originals, which are kept. The next import does it too.";
    }

    /// <summary>How many imports an older version read.</summary>
    /// <param name="mirror">The mirror.</param>
    public static long Count(MirrorReader mirror)
    {
        ArgumentNullException.ThrowIfNull(mirror);
        var sql = mirror.SchemaVersion >= ReadingSchema.Since
            ? $"SELECT count(*) FROM import WHERE reader < {ReaderVersion.Current}"
            : "SELECT count(*) FROM import";
        return mirror.Query(sql, row => row.GetInt64(0)).First();
    }

    /// <summary>Imports that lack what only their file can bring, and whose file was not imported again since.</summary>
    /// <param name="mirror">The mirror.</param>
    public static IList<IncompleteImport> Incomplete(MirrorReader mirror)
    {
        ArgumentNullException.ThrowIfNull(mirror);
        if (mirror.SchemaVersion < ReadingSchema.Since) return [];
        return [.. mirror.Query(IncompleteSql,
            row => new IncompleteImport { ImportId = row.GetInt64(0), Source = TerminalText.Visible(row.GetString(1)),
                Reason = TerminalText.Visible(row.GetString(2)) })];
    }
}
