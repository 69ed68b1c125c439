using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>What Export-AuditRecord wrote.</summary>
public static class AuditRecordExportView
{
    internal static void Declare(RecordViews<AuditRecordExport> record)
    {
        record.Serialized(depth: 2);

        record.List("RecordExport")
            .Item("Path", SharedCells.Path)
            .Item("Mirror", AuditMirrorBackupView.Mirror)
            .Item("Format", it => it.Format)
            .Item("Records", it => it.Records, ShownAs.Count)
            .Item("Masked", it => it.Masked, ShownAs.Count)
            .Item("Pseudonymized", it => it.Pseudonymized)
            .Item("IsVerbatim", it => it.IsVerbatim)
            .Item("Size", ImportCells.Size)
            .Item("Sha256", it => it.Sha256)
            .Item("Notes", ImportCells.Notes)
            .Item("Duration", ImportResultView.Duration);
    }
}
