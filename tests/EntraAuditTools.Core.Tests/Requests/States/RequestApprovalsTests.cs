using System.Globalization;
using EntraAuditTools.Core.Queries.Entitlement.Requests.States;
using static EntraAuditTools.Core.Tests.Requests.RequestSources;

namespace EntraAuditTools.Core.Tests.Requests.States;

/// <summary>
/// Decisions of stages, one row for each rule: "1 Approved U2 +5m #why" is a stage, its decision, who made it, when, and their words.
/// </summary>
/// <param name="people">Knows the persons.</param>
public sealed class RequestApprovalsTests(RequestPeople people) : IClassFixture<RequestPeople>
{
    public static TheoryData<string, string, string, string> Decided => new()
    {
        { "no stage", Process, "request | ready | fulfill", "" },
        { "a stage", Lifecycle, "request | ask | approved by:U2 #fine", "1 Approved U2 +2m #fine" },
        { "no approval is wanted", Reports, "request | autoapprove", "1 NotRequired +1m" },
        { "a rule of the service approves, nobody does", Reports, "request | autoapprove by:U2", "1 NotRequired +1m" },
        { "an app that approves is no approver", Lifecycle, "request | approve by:app", "1 Approved +1m" },
        { "both services log one decision: it is one", Lifecycle, "ask | approve by:U2 +5m | approved by:U2 +6m", "1 Approved U2 +6m" },
        { "the approvals' own service has the time of the decision", Lifecycle,
            "ask | approved by:U2 +5m | approve by:U2 +6m", "1 Approved U2 +5m" },
        { "the approvals' own service has the words, where it comes first", Lifecycle,
            "approved by:U2 #fine | approve by:U2 #processed", "1 Approved U2 +0m #fine" },
        { "and where it comes last", Lifecycle, "approve by:U2 #processed | approved by:U2 #fine", "1 Approved U2 +1m #fine" },
        { "the other's words are better than none, where it comes first", Lifecycle,
            "approve by:U2 #fine | approved by:U2", "1 Approved U2 +1m #fine" },
        { "and where it comes last", Lifecycle, "approved by:U2 | approve by:U2 #fine", "1 Approved U2 +0m #fine" },
        { "what one names by UPN and the other by id is one person", Assumed, "approve by:U1@ | approved by:U1", "1 Approved U1@ +1m" },
        { "one names the approver, the other nobody", Lifecycle, "approve | approved by:U2", "1 Approved U2 +1m" },
        { "the other way round", Lifecycle, "approved by:U2 | approve", "1 Approved U2 +0m" },
        { "ten minutes apart it is one decision", Assumed, "approved by:U2 | approve by:U2 +10m", "1 Approved U2 +0m" },
        { "later it is another", Assumed, "approved by:U2 | approve by:U2 +601s", "1 Approved U2 +0m, 2 Approved U2 +601s" },
        { "two approvers are two stages", TwoStages, "approved by:U2 | approve by:U3", "1 Approved U2 +0m, 2 Approved U3 +1m" },
        { "two of one service are two stages", TwoStages, "approved by:U2 | approved by:U2", "1 Approved U2 +0m, 2 Approved U2 +1m" },
        { "two of the other service are two stages", TwoStages, "stage by:U2 | approve by:U2", "1 Approved U2 +0m, 2 Approved U2 +1m" },
        { "each of two stages is logged twice", TwoStages, "approved by:U2 | stage by:U2 | approved by:U3 | approve by:U3",
            "1 Approved U2 +0m, 2 Approved U3 +2m" },
        { "a decision that is logged in full takes no third event", TwoStages, "approved by:U2 | stage by:U2 | approve by:U2",
            "1 Approved U2 +0m, 2 Approved U2 +2m" },
        { "a denial is not the approval of the stage before", Approval,
            "approved by:U2 | deny by:U2", "1 Approved U2 +0m, 2 Denied U2 +1m" },
        { "denied", Lifecycle, "ask | denied by:U2 #no", "1 Denied U2 +1m #no" },
        { "nobody decided in time", Process, "ask | timeout", "1 TimedOut +1m" },
        { "of one approver it is known who did not decide", Reports, "approver U2 | timeout", "1 TimedOut U2 +1m" },
        { "of two it is not", Reports, "approver U2 U3 | timeout", "1 TimedOut +1m" },
        { "whoever logs a time-out did not decide", Process, "ask | expired by:U2", "1 TimedOut +1m" },
        { "an approver of an earlier stage did not let the next time out", TwoStages, "approver U2 | approved by:U3 | timeout",
            "1 Approved U3 +1m, 2 TimedOut +2m" },
        { "of one approver who was asked it is still known who approved", Approval, "approver U2 | approved by:U3", "1 Approved U3 +1m" },
        { "and nobody is named for them", Approval, "approver U2 | approved", "1 Approved +1m" },
        { "an approval that failed is none", Reference, "ask | approve! by:U2", "" },
        { "a denial that failed is none", Reference, "ask | denied! by:U2", "" },
        { "a review that ends an assignment is not a denial", Reference, "request | deny-decision by:U2", "" },
        { "names come from the whole log", Persons, "approved by:U1", "1 Approved U1@ +0m" },
    };

    /// <summary>The stage that is open: who is asked.</summary>
    public static TheoryData<string, string, string, string> Open => new()
    {
        { "nobody that is named", Reports, "request | ask", "1 Pending" },
        { "an approver", Reports, "ask | approver U2", "1 Pending U2" },
        { "each of several", Reports, "approver U2 U3 | approver U4", "1 Pending U2, 1 Pending U3, 1 Pending U4" },
        { "each once", Reports, "approver U2 | approver U2", "1 Pending U2" },
        { "each once, by UPN and by id", Persons, "approver U1 | approver U1@", "1 Pending U1@" },
        { "whoever adds the approver is not asked", Reports, "approver U2 by:U3", "1 Pending U2" },
        { "the request is not asked", Reports, "approver U2 R1 P1", "1 Pending U2" },
        { "an approver whom adding failed is not asked", Reference, "approver! U2", "1 Pending" },
        { "the next stage asks others", TwoStages, "approver U2 | approved by:U2 | approver U3", "1 Approved U2 +1m, 2 Pending U3" },
        { "those of the stage before are asked no more", TwoStages, "approver U2 | approved by:U2", "1 Approved U2 +1m, 2 Pending" },
        { "the second event of a decision leaves the next stage's approvers", TwoStages,
            "approver U2 | approved by:U2 | approver U3 | stage by:U2",
            "1 Approved U2 +1m, 2 Pending U3" },
    };

    /// <summary>Since when approvers of the open stage are asked.</summary>
    public static TheoryData<string, string, string, string> Asked => new()
    {
        { "never", Process, "request | autoapprove", "" },
        { "asked", Reports, "request | ask +5m", "+5m" },
        { "asked by an approver's being added alone", Reports, "request | approver U2 +5m", "+5m" },
        { "since the first prompt, not the last", Reports, "ask +5m | ask +6m | approver U2 +7m", "+5m" },
        { "since the first approver, not the last", Reports, "approver U2 +5m | approver U3 +6m", "+5m" },
        { "a prompt that failed is none", Reference, "ask! +5m", "" },
        { "a decision ends it", TwoStages, "ask +5m | approved by:U2 +1h", "" },
        { "the next stage begins it again", TwoStages, "ask +5m | approved by:U2 +1h | ask +2h", "+2h" },
        { "where a completed stage says that another follows, since then", TwoStages, "ask +5m | stage by:U2 +1h", "+1h" },
        { "and its second event changes nothing", TwoStages, "ask +5m | stage by:U2 +1h | approved by:U2 +61m", "+1h" },
        { "nor does a completed stage whose next was asked already", TwoStages,
            "ask +5m | approved by:U2 +1h | ask +61m | stage by:U2 +62m", "+61m" },
    };

    [Theory]
    [MemberData(nameof(Decided))]
    public void The_table_of_decisions(string danger, string source, string events, string expected)
    {
        var approvals = Read(events);
        Check(danger, source, expected, Show(approvals.Steps(isPending: false)));
        var last = approvals.Steps(isPending: false).LastOrDefault();
        Assert.Equal(last?.Time?.UtcTicks, approvals.DecidedAt);
    }

    [Theory]
    [MemberData(nameof(Open))]
    public void The_table_of_who_is_asked(string danger, string source, string events, string expected) =>
        Check(danger, source, expected, Show(Read(events).Steps(isPending: true)));

    [Theory]
    [MemberData(nameof(Asked))]
    public void The_table_of_waiting(string danger, string source, string events, string expected) =>
        Check(danger, source, expected, Read(events).AskedSince is { } ticks ? Since(ticks) : string.Empty);

    [Theory]
    [InlineData("approved by:U2 #fine", null)]
    [InlineData("approved by:U2 #fine | denied by:U3 #no", "no")]
    [InlineData("denied by:U2 #no | denied by:U3 #never +1h", "never")]
    [InlineData("denied by:U2 #no | timeout #late", "no")]
    public void The_reason_of_a_denial_is_the_last_that_denied(string events, string? expected) =>
        Assert.Equal(expected, Read(events).DenialReason);

    private RequestApprovals Read(string events)
    {
        var approvals = new RequestApprovals(people.People);
        foreach (var logged in RequestLog.Read(events)) approvals.Take(logged);
        return approvals;
    }

    private static void Check(string danger, string source, string expected, string found) =>
        Assert.True(expected == found, $"{danger} [{source}]: {found}");

    // U1@ is U1 with the UPN that another record of the log has.
    private static string Show(IEnumerable<ApprovalStep> steps) => string.Join(", ", steps.Select(step => string.Join(' ', new[]
    {
        $"{step.Stage} {step.Decision}",
        step.Approver is not { } approver ? null
            : Enumerable.Range(1, 9).Select(i => $"U{i}").First(name => RequestLog.Id(name) == approver.Id)
                + (approver.UserPrincipalName == null ? string.Empty : "@"),
        step.Time is { } time ? Since(time.UtcTicks) : null,
        step.Justification is { } text ? "#" + text : null,
    }.OfType<string>())));

    private static string Since(long ticks)
    {
        var since = TimeSpan.FromTicks(ticks - RequestLog.Begin.Ticks);
        var (number, unit) = since.Seconds != 0 ? (since.TotalSeconds, 's')
            : since.Minutes != 0 || since == TimeSpan.Zero ? (since.TotalMinutes, 'm') : (since.TotalHours, 'h');
        return string.Create(CultureInfo.InvariantCulture, $"+{number}{unit}");
    }
}
