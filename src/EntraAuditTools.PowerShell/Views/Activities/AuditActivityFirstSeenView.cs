using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Activities;

/// <summary>Rows of Measure-AuditActivity -FirstSeen; see <see cref="MeasureRow"/>.</summary>
public static class AuditActivityFirstSeenView
{
    internal static void Declare(RecordViews<AuditActivityFirstSeen> record)
    {
        record.SerializedRow();
        record.Table("FirstSeen")
            .Column("First seen (UTC)", 16, First)
            .Number("Import", 6, it => it.FirstImportId)
            .Column("New", 7, New)
            .Column("Rests on", 18, it => it.RestsOn)
            .Column("Group", AuditActivityMeasureView.Group);
    }

    /// <summary>When it was first seen, to the minute.</summary>
    public static object First(PSObject instance) => Cell.Time(Cell.Value(instance, "First"), ShownAs.Minute);

    /// <summary>Whether it is known to be new; where it is not, nothing is known.</summary>
    public static object New(PSObject instance) => Palette.State(Cell.Value(instance, "IsNew") is true ? "Yes" : "Unknown");
}
