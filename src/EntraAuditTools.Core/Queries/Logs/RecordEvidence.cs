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

    private const string OfBlock = $"SELECT {ImportText.Columns} FROM block b JOIN import i ON i.id = b.import WHERE b.id = @p0";

    private const string OfImport = $"SELECT {ImportText.Columns} FROM import i WHERE i.id = @p0";

    // Imports and what blocks they brought are asked for by themselves: a copy without logs has them here.
    private const string Twins = """
        SELECT a.block, a.record_id, a.correlation, a.id
        FROM (SELECT directory AS other FROM activity_twin WHERE activity = @p0 UNION ALL SELECT activity FROM activity_twin WHERE directory = @p0) x
        JOIN activity a ON a.id = x.other
        """;

    private readonly string copies = $"""
        SELECT c.block, c.record_id, {Log.RecordIdRefersTo} FROM {Log.Copies} c JOIN {Log.Name} a ON a.id = c.{Log.Name}
        WHERE c.{Log.Name} = @p0
        """;

    private readonly string sightings =
        $"SELECT s.import FROM {Log.Sightings} s WHERE s.{Log.Name} = @p0";

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
            Add(Import(mirror, OfBlock, copy.Number(0)), TerminalText.Visible(StoredId.Record(IdText(copy, 1), IdText(copy, 2))));

        // A sighting brought one of the originals again; which one is certain only where there is just one.
        var only = found.Count == 1 ? recordId : null;
        foreach (var sighting in mirror.LogRows(sightings, rowId)) Add(Import(mirror, OfImport, sighting.Number(0)), only);
        return [.. found.Values];

        void Add(ImportText? import, string? id)
        {
            if (import != null) found.TryAdd(import.Id, import.ToEvidence(id, origin));
        }
    }

    private static ImportText? Import(MirrorReader mirror, string sql, long number)
    {
        var row = mirror.Prepared(sql).Bind("@p0", number);
        if (!mirror.Step(row)) return null;
        var import = ImportText.Read(row);
        row.Reset();
        return import;
    }

    private List<AuditEvidence> Other(MirrorReader mirror, long rowId, string? origin)
    {
        if (Log.Twins == null || mirror.SchemaVersion < ReadingSchema.Since) return [];
        var twins = mirror.LogRows(Twins, rowId).Select(twin => (Import: Import(mirror, OfBlock, twin.Number(0)),
            Id: TerminalText.Visible(StoredId.Record(IdText(twin, 1), IdText(twin, 2))), Row: twin.Number(3))).Take(1).ToList();
        return twins is not [{ Import: not null } other] ? [] : Own(mirror, other.Row, other.Import, other.Id,
            origin == ActivityOrigin.DirectoryAudit ? ActivityOrigin.UnifiedAudit : ActivityOrigin.DirectoryAudit);
    }

    private static string? IdText(Statement row, int column) => StoredId.Correlation((object?)row.Blob(column) ?? row.String(column));
}
