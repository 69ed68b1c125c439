using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Text;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>An import, as evidence shows it.</summary>
internal sealed record ImportText(long Id, string Source, string? Sha256, DateTimeOffset ImportedAt)
{
    public const string Columns = "i.id, i.source, i.sha256, coalesce(i.finished, i.started)";

    public static ImportText Read(SqliteDataReader row) =>
        new(row.GetInt64(0), TerminalText.Visible(row.GetString(1)), Sha256Text.Of(row, 2), UtcTime.Of(row.GetInt64(3)));

    /// <inheritdoc cref="Read(SqliteDataReader)"/>
    public static ImportText Read(Statement row) =>
        new(row.Number(0), TerminalText.Visible(row.String(1)!), row.Blob(2) is { } hash ? Convert.ToHexString(hash).ToLowerInvariant()
            : null, UtcTime.Of(row.Number(3)));

    public AuditEvidence ToEvidence(string? recordId, string? origin = null) =>
        new() { ImportId = Id, Source = Source, Sha256 = Sha256, ImportedAt = ImportedAt, RecordId = recordId, Origin = origin };
}
