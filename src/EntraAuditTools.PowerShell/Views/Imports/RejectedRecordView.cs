using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>RejectedRecord</summary>
public static class RejectedRecordView
{
    internal static void Declare(RecordViews<RejectedRecord> record)
    {

        record.Table("Rejected")
            .Number("ImportId", 8, it => it.ImportId)
            .Column("Source", RecordView.SourceName)
            .Number("Line", 8, it => it.Line)
            .Column("Reason", RecordView.Reason)
            .Column("Text", RecordView.Text);

        record.List("Rejected")
            .Item("ImportId", it => it.ImportId)
            .Item("Source", it => it.Source)
            .Item("Line", it => it.Line)
            .Item("ByteOffset", it => it.ByteOffset)
            .Item("Reason", RecordView.Reason)
            .Item("Text", RecordView.Text);
    }
}
