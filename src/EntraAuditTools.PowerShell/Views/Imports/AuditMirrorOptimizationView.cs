using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>What Optimize-AuditMirror did.</summary>
public static class AuditMirrorOptimizationView
{
    internal static void Declare(RecordViews<AuditMirrorOptimization> record)
    {
        record.Serialized(depth: 2);

        record.List("MirrorOptimization")
            .Item("Path", SharedCells.Path)
            .Item("Size before", ImportCells.SizeBefore)
            .Item("Size", ImportCells.Size)
            .Item("HasSearchIndex", it => it.HasSearchIndex)
            .Item("Notes", ImportCells.Notes)
            .Item("Duration", ImportResultView.Duration);
    }
}
