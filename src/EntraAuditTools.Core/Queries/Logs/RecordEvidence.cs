using System.Collections.Concurrent;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Text;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>
/// Every import that brought a row of a log, oldest first; of an event that another log has too, then those that brought its record.
/// </summary>
/// <param name="Log">The log.</param>
internal sealed record RecordEvidence(LogTable Log)
{
    private static readonly ConcurrentDictionary<LogTable, RecordEvidence> OfLogs = new();

    private const string Twins = $"""
        SELECT {ImportText.Columns}, a.record_id, a.correlation, a.id
        FROM (SELECT directory AS other FROM activity_twin WHERE activity = @p0 UNION ALL SELECT activity FROM activity_twin WHERE directory = @p0) x
        JOIN activity a ON a.id = x.other JOIN block b ON b.id = a.block JOIN import i ON i.id = b.import
        """;

    private readonly string copies = $"""
        SELECT {ImportText.Columns}, c.record_id, {Log.RecordIdRefersTo}
        FROM {Log.Copies} c JOIN {Log.Name} a ON a.id = c.{Log.Name} JOIN block b ON b.id = c.block JOIN import i ON i.id = b.import
        WHERE c.{Log.Name} = @p0
        """;

    private readonly string sightings =
        $"SELECT {ImportText.Columns} FROM {Log.Sightings} s JOIN import i ON i.id = s.import WHERE s.{Log.Name} = @p0";

    /// <summary>That of a log.</summary>
    public static RecordEvidence Of(LogTable log) => OfLogs.GetOrAdd(log, table => new RecordEvidence(table));

    /// <summary>Reads it from the mirror; the import of the shown copy alone when the mirror is gone by now.</summary>
    public RecordList<AuditEvidence> Read(string mirrorPath, long rowId, ImportText shown, string? recordId, string? origin = null)
    {
        try
        {
            return KeptMirror.Read(mirrorPath,
                mirror => new RecordList<AuditEvidence>([.. Own(mirror, rowId, shown, recordId, origin), .. Other(mirror, rowId, origin)]));
        }
        catch (AuditToolException e) when (e.Kind is AuditErrorKind.NotFound or AuditErrorKind.PermissionDenied)
        {
            // The object outlived its mirror: what it knows itself still stands.
            return new([shown.ToEvidence(recordId, origin)]);
        }
    }

    private List<AuditEvidence> Own(MirrorReader mirror, long rowId, ImportText shown, string? recordId, string? origin)
    {
        var found = new SortedDictionary<long, AuditEvidence> { [shown.Id] = shown.ToEvidence(recordId, origin) };
        foreach (var copy in mirror.LogRows(copies, rowId))
            Add(ImportText.Read(copy), TerminalText.Visible(StoredId.Record(IdText(copy, 4), IdText(copy, 5))));

        // A sighting brought one of the originals again; which one is certain only where there is just one.
        var only = found.Count == 1 ? recordId : null;
        foreach (var sighting in mirror.LogRows(sightings, rowId)) Add(ImportText.Read(sighting), only);
        return [.. found.Values];

        void Add(ImportText import, string? id) => found.TryAdd(import.Id, import.ToEvidence(id, origin));
    }

    private List<AuditEvidence> Other(MirrorReader mirror, long rowId, string? origin)
    {
        if (Log.Twins == null || mirror.SchemaVersion < ReadingSchema.Since) return [];
        var twins = mirror.LogRows(Twins, rowId).Select(twin => (Import: ImportText.Read(twin),
            Id: TerminalText.Visible(StoredId.Record(IdText(twin, 4), IdText(twin, 5))), Row: twin.Number(6))).Take(1).ToList();
        return twins is not [var other] ? [] : Own(mirror, other.Row, other.Import, other.Id,
            origin == ActivityOrigin.DirectoryAudit ? ActivityOrigin.UnifiedAudit : ActivityOrigin.DirectoryAudit);
    }

    private static string? IdText(Statement row, int column) => StoredId.Correlation((object?)row.Blob(column) ?? row.String(column));
}
