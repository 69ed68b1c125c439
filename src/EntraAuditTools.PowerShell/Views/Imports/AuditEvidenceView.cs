using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>AuditEvidence</summary>
public static class AuditEvidenceView
{
    internal static void Declare(RecordViews<AuditEvidence> record)
    {

        record.Table("Evidence")
            .Number("ImportId", 8, it => it.ImportId)
            .Column("ImportedAt (UTC)", 19, it => it.ImportedAt, ShownAs.Second)
            .Column("Source", RecordView.SourceName)
            .Column("Origin", 14, it => it.Origin)
            .Column("RecordId", it => it.RecordId);
    }
}
