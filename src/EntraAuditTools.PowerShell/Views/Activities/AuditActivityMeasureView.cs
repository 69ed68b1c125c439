using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Activities;

/// <summary>Rows of Measure-AuditActivity that are too wide for a table of their own properties; see <see cref="MeasureRow"/>.</summary>
public static class AuditActivityMeasureView
{
    /// <summary>What Measure-AuditActivity names such rows.</summary>
    internal const string Wide = "Wide";

    internal static void Declare(RecordViews<AuditActivityMeasure> record)
    {
        record.Named(Wide);
        record.SerializedRow();
        record.Table("Measure")
            .Column("Group", Group)
            .Number("Count", 9, it => it.Count)
            .Number("Success", 9, it => it.Success)
            .Number("Failure", 9, it => it.Failure)
            .Column("First (UTC)", 19, First)
            .Column("Last (UTC)", 19, Last);
    }

    /// <summary>The earliest.</summary>
    public static object First(PSObject instance) => Cell.Time(Cell.Value(instance, "First"), ShownAs.Second);

    /// <summary>The latest.</summary>
    public static object Last(PSObject instance) => Cell.Time(Cell.Value(instance, "Last"), ShownAs.Second);

    /// <summary>The values of a measure's group in one cell.</summary>
    public static object Group(PSObject instance) =>
        string.Join(" · ",
            instance.Properties.TakeWhile(property => property.Name != "Count").Select(property => Cell.Line(property.Value)));
}
