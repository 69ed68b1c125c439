using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>What Copy-AuditMirror made.</summary>
public static class AuditMirrorCopyView
{
    internal static void Declare(RecordViews<AuditMirrorCopy> record)
    {
        record.Serialized(depth: 3);

        record.List("MirrorCopy")
            .Item("Source", Source)
            .Item("Destination", Destination)
            .Item("Size", ImportCells.Size)
            .Item("Imports", it => it.Imports, ShownAs.Count)
            .Item("Records", it => it.Records, ShownAs.Count)
            .Item("Verified", it => it.Verified)
            .ItemIfAny("Notes", ImportCells.Notes)
            .Item("ChainHead", it => it.ChainHead)
            .Item("Duration", ImportResultView.Duration);
    }

    /// <summary>What was copied.</summary>
    public static object Source(PSObject instance) => Cell.Line(instance, "Source");

    /// <summary>Where it is now.</summary>
    public static object Destination(PSObject instance) => Cell.Line(instance, "Destination");
}
