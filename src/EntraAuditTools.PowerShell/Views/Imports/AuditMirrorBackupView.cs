using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>What Backup-AuditMirror made.</summary>
public static class AuditMirrorBackupView
{
    internal static void Declare(RecordViews<AuditMirrorBackup> record)
    {
        record.List("MirrorBackup")
            .Item("Path", SharedCells.Path)
            .Item("Mirror", Mirror)
            .Item("Size", ImportCells.Size)
            .Item("Imports", it => it.Imports, ShownAs.Count)
            .Item("Originals", it => it.Originals, ShownAs.Count)
            .Item("Checks", it => it.Checks)
            .Item("Notes", ImportCells.Notes)
            .Item("ChainHead", it => it.ChainHead)
            .Item("Duration", ImportResultView.Duration);
    }

    /// <summary>The mirror that was backed up.</summary>
    public static object Mirror(PSObject instance) => Cell.Line(instance, "Mirror");
}
