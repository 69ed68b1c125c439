using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Views;

/// <summary>What the views of requests and of what happened to access show, as hidden code properties; see <see cref="ActivityView"/> for why.</summary>
public static class RequestView
{
    private const int TimeWidth = 20;
    private const int WhatWidth = 44;
    private const string NoEvents = "(no events in the mirror)";

    /// <summary>When it was requested.</summary>
    public static object Requested(PSObject instance) => EntitlementText.Minute(instance, "RequestedAt");

    /// <summary>On which day it was requested.</summary>
    public static object RequestedDay(PSObject instance) => Day(instance, "RequestedAt");

    /// <summary>Kind of a request.</summary>
    public static object Type(PSObject instance) => Cell.Line(instance, "Type");

    /// <summary>The status in its colour.</summary>
    public static object Status(PSObject instance) => Palette.State(Cell.Line(instance, "Status"));

    /// <summary>In a column that can be narrow, so the day first: how long it waits and for whom, when access was given, when and why it
    /// ended, or why it was not given: whichever came last.</summary>
    public static object Outcome(PSObject instance)
    {
        if (Cell.Value(instance, "Waiting") is TimeSpan) return Waiting(instance);
        if (Cell.Value(instance, "AssignmentEndedAt") is not null) return Gone(instance);
        if (Cell.Value(instance, "DeliveredAt") is not null) return $"{Day(instance, "DeliveredAt")} {Done(instance)}";
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
    public static object WaitingTime(PSObject instance) => Cell.Value(instance, "Waiting") is TimeSpan span ? EntitlementText.Span(span) : string.Empty;

    /// <summary>For whom it waits.</summary>
    public static object WaitingFor(PSObject instance) =>
        Cell.Line(instance, "WaitingFor") is { Length: 0 } && Cell.Value(instance, "Waiting") is TimeSpan ? EntitlementText.Unknown
        : Cell.Line(instance, "WaitingFor");

    /// <summary>Who asked, with everything known.</summary>
    public static object RequestedBy(PSObject instance) => EntitlementText.Named(Cell.Value(instance, "RequestedBy"));

    /// <summary>When it was requested, to the second.</summary>
    public static object RequestedAt(PSObject instance) => EntitlementText.Second(instance, "RequestedAt");

    /// <summary>The requestor's justification, or an approver's.</summary>
    public static object Justification(PSObject instance) => Cell.Line(instance, "Justification");

    /// <summary>The requestor's answers, a line each.</summary>
    public static object Answers(PSObject instance) => DetailText.Pairs(instance, "Answers");

    /// <summary>Stages of approval, a line each: who, decision, when, justification.</summary>
    public static object Approvals(PSObject instance) => EntitlementText.Lines(instance, "Approvals", approval =>
    {
        var (time, why) = (EntitlementText.Second(approval, "Time"), Cell.Line(approval, "Justification"));
        return $"{Cell.Line(approval, "Stage")}. "
            + $"{Palette.State(Cell.Line(approval, "Decision"))}{(time.Length == 0 ? string.Empty : " " + time)}{(ApproverWhole(approval) is string { Length: > 0 } who ? " " + who : string.Empty)}{(why.Length == 0 ? string.Empty : ": " + why)}";
    });

    /// <summary>When access was given.</summary>
    public static object DeliveredAt(PSObject instance) => EntitlementText.Second(instance, "DeliveredAt");

    /// <summary>When and why the assignment ended.</summary>
    public static object Ended(PSObject instance) =>
        Cell.Value(instance, "AssignmentEndedAt") is null ? Cell.Line(instance, "EndReason")
        : EntitlementText.Second(instance, "AssignmentEndedAt") + Reason(instance, "EndReason");

    /// <summary>Why it failed or was denied.</summary>
    public static object StatusReason(PSObject instance) => Cell.Line(instance, "StatusReason");

    /// <summary>How long it took, by phase.</summary>
    public static object Elapsed(PSObject instance)
    {
        if (Cell.Value(instance, "Elapsed") is not TimeSpan elapsed) return string.Empty;
        var parts = new List<string>();
        if (Cell.Value(instance, "TimeToDecision") is TimeSpan decision) parts.Add("decision " + EntitlementText.Span(decision));
        if (Cell.Value(instance, "TimeToDelivery") is TimeSpan delivery) parts.Add("delivery " + EntitlementText.Span(delivery));
        return EntitlementText.Span(elapsed) + (parts.Count == 0 ? string.Empty : $" ({string.Join(", ", parts)})");
    }

    /// <summary>
    /// The whole story, event by event: time, phase, who, what, result; below it what was said, and how it was matched where only person,
    /// package and time do. It fits 80 columns wherever it goes: Out-String and files break no lines of custom views.
    /// </summary>
    public static object Story(PSObject instance)
    {
        var events = Cell.Items(instance, "Events").ToList();
        if (events.Count == 0) return NoEvents;
        var phase = events.Max(one => Cell.Line(one, "Phase").Length);
        var indent = new string(' ', TimeWidth + 2 + phase + 2);
        var lines = new List<string>();
        foreach (var one in events)
        {
            var result = Cell.Line(one, "Result");
            var what = EntitlementText.Wrap(
                $"{Who(one)}: {Cell.Line(one, "Activity")}{(result.Length == 0 ? string.Empty : ": " + result)}", WhatWidth).ToList();
            // The colour's own letters take no room.
            if (result.Length > 0 && what[^1].EndsWith(result, StringComparison.Ordinal)) what[^1] = what[^1][..^result.Length] + Palette.State(result);
            lines.Add($"{EntitlementText.Second(one, "Time").PadRight(TimeWidth)}  {Cell.Line(one, "Phase").PadRight(phase)}  {what[0]}");
            lines.AddRange(what.Skip(1).Concat(Said(one, WhatWidth)).Select(line => indent + line));
        }

        return string.Join('\n', lines);
    }

    /// <summary>The whole story for lists, which leave less room: who comes below.</summary>
    public static object EventLines(PSObject instance)
    {
        var events = Cell.Items(instance, "Events").ToList();
        if (events.Count == 0) return NoEvents;
        var phase = events.Max(one => Cell.Line(one, "Phase").Length);
        var lines = new List<string>();
        foreach (var one in events)
        {
            var result = Cell.Line(one, "Result");
            lines.Add($"{EntitlementText.Second(one, "Time").PadRight(TimeWidth)}  {Cell.Line(one, "Phase").PadRight(phase)}  "
                + $"{Cell.Line(one, "Activity")}{(result.Length == 0 ? string.Empty : ": " + Palette.State(result))}");
            if (Cell.Line(one, "By") is { Length: > 0 } by) lines.Add("  by " + by);
            lines.AddRange(Said(one, 2 * WhatWidth).Select(line => "  " + line));
        }

        return string.Join('\n', lines);
    }

    /// <summary>The head of the story: who, what, how it stands.</summary>
    public static object Title(PSObject instance) =>
        $"{EntitlementText.Known(instance, "User")} → {EntitlementText.Known(instance, "AccessPackage")}: {Palette.State(Cell.Line(instance, "Status"))}";

    /// <summary>Below the head: kind, policy, id, justification.</summary>
    public static object Subtitle(PSObject instance)
    {
        var parts = new List<string> { Cell.Line(instance, "Type") };
        if (Cell.Line(instance, "Policy") is { Length: > 0 } policy) parts.Add($"policy {policy}");
        if (Cell.Line(instance, "RequestId") is { Length: > 0 } id) parts.Add($"request {id}");
        if (Cell.Line(instance, "RequestedBy") is { Length: > 0 } by && by != Cell.Line(instance, "User")) parts.Add($"requested by {by}");
        // Ids are long: what does not fit 80 columns goes to the next line.
        return parts.Aggregate((text, part) => text.Length - text.LastIndexOf('\n') + part.Length < 80 ? $"{text}, {part}" : $"{text},\n{part}");
    }

    /// <summary>Below the story: what it comes to.</summary>
    public static object Ending(PSObject instance)
    {
        var lines = new List<string>();
        if (Waiting(instance) is string { Length: > 0 } waiting) lines.Add(Palette.Warning($"It {waiting}."));
        if (Cell.Line(instance, "StatusReason") is { Length: > 0 } reason) lines.Add(reason);
        if (Elapsed(instance) is string { Length: > 0 } elapsed) lines.Add($"Took {elapsed}.");
        if (Ended(instance) is string { Length: > 0 } ended) lines.Add($"The assignment ended: {ended}.");
        if (EntitlementView.Disagreement(instance) is string { Length: > 0 } other) lines.Add(other);
        return string.Join('\n', lines.SelectMany(line => EntitlementText.Wrap(line, 80)));
    }

    /// <summary>Time of an event.</summary>
    public static object Time(PSObject instance) => EntitlementText.Second(instance, "Time").TrimEnd('Z');

    /// <summary>Phase of an event.</summary>
    public static object Phase(PSObject instance) => Cell.Line(instance, "Phase");

    /// <summary>Who did it.</summary>
    public static object By(PSObject instance) => Cell.Line(instance, "By");

    /// <summary>The activity, and below it what was said.</summary>
    public static object What(PSObject instance) =>
        Cell.Line(instance, "Detail") is { Length: > 0 } detail ? $"{Cell.Line(instance, "Activity")}\n{detail}" : Cell.Line(instance, "Activity");

    /// <summary>Name of the activity.</summary>
    public static object Activity(PSObject instance) => Cell.Line(instance, "Activity");

    /// <summary>What came of it.</summary>
    public static object Detail(PSObject instance) => Cell.Line(instance, "Detail");

    /// <summary>The result in its colour.</summary>
    public static object Result(PSObject instance) => Palette.State(Cell.Line(instance, "Result"));

    /// <summary>How it was tied to the request; the weakest way is coloured.</summary>
    public static object MatchedBy(PSObject instance) =>
        Cell.Line(instance, "MatchedBy") is "PersonPackageTime" and { } weak ? Palette.Warning(weak) : Cell.Line(instance, "MatchedBy");

    /// <summary>Who is asked or decided; empty where nobody did.</summary>
    public static object Approver(PSObject instance) =>
        IsByNobody(instance) ? string.Empty
        : EntitlementText.Known(instance, "Approver") + (Cell.Line(instance, "OnBehalfOf") is { Length: > 0 } approver ? $" for {approver}" : string.Empty);

    /// <summary>The same with everything known.</summary>
    public static object ApproverWhole(PSObject instance) => IsByNobody(instance) ? string.Empty
        : EntitlementText.Named(Cell.Value(instance, "Approver")) + (Cell.Value(instance, "OnBehalfOf") is { } approver
            ? $" for {EntitlementText.Named(approver)}" : string.Empty);

    /// <summary>The decision in its colour.</summary>
    public static object Decision(PSObject instance) => Palette.State(Cell.Line(instance, "Decision"));

    /// <summary>Name of an event of a package.</summary>
    public static object Operation(PSObject instance) => Cell.Line(instance, "Operation");

    /// <summary>Who started it, by the name that says most.</summary>
    public static object Initiator(PSObject instance)
    {
        string[] names = ["UserPrincipalName", "DisplayName", "ObjectId"];
        return names.Select(name => Cell.Line(instance, name)).FirstOrDefault(text => text.Length > 0) ?? EntitlementText.Unknown;
    }

    /// <summary>Who started it, with everything known.</summary>
    public static object InitiatorWhole(PSObject instance)
    {
        string[] names = ["UserPrincipalName", "DisplayName", "ObjectId"];
        var known = names.Select(name => Cell.Line(instance, name)).Where(text => text.Length > 0).ToList();
        return known.Count switch { 0 => EntitlementText.Unknown, 1 => known[0], _ => $"{known[0]} ({string.Join(", ", known.Skip(1))})" };
    }

    /// <summary>Details, a line each.</summary>
    public static object Details(PSObject instance) => DetailText.Pairs(instance, "Details");

    /// <summary>Targets, a line each.</summary>
    public static object Targets(PSObject instance) => DetailText.Targets(instance);

    /// <summary>The application.</summary>
    public static object Application(PSObject instance) => EntitlementText.Known(instance, "Application");

    /// <summary>The role; the default role has no name.</summary>
    public static object Role(PSObject instance) => Cell.Line(instance, "Role") is { Length: > 0 } role ? role : "(default)";

    /// <summary>The role and its application.</summary>
    public static object RoleOfApplication(PSObject instance) => $"{Role(instance)} of {Application(instance)}";

    /// <summary>What was done with which role, and below it who has or had it: a column of both is wide enough for names.</summary>
    public static object Deed(PSObject instance) =>
        $"{Cell.Line(instance, "Operation")}, {Result(instance)}: {RoleOfApplication(instance)}\n{Principal(instance)}";

    /// <summary>The package that it came from, and below it how that was decided.</summary>
    public static object ViaBasis(PSObject instance) => $"{Via(instance)}\n{Cell.Line(instance, "Basis")}".TrimEnd('\n');

    /// <summary>Who has or had the role.</summary>
    public static object Principal(PSObject instance) => EntitlementText.Known(instance, "Principal");

    /// <summary>Who did it.</summary>
    public static object InitiatedBy(PSObject instance) => EntitlementText.Known(instance, "InitiatedBy");

    /// <summary>Who did it, with everything known.</summary>
    public static object InitiatedByWhole(PSObject instance) => DetailText.Initiator(instance);

    /// <summary>The package that it came from; that it came from none; or that it can't be told.</summary>
    public static object Via(PSObject instance) => Cell.Value(instance, "ViaEntitlement") switch
    {
        true => Cell.Line(instance, "AccessPackage") is { Length: > 0 } package ? package : "an access package",
        false => "direct",
        _ => EntitlementText.Unknown,
    };

    private static IEnumerable<string> Said(PSObject one, int width)
    {
        if (Cell.Line(one, "Detail") is { Length: > 0 } detail)
        {
            foreach (var line in EntitlementText.Wrap(detail, width)) yield return line;
        }

        if (Cell.Line(one, "MatchedBy") == "PersonPackageTime") yield return Palette.Warning("matched by person, package and time only");
    }

    /// <summary>What a request that was fulfilled did.</summary>
    private static string Done(PSObject instance) =>
        Cell.Line(instance, "Type") switch { "Removal" => "removed", "Extension" or "Update" => "changed", _ => "given" };

    /// <summary>When it was denied or timed out, by its last stage; empty when no stage tells it.</summary>
    private static string Refused(PSObject instance)
    {
        var last = Cell.Items(instance, "Approvals")
            .LastOrDefault(approval => Cell.Line(approval, "Decision") is "Denied" or "TimedOut" && Cell.Value(approval, "Time") is not null);
        if (last is not null) return $"{Day(last, "Time")} {(Cell.Line(last, "Decision") == "Denied" ? "denied" : "timed out")}";
        var word = Cell.Line(instance, "Status") switch { "Canceled" => "canceled", "Failed" => "failed", "Denied" => "denied",
            "TimedOut" => "timed out", _ => null };
        return word is not null && Cell.Value(instance, "RequestedAt") is DateTimeOffset requested && Cell.Value(instance, "Elapsed") is TimeSpan elapsed
            ? $"{ProvisioningView.Utc(requested + elapsed, "yyyy-MM-dd")} {word}" : string.Empty;
    }

    private static bool IsByNobody(PSObject approval) =>
        Cell.Value(approval, "Approver") is null && Cell.Line(approval, "Decision") is "NotRequired" or "Bypassed" or "TimedOut";

    private static string Who(PSObject one) => Cell.Line(one, "By") is { Length: > 0 } by ? by : "(not told)";

    /// <summary>When and why the assignment ended, short enough for a cell.</summary>
    private static string Gone(PSObject instance)
    {
        var day = Day(instance, "AssignmentEndedAt");
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

    private static string Day(PSObject instance, string property) => ProvisioningView.Utc(Cell.Value(instance, property), "yyyy-MM-dd");

    private static string Reason(PSObject instance, string property) => Cell.Line(instance, property) is { Length: > 0 } reason ? $": {reason}" : string.Empty;
}
