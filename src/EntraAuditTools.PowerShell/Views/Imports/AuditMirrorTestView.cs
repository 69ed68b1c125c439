using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>What Test-AuditMirror found.</summary>
public static class AuditMirrorTestView
{
    internal static void Declare(RecordViews<AuditMirrorTest> record)
    {
        record.Serialized(depth: 3);

        record.List("MirrorTest")
            .Item("Path", SharedCells.Path)
            .Item("Result", it => it.Result)
            .Item("Problems", Problems)
            .Item("Notes", ImportCells.Notes)
            .Item("Checks", it => it.Checks)
            .Item("Imports", it => it.Imports, ShownAs.Count)
            .Item("Originals", it => it.Originals, ShownAs.Count)
            .Item("Links", it => it.Links, ShownAs.Count)
            .Item("ChainHead", it => it.ChainHead)
            .Item("Duration", ImportResultView.Duration);
    }

    /// <summary>Each problem on a line of its own.</summary>
    public static object Problems(PSObject instance) => string.Join('\n', Cell.Items(instance, "Problems").Select(problem => Cell.Line(problem)));

}
