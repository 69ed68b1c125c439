using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;
using EntraAuditTools.PowerShell.Views.Entitlement;

namespace EntraAuditTools.PowerShell.Views.Requests;

/// <summary>Requests and their results (Graph: accessPackageAssignmentRequest, whose requestor is the one who is to get access).</summary>
public static class AccessPackageRequestView
{
    internal static void Declare(RecordViews<AccessPackageRequest> record)
    {
        record.Alias("Id", it => it.RequestId);
        record.Alias("Requestor", it => it.User);
        record.Alias("CreatedDateTime", it => it.RequestedAt);
        record.Serialized(depth: 4);

        record.Table("Request")
            .Column("Requested (UTC)", 10, RequestedDay)
            .Column("User", EntitlementCells.User)
            .Column("AccessPackage", EntitlementCells.AccessPackage)
            .Column("Type", 11, SharedCells.Type)
            .Column("Status", 15, SharedCells.Status)
            .Column("Outcome", Outcome);

        // Format-Table -View Waiting: how long, and for whom
        record.Table("Waiting")
            .Column("Requested (UTC)", 16, Requested)
            .Column("User", EntitlementCells.User)
            .Column("AccessPackage", EntitlementCells.AccessPackage)
            .Column("Waiting", 12, WaitingTime)
            .Column("WaitingFor", WaitingFor);

        record.List("Request")
            .Item("User", EntitlementCells.Person)
            .Item("AccessPackage", EntitlementCells.Package)
            .Item("Policy", EntitlementCells.Policy)
            .Item("Type", SharedCells.Type)
            .Item("Status", SharedCells.Status)
            .Item("StatusReason", SharedCells.StatusReason)
            .Item("Requested (UTC)", RequestedAt)
            .Item("RequestedBy", RequestedBy)
            .Item("Justification", RequestCells.Justification)
            .Item("Answers", Answers)
            .Item("Approvals", Approvals)
            .Item("Waiting", Waiting)
            .Item("Delivered (UTC)", DeliveredAt)
            .Item("Ended (UTC)", Ended)
            .Item("Elapsed", Elapsed)
            .Item("Events", RequestTimeline.EventLines)
            .Item("Source", it => it.Source)
            .Item("Disagreement", EntitlementCells.Disagreement)
            .Item("RequestId", it => it.RequestId)
            .Item("AssignmentId", it => it.AssignmentId)
            .Item("TenantId", it => it.TenantId)
            .Item("Evidence", SharedCells.Evidence);

        // Format-Custom: everything that happened to a request
        record.Custom("Timeline", text => text
            .Show(Title).NewLine()
            .Show(Subtitle).NewLine()
            .Indented(2, events => events.Show(RequestTimeline.Timeline).NewLine())
            .Show(Standing).NewLine());
    }

    /// <summary>When it was requested.</summary>
    public static object Requested(PSObject instance) => EntitlementText.Minute(instance, "RequestedAt");

    /// <summary>On which day it was requested.</summary>
    public static object RequestedDay(PSObject instance) => EntitlementText.Day(instance, "RequestedAt");

    /// <summary>In a column that can be narrow, so the day first: how long it waits and for whom, when access was given, when and why it
    /// ended, or why it was not given: whichever came last.</summary>
    public static object Outcome(PSObject instance)
    {
        if (Cell.Value(instance, "Waiting") is TimeSpan) return Waiting(instance);
        if (Cell.Value(instance, "AssignmentEndedAt") is not null) return EndOfAssignment(instance);
        if (Cell.Value(instance, "DeliveredAt") is not null)
            return $"{EntitlementText.Day(instance, "DeliveredAt")} {Fulfilment(instance)}";
        // An object's state, where it is all there is, repeats the status.
        return Cell.Line(instance, "StatusReason") is { Length: > 0 } reason
            && !reason.Equals(Cell.Line(instance, "Status"), StringComparison.OrdinalIgnoreCase) ? reason : Refused(instance);
    }

    /// <summary>How long it has waited, and for whom; empty when it does not wait.</summary>
    public static object Waiting(PSObject instance)
    {
        if (Cell.Value(instance, "Waiting") is not TimeSpan span) return string.Empty;
        var whom = Cell.Line(instance, "WaitingFor");
        return whom.Length == 0 ? "waits " + EntitlementText.Span(span) : $"waits {EntitlementText.Span(span)} for {whom}";
    }

    /// <summary>How long it has waited.</summary>
    public static object WaitingTime(PSObject instance) =>
        Cell.Value(instance, "Waiting") is TimeSpan span ? EntitlementText.Span(span) : string.Empty;

    /// <summary>For whom it waits.</summary>
    public static object WaitingFor(PSObject instance) =>
        Cell.Line(instance, "WaitingFor") is { Length: 0 } && Cell.Value(instance, "Waiting") is TimeSpan ? EntitlementText.Unknown
        : Cell.Line(instance, "WaitingFor");

    /// <summary>Who asked, with everything known.</summary>
    public static object RequestedBy(PSObject instance) => EntitlementText.Named(Cell.Value(instance, "RequestedBy"));

    /// <summary>When it was requested, to the second.</summary>
    public static object RequestedAt(PSObject instance) => EntitlementText.Second(instance, "RequestedAt");

    /// <summary>The requestor's answers, a line each.</summary>
    public static object Answers(PSObject instance) => DetailText.Pairs(instance, "Answers");

    /// <summary>Stages of approval, a line each: who, decision, when, justification.</summary>
    public static object Approvals(PSObject instance) => EntitlementText.Lines(instance, "Approvals", approval =>
    {
        var (time, why) = (EntitlementText.Second(approval, "Time"), Cell.Line(approval, "Justification"));
        var who = AccessPackageApprovalView.ApproverWhole(approval).ToString();
        return $"{Cell.Line(approval, "Stage")}. {Palette.State(Cell.Line(approval, "Decision"))}"
            + (time.Length == 0 ? string.Empty : " " + time) + (who is { Length: > 0 } ? " " + who : string.Empty)
            + (why.Length == 0 ? string.Empty : ": " + why);
    });

    /// <summary>When access was given.</summary>
    public static object DeliveredAt(PSObject instance) => EntitlementText.Second(instance, "DeliveredAt");

    /// <summary>When and why the assignment ended.</summary>
    public static object Ended(PSObject instance) =>
        Cell.Value(instance, "AssignmentEndedAt") is null ? Cell.Line(instance, "EndReason")
        : EntitlementText.Second(instance, "AssignmentEndedAt") + Reason(instance, "EndReason");

    /// <summary>How long it took, by phase.</summary>
    public static object Elapsed(PSObject instance)
    {
        if (Cell.Value(instance, "Elapsed") is not TimeSpan elapsed) return string.Empty;
        var parts = new List<string>();
        if (Cell.Value(instance, "TimeToDecision") is TimeSpan decision) parts.Add("decision " + EntitlementText.Span(decision));
        if (Cell.Value(instance, "TimeToDelivery") is TimeSpan delivery) parts.Add("delivery " + EntitlementText.Span(delivery));
        return EntitlementText.Span(elapsed) + (parts.Count == 0 ? string.Empty : $" ({string.Join(", ", parts)})");
    }

    /// <summary>The head of the timeline: who, what, the status.</summary>
    public static object Title(PSObject instance) =>
        $"{EntitlementText.Known(instance, "User")} → {EntitlementText.Known(instance, "AccessPackage")}: "
            + Palette.State(Cell.Line(instance, "Status"));

    /// <summary>Below the head: kind, policy, id, justification.</summary>
    public static object Subtitle(PSObject instance)
    {
        var parts = new List<string> { Cell.Line(instance, "Type") };
        if (Cell.Line(instance, "Policy") is { Length: > 0 } policy) parts.Add($"policy {policy}");
        if (Cell.Line(instance, "RequestId") is { Length: > 0 } id) parts.Add($"request {id}");
        if (Cell.Line(instance, "RequestedBy") is { Length: > 0 } by && by != Cell.Line(instance, "User")) parts.Add($"requested by {by}");
        // Ids are long: what does not fit 80 columns goes to the next line.
        return parts.Aggregate((text, part) =>
            text.Length - text.LastIndexOf('\n') + part.Length < 80 ? $"{text}, {part}" : $"{text},\n{part}");
    }

    /// <summary>Below the timeline: the status.</summary>
    public static object Standing(PSObject instance)
    {
        var lines = new List<string>();
        if (Waiting(instance) is string { Length: > 0 } waiting) lines.Add(Palette.Warning($"It {waiting}."));
        if (Cell.Line(instance, "StatusReason") is { Length: > 0 } reason) lines.Add(reason);
        if (Elapsed(instance) is string { Length: > 0 } elapsed) lines.Add($"Took {elapsed}.");
        if (Ended(instance) is string { Length: > 0 } ended) lines.Add($"The assignment ended: {ended}.");
        if (EntitlementCells.Disagreement(instance) is string { Length: > 0 } other) lines.Add(other);
        return string.Join('\n', lines.SelectMany(line => EntitlementText.Wrap(line, 80)));
    }

    /// <summary>What a request that was fulfilled did.</summary>
    private static string Fulfilment(PSObject instance) =>
        Cell.Line(instance, "Type") switch { "Removal" => "removed", "Extension" or "Update" => "changed", _ => "given" };

    /// <summary>When it was denied or timed out, by its last stage; empty when no stage says so.</summary>
    private static string Refused(PSObject instance)
    {
        var last = Cell.Items(instance, "Approvals")
            .LastOrDefault(approval => Cell.Line(approval, "Decision") is "Denied" or "TimedOut"
                && Cell.Value(approval, "Time") is not null);
        if (last is not null)
            return $"{EntitlementText.Day(last, "Time")} {(Cell.Line(last, "Decision") == "Denied" ? "denied" : "timed out")}";
        var word = Cell.Line(instance, "Status") switch { "Canceled" => "canceled", "Failed" => "failed", "Denied" => "denied",
            "TimedOut" => "timed out", _ => null };
        return word is not null && Cell.Value(instance, "RequestedAt") is DateTimeOffset requested
            && Cell.Value(instance, "Elapsed") is TimeSpan elapsed
            ? $"{Cell.Time(requested + elapsed, "yyyy-MM-dd")} {word}" : string.Empty;
    }

    /// <summary>When and why the assignment ended, short enough for a cell.</summary>
    private static string EndOfAssignment(PSObject instance)
    {
        var day = EntitlementText.Day(instance, "AssignmentEndedAt");
        return Cell.Line(instance, "EndReason") switch
        {
            "Expired" => $"{day} expired",
            "CanceledByUser" => $"{day} canceled: user",
            "RemovedByAdministrator" => $"{day} removed: admin",
            "RemovedByApprover" => $"{day} removed: approver",
            "AccessReview" => $"{day} removed: review",
            "PolicyRule" => $"{day} removed: rule",
            "UserDeleted" => $"{day} user deleted",
            var other => other is "" or "Unknown" ? $"{day} ended" : $"{day} ended: {other}",
        };
    }

    private static string Reason(PSObject instance, string property) =>
        Cell.Line(instance, property) is { Length: > 0 } reason ? $": {reason}" : string.Empty;
}
