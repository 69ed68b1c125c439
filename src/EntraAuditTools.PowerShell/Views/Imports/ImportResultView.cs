using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>ImportResult</summary>
public static class ImportResultView
{
    internal static void Declare(RecordViews<ImportResult> record)
    {

        record.Table("ImportResult")
            .Column("Source", 20, RecordView.SourceName)
            .Column("Status", 12, RecordView.Status)
            .Column("Shape", 11, RecordView.Shape)
            .Number("Read", 7, it => it.Read)
            .Number("Added", 7, it => it.Added)
            .Number("Updated", 7, it => it.Updated)
            .Number("Unchanged", 9, it => it.Unchanged)
            .Number("Rejected", 8, RecordView.Rejected)
            .Column("First", 10, it => it.FirstTime, ShownAs.Day)
            .Column("Last", 10, it => it.LastTime, ShownAs.Day)
            .Number("Duration", 8, RecordView.Duration)
            .Column("Kind", RecordView.Kind);

        record.List("ImportResult")
            .Item("Source", RecordView.Source)
            .Item("Status", RecordView.Status)
            .Item("Kind", it => it.Kind)
            .Item("Shape", it => it.Shape)
            .Item("Read", it => it.Read)
            .Item("Added", it => it.Added)
            .Item("Updated", it => it.Updated)
            .Item("Unchanged", it => it.Unchanged)
            .Item("Rejected", RecordView.Rejected)
            .Item("NotSupported", it => it.NotSupported)
            .Item("Conflicts", it => it.Conflicts)
            .Item("First (UTC)", it => it.FirstTime, ShownAs.Second)
            .Item("Last (UTC)", it => it.LastTime, ShownAs.Second)
            .Item("Sha256", it => it.Sha256)
            .Item("Duration", RecordView.Duration)
            .Item("ImportId", it => it.ImportId)
            .Item("Notes", RecordView.Notes);
    }
}
