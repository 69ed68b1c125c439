using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>What Remove-AuditRecord removed.</summary>
public static class AuditRecordRemovalView
{
    internal static void Declare(RecordViews<AuditRecordRemoval> record)
    {
        record.Serialized(depth: 2);

        record.List("RecordRemoval")
            .Item("Path", SharedCells.Path)
            .Item("Before (UTC)", it => it.Before, ShownAs.Second)
            .Item("Activities", it => it.Activities, ShownAs.Count)
            .Item("ProvisioningEntries", it => it.ProvisioningEntries, ShownAs.Count)
            .Item("Originals", it => it.Originals, ShownAs.Count)
            .Item("Size before", ImportCells.SizeBefore)
            .Item("Size", ImportCells.Size)
            .Item("Notes", ImportCells.Notes)
            .Item("ChainHead", it => it.ChainHead)
            .Item("Duration", ImportResultView.Duration);
    }
}
