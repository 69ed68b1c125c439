using System.Globalization;
using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Activities;

/// <summary>Rows of Compare-AuditActivity; see <see cref="MeasureRow"/>.</summary>
public static class AuditActivityComparisonView
{
    internal static void Declare(RecordViews<AuditActivityComparison> record)
    {
        record.SerializedRow();
        record.Table("Comparison")
            .GroupedBy(Times, "Times (UTC)")
            .Column("Change", 7, Change)
            .Number("Reference", 9, it => it.ReferenceCount)
            .Number("Count", 9, it => it.Count)
            .Number("Difference", 10, Difference)
            .Column("Group", Group);
    }

    /// <summary>The two times, and how many of their days are not covered.</summary>
    public static object Times(PSObject instance) =>
        $"{Span(instance, "After", "Before", "DaysNotCovered")} beside "
            + Span(instance, "ReferenceAfter", "ReferenceBefore", "ReferenceDaysNotCovered");

    /// <summary>The change, in its colour.</summary>
    public static object Change(PSObject instance) =>
        Cell.Line(instance, "Change") is var change && change is "New" or "Gone" ? Palette.Warning(change) : Palette.State(change);

    /// <summary>The difference with its sign.</summary>
    public static object Difference(PSObject instance) => Cell.Value(instance, "Difference") is { } difference
        ? Convert.ToInt64(difference, CultureInfo.InvariantCulture).ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture) : string.Empty;

    /// <summary>The values of the group in one cell.</summary>
    public static object Group(PSObject instance) =>
        string.Join(" · ",
            instance.Properties.TakeWhile(property => property.Name != "Change").Select(property => Cell.Line(property.Value)));

    private static string Time(object? time) =>
        Cell.Time(time, ShownAs.Minute).Replace(" 00:00", string.Empty, StringComparison.Ordinal);

    private static string Span(PSObject instance, string from, string to, string missing)
    {
        var days = Cell.Line(instance, missing);
        return $"{Time(Cell.Value(instance, from))} – {Time(Cell.Value(instance, to))}"
            + (days is "0" or "" ? string.Empty : $" ({days} {(days == "1" ? "day" : "days")} not covered)");
    }
}
