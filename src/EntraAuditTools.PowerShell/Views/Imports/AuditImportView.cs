using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>Imports of the mirror.</summary>
public static class AuditImportView
{
    internal static void Declare(RecordViews<AuditImport> record)
    {
        record.Serialized(depth: 2);

        record.Table("Import")
            .Number("ImportId", 8, it => it.ImportId)
            .Column("Started (UTC)", 16, it => it.Started, ShownAs.Minute)
            .Column("Source", 18, ImportCells.SourceName)
            .Column("Status", 11, SharedCells.Status)
            .Number("Read", 6, it => it.Read)
            .Number("Added", 6, it => it.Added)
            .Number("Rejected", 8, ImportCells.Rejected)
            .Column("Kind", 20, ImportCells.Kind)
            .Column("Shape", ImportCells.Shape);

        record.List("Import")
            .Item("ImportId", it => it.ImportId)
            .Item("Source", ImportCells.Source)
            .Item("Status", SharedCells.Status)
            .Item("Kind", it => it.Kind)
            .Item("Shape", it => it.Shape)
            .Item("Started (UTC)", it => it.Started, ShownAs.Second)
            .Item("Finished (UTC)", it => it.Finished, ShownAs.Second)
            .Counts()
            .Item("Size", ImportCells.Size)
            .Item("Sha256", it => it.Sha256)
            .Item("ToolVersion", it => it.ToolVersion)
            .Item("ImportedBy", it => it.ImportedBy)
            .Item("Notes", ImportCells.Notes);
    }
}
