using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>AuditImport</summary>
public static class AuditImportView
{
    internal static void Declare(RecordViews<AuditImport> record)
    {

        record.Table("Import")
            .Number("ImportId", 8, it => it.ImportId)
            .Column("Started (UTC)", 16, it => it.Started, ShownAs.Minute)
            .Column("Source", 18, RecordView.SourceName)
            .Column("Status", 11, RecordView.Status)
            .Number("Read", 6, it => it.Read)
            .Number("Added", 6, it => it.Added)
            .Number("Rejected", 8, RecordView.Rejected)
            .Column("Kind", 20, RecordView.Kind)
            .Column("Shape", RecordView.Shape);

        record.List("Import")
            .Item("ImportId", it => it.ImportId)
            .Item("Source", RecordView.Source)
            .Item("Status", RecordView.Status)
            .Item("Kind", it => it.Kind)
            .Item("Shape", it => it.Shape)
            .Item("Started (UTC)", it => it.Started, ShownAs.Second)
            .Item("Finished (UTC)", it => it.Finished, ShownAs.Second)
            .Item("Read", it => it.Read)
            .Item("Added", it => it.Added)
            .Item("Updated", it => it.Updated)
            .Item("Unchanged", it => it.Unchanged)
            .Item("Rejected", RecordView.Rejected)
            .Item("NotSupported", it => it.NotSupported)
            .Item("Conflicts", it => it.Conflicts)
            .Item("First (UTC)", it => it.FirstTime, ShownAs.Second)
            .Item("Last (UTC)", it => it.LastTime, ShownAs.Second)
            .Item("Size", RecordView.Size)
            .Item("Sha256", it => it.Sha256)
            .Item("ToolVersion", it => it.ToolVersion)
            .Item("Notes", RecordView.Notes);
    }
}
