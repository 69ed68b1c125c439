using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;
using EntraAuditTools.PowerShell.Views.Entitlement;

namespace EntraAuditTools.PowerShell.Views.Requests;

/// <summary>What several views of requests and of what happened to access show.</summary>
public static class RequestCells
{
    /// <summary>The requestor's justification, or an approver's.</summary>
    public static object Justification(PSObject instance) => Cell.Line(instance, "Justification");

    /// <summary>Time of an event.</summary>
    public static object Time(PSObject instance) => Cell.Time(Cell.Value(instance, "Time"), ShownAs.Second);

    /// <summary>The result in its colour.</summary>
    public static object Result(PSObject instance) => Palette.State(Cell.Line(instance, "Result"));

    /// <summary>Name of an event of a package.</summary>
    public static object Operation(PSObject instance) => Cell.Line(instance, "Operation");
}
