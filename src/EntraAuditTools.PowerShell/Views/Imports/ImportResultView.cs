using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;
using EntraAuditTools.PowerShell.Views.Provisioning;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>What Import-AuditExport says of each file.</summary>
public static class ImportResultView
{
    internal static void Declare(RecordViews<ImportResult> record)
    {
        record.Serialized(depth: 2);

        record.Table("ImportResult")
            .Column("Source", 20, ImportCells.SourceName)
            .Column("Status", 12, SharedCells.Status)
            .Column("Shape", 11, ImportCells.Shape)
            .Number("Read", 7, it => it.Read)
            .Number("Added", 7, it => it.Added)
            .Number("Updated", 7, it => it.Updated)
            .Number("Unchanged", 9, it => it.Unchanged)
            .Number("Rejected", 8, ImportCells.Rejected)
            .Column("First", 10, it => it.FirstTime, ShownAs.Day)
            .Column("Last", 10, it => it.LastTime, ShownAs.Day)
            .Number("Duration", 8, Duration)
            .Column("Kind", ImportCells.Kind);

        record.List("ImportResult")
            .Item("Source", ImportCells.Source)
            .Item("Status", SharedCells.Status)
            .Item("Kind", it => it.Kind)
            .Item("Shape", it => it.Shape)
            .Counts()
            .Item("Sha256", it => it.Sha256)
            .Item("Duration", Duration)
            .Item("ImportId", it => it.ImportId)
            .Item("ChainHead", it => it.ChainHead)
            .Item("Notes", ImportCells.Notes);
    }

    /// <summary>How long, for people.</summary>
    public static object Duration(PSObject instance) =>
        Cell.Value(instance, "Duration") is TimeSpan span ? ProvisioningText.Span(span) : Cell.Line(instance, "Duration");
}
