using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;
using EntraAuditTools.PowerShell.Views.Entitlement;

namespace EntraAuditTools.PowerShell.Views.Requests;

/// <summary>Stages of a request's approval.</summary>
public static class AccessPackageApprovalView
{
    internal static void Declare(RecordViews<AccessPackageApproval> record)
    {
        record.Serialized(depth: 3);

        record.Table("Approval", wrap: true)
            .Column("Stage", 5, it => it.Stage)
            .Column("Approver", 26, Approver)
            .Column("Decision", 12, Decision)
            .Column("Time (UTC)", 19, RequestCells.Time)
            .Column("Justification", RequestCells.Justification);

        record.List("Approval")
            .Item("Stage", it => it.Stage)
            .Item("Approver", ApproverWhole)
            .Item("Decision", Decision)
            .Item("Time (UTC)", RequestCells.Time)
            .Item("Justification", RequestCells.Justification);
    }

    /// <summary>Who is asked or decided; empty where no approver is known.</summary>
    public static object Approver(PSObject instance) =>
        IsByNobody(instance) ? string.Empty
        : EntitlementText.Known(instance, "Approver")
            + (Cell.Line(instance, "OnBehalfOf") is { Length: > 0 } approver ? $" for {approver}" : string.Empty);

    /// <summary>The same with everything known.</summary>
    public static object ApproverWhole(PSObject instance) => IsByNobody(instance) ? string.Empty
        : EntitlementText.Named(Cell.Value(instance, "Approver")) + (Cell.Value(instance, "OnBehalfOf") is { } approver
            ? $" for {EntitlementText.Named(approver)}" : string.Empty);

    /// <summary>The decision in its colour.</summary>
    public static object Decision(PSObject instance) => Palette.State(Cell.Line(instance, "Decision"));

    private static bool IsByNobody(PSObject approval) =>
        Cell.Value(approval, "Approver") is null && Cell.Line(approval, "Decision") is "NotRequired" or "Bypassed" or "TimedOut";
}
