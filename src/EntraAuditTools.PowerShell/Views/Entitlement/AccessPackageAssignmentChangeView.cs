using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Entitlement;

/// <summary>How assignments differ between two times.</summary>
public static class AccessPackageAssignmentChangeView
{
    internal static void Declare(RecordViews<AccessPackageAssignmentChange> record)
    {
        record.Serialized(depth: 4);

        record.Table("Change", wrap: true)
            .Column("Change", 8, Change)
            .Column("Time (UTC)", 16, Time)
            .Column("User", EntitlementCells.User)
            .Column("AccessPackage", EntitlementCells.AccessPackage)
            .Column("What", Differences);

        record.List("Change")
            .Item("Change", Change)
            .Item("Time (UTC)", Time)
            .Item("User", EntitlementCells.Person)
            .Item("AccessPackage", EntitlementCells.Package)
            .Item("What", Differences)
            .Item("Before", Reference)
            .Item("After", Difference)
            .Item("AssignmentId", it => it.AssignmentId);
    }

    /// <summary>How it changed, coloured.</summary>
    public static object Change(PSObject instance) => Palette.State(Cell.Line(instance, "Change"));

    /// <summary>When it was added or removed.</summary>
    public static object Time(PSObject instance) =>
        Cell.Value(instance, "TimeAssumed") is true ? "(assumed)" : EntitlementText.Minute(instance, "Time", string.Empty);

    /// <summary>What is different, or what was assigned.</summary>
    public static object Differences(PSObject instance)
    {
        if (EntitlementText.Lines(instance, "Changes", change => Difference(instance, change)) is { Length: > 0 } changes) return changes;
        if ((Cell.Value(instance, "Difference") ?? Cell.Value(instance, "Reference")) is not { } value) return string.Empty;
        var assignment = PSObject.AsPSObject(value);
        return $"{EntitlementCells.Policy(assignment)}, {EntitlementText.Until(assignment)}";
    }

    /// <summary>The assignment at the earlier time.</summary>
    public static object Reference(PSObject instance) => EntitlementText.Assignment(Cell.Value(instance, "Reference"));

    /// <summary>The assignment at the later time.</summary>
    public static object Difference(PSObject instance) => EntitlementText.Assignment(Cell.Value(instance, "Difference"));

    // Times as the rest of the view has them, and an end that there is none of in words.
    private static string Difference(PSObject instance, PSObject change)
    {
        Func<PSObject, object>? time = Cell.Line(change, "Name") switch
            { "Start" => EntitlementCells.Start, "End" => EntitlementCells.End, _ => null };
        return time is not null && Cell.Value(instance, "Reference") is { } before && Cell.Value(instance, "Difference") is { } after
            ? $"{Cell.Line(change, "Name")}: {time(PSObject.AsPSObject(before))} → {time(PSObject.AsPSObject(after))}"
            : DetailText.Change(change);
    }
}
