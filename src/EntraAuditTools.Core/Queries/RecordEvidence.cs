using EntraAuditTools.Core.Formats;
using EntraAuditTools.Core.Mirror;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Queries;

/// <summary>An import, as evidence shows it.</summary>
internal sealed record ImportText(long Id, string Source, string? Sha256, DateTimeOffset ImportedAt)
{
    public const string Columns = "i.id, i.source, i.sha256, coalesce(i.finished, i.started)";

    public static ImportText Read(SqliteDataReader row) =>
        new(row.GetInt64(0), TextSanitizer.Clean(row.GetString(1)), Sha256Text.Of(row, 2), UtcTime.Of(row.GetInt64(3)));

    public AuditEvidence ToEvidence(string? recordId) => new() { ImportId = Id, Source = Source, Sha256 = Sha256, ImportedAt = ImportedAt, RecordId = recordId };
}

/// <summary>Every import that brought a row of a log, oldest first.</summary>
/// <param name="Table">The log's table.</param>
/// <param name="Correlation">The column that a stored record id may refer to; <c>NULL</c> for none.</param>
internal sealed record RecordEvidence(string Table, string Correlation)
{
    public static readonly RecordEvidence OfActivity = new("activity", "a.correlation");
    public static readonly RecordEvidence OfProvisioning = new("provisioning", "NULL");

    /// <summary>Reads it from the mirror; the import of the shown copy alone when the mirror is gone by now.</summary>
    public RecordList<AuditEvidence> Read(string mirrorPath, long rowId, ImportText shown, string? recordId)
    {
        var found = new SortedDictionary<long, AuditEvidence> { [shown.Id] = shown.ToEvidence(recordId) };
        try
        {
            using var mirror = MirrorReader.Open(mirrorPath);
            AddCopies(mirror, rowId, found);
            AddSightings(mirror, rowId, found, recordId);
        }
        catch (AuditToolException e) when (e.Kind is AuditErrorKind.NotFound or AuditErrorKind.PermissionDenied)
        {
            // The object outlived its mirror: what it knows itself still stands.
        }

        return new RecordList<AuditEvidence>([.. found.Values]);
    }

    private void AddCopies(MirrorReader mirror, long rowId, SortedDictionary<long, AuditEvidence> found)
    {
        var sql = new SqlText();
        sql.Add($"""
            SELECT {ImportText.Columns}, c.record_id, {Correlation}
            FROM {Table}_copy c JOIN {Table} a ON a.id = c.{Table} JOIN block b ON b.id = c.block JOIN import i ON i.id = b.import
            WHERE c.{Table} = {sql.Bind(rowId)}
            """);
        foreach (var evidence in mirror.Query(sql, row => ImportText.Read(row).ToEvidence(RecordId(row)))) found.TryAdd(evidence.ImportId, evidence);

        static string? RecordId(SqliteDataReader row) =>
            TextSanitizer.Clean(StoredId.Record(StoredId.Correlation(row.GetValue(4)), StoredId.Correlation(row.GetValue(5))));
    }

    // A sighting brought one of the originals again; which one is certain only where there is just one.
    private void AddSightings(MirrorReader mirror, long rowId, SortedDictionary<long, AuditEvidence> found, string? recordId)
    {
        var only = found.Count == 1 ? recordId : null;
        var sql = new SqlText();
        sql.Add($"SELECT {ImportText.Columns} FROM {Table}_sighting s JOIN import i ON i.id = s.import WHERE s.{Table} = {sql.Bind(rowId)}");
        foreach (var evidence in mirror.Query(sql, row => ImportText.Read(row).ToEvidence(only))) found.TryAdd(evidence.ImportId, evidence);
    }
}
