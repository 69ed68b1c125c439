using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>Imports that brought a record.</summary>
public static class AuditEvidenceView
{
    internal static void Declare(RecordViews<AuditEvidence> record)
    {
        record.Serialized(depth: 2);

        record.Table("Evidence")
            .Number("ImportId", 8, it => it.ImportId)
            .Column("ImportedAt (UTC)", 19, it => it.ImportedAt, ShownAs.Second)
            .Column("Source", ImportCells.SourceName)
            .Column("Origin", 14, it => it.Origin)
            .Column("RecordId", it => it.RecordId);
    }
}
