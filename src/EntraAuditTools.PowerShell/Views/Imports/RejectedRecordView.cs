using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Imports;

/// <summary>Records that an import could not take in.</summary>
public static class RejectedRecordView
{
    internal static void Declare(RecordViews<RejectedRecord> record)
    {
        record.Serialized(depth: 2);

        record.Table("Rejected")
            .Number("ImportId", 8, it => it.ImportId)
            .Column("Source", ImportCells.SourceName)
            .Number("Line", 8, it => it.Line)
            .Column("Reason", SharedCells.Reason)
            .Column("Text", Text);

        record.List("Rejected")
            .Item("ImportId", it => it.ImportId)
            .Item("Source", ImportCells.Source)
            .Item("Line", it => it.Line)
            .Item("ByteOffset", it => it.ByteOffset)
            .Item("Reason", SharedCells.Reason)
            .Item("Text", Text);
    }

    /// <summary>The text.</summary>
    public static object Text(PSObject instance) => Cell.Line(instance, "Text");
}
