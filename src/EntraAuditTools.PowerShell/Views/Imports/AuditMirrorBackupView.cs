using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>What Backup-AuditMirror made.</summary>
public static class AuditMirrorBackupView
{
    internal static void Declare(RecordViews<AuditMirrorBackup> record)
    {
        record.Serialized(depth: 3);

        record.List("MirrorBackup")
            .Item("Path", SharedCells.Path)
            .Item("Mirror", Mirror)
            .Item("Size", ImportCells.Size)
            .Item("Imports", it => it.Imports, ShownAs.Count)
            .Item("Originals", it => it.Originals, ShownAs.Count)
            .ItemIf(IsSalvage, "LostBlocks", Lost)
            .ItemIfAny("ImportAgain", Again)
            .Item("Checks", it => it.Checks)
            .Item("Notes", ImportCells.Notes)
            .Item("ChainHead", it => it.ChainHead)
            .Item("Duration", ImportResultView.Duration);
    }

    /// <summary>Whether it was saved from a damaged mirror.</summary>
    public static object IsSalvage(PSObject instance) => Cell.Value(instance, "LostBlocks") is not null;

    /// <summary>How many blocks of originals are lost.</summary>
    public static object Lost(PSObject instance) => Cell.Value(instance, "LostBlocks") is long lost ? $"{lost:N0}" : string.Empty;

    /// <summary>Imports that lost originals, a line each.</summary>
    public static object Again(PSObject instance) =>
        string.Join('\n', Cell.Items(instance, "ImportAgain").Select(import => Cell.Line(import)));

    /// <summary>The mirror that was backed up.</summary>
    public static object Mirror(PSObject instance) => Cell.Line(instance, "Mirror");
}
