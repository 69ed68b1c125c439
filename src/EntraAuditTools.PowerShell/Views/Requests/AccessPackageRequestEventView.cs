using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.PowerShell.Views.Requests;

/// <summary>What happened to a request.</summary>
public static class AccessPackageRequestEventView
{
    internal static void Declare(RecordViews<AccessPackageRequestEvent> record)
    {
        record.Serialized(depth: 2);

        record.Table("Event", wrap: true)
            .Column("Time (UTC)", 19, RequestCells.Time)
            .Column("Phase", 8, Phase)
            .Column("By", By)
            .Column("Activity", What)
            .Column("Result", 8, RequestCells.Result)
            .Column("MatchedBy", 17, MatchedBy);

        record.List("Event")
            .Item("Time (UTC)", RequestCells.Time)
            .Item("Phase", Phase)
            .Item("Activity", SharedCells.Activity)
            .Item("By", By)
            .Item("Result", RequestCells.Result)
            .Item("Detail", Detail)
            .Item("MatchedBy", MatchedBy)
            .Item("CorrelationId", it => it.CorrelationId)
            .Item("RecordId", it => it.RecordId);
    }

    /// <summary>Phase of an event.</summary>
    public static object Phase(PSObject instance) => Cell.Line(instance, "Phase");

    /// <summary>Who did it.</summary>
    public static object By(PSObject instance) => Cell.Line(instance, "By");

    /// <summary>The activity, and below it what was said.</summary>
    public static object What(PSObject instance) =>
        Cell.Line(instance, "Detail") is { Length: > 0 } detail
            ? $"{Cell.Line(instance, "Activity")}\n{detail}" : Cell.Line(instance, "Activity");

    /// <summary>The result.</summary>
    public static object Detail(PSObject instance) => Cell.Line(instance, "Detail");

    /// <summary>How it was tied to the request; the weakest way is coloured.</summary>
    public static object MatchedBy(PSObject instance) =>
        Cell.Line(instance, "MatchedBy") is "PersonPackageTime" and { } weak ? Palette.Warning(weak) : Cell.Line(instance, "MatchedBy");
}
