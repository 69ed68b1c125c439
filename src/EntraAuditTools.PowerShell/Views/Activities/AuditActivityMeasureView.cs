using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Activities;

/// <summary>Rows of Measure-AuditActivity that are too wide for a table of their own properties</summary>
public static class AuditActivityMeasureView
{
    internal static void Declare(RecordViews<AuditActivityMeasure> record)
    {
        record.Named("Wide");

        record.Table("Measure")
            .Column("Group", RecordView.Group)
            .Number("Count", 9, it => it.Count)
            .Number("Success", 9, it => it.Success)
            .Number("Failure", 9, it => it.Failure)
            .Column("First (UTC)", 19, it => it.First, ShownAs.Second)
            .Column("Last (UTC)", 19, it => it.Last, ShownAs.Second);
    }
}
