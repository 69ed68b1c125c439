using EntraAuditTools.Core.Queries.Entitlement.Requests.States;
using static EntraAuditTools.Core.Tests.Requests.RequestSources;

namespace EntraAuditTools.Core.Tests.Requests.States;

/// <summary>What a request's events make of it, one row for each rule; a number is that of the event that brought the status.</summary>
public sealed class RequestStateTests
{
    public static TheoryData<string, string, string, string> Cases => new()
    {
        // The documented way, with the names of the documentation and of the activity reference.
        { "nothing but a name", Process, "update", "Unknown" },
        { "made", Process, "request", "Submitted 1" },
        { "made by an administrator", Reports, "assign", "Submitted 1" },
        { "made by a policy's rule", Reference, "autoassign", "Submitted 1" },
        { "wants approval", Process, "request | ask", "PendingApproval 2" },
        { "an approver who is added shows that it wants approval", Reports, "request | approver", "PendingApproval 2" },
        { "the first that asks brings the status, not the last", Reports, "request | ask | approver", "PendingApproval 2" },
        { "approved", Process, "request | ask | approve", "Approved 3" },
        { "wants none", Reports, "request | autoapprove", "Approved 2" },
        { "for a later day", GraphStates, "request | approve | schedule", "Scheduled 3" },
        { "under way", Reports, "request | approve | ready", "ReadyToFulfill 3" },
        { "delivered", Process, "request | approve | ready | fulfill", "Fulfilled 4" },
        { "extended", Process, "extend | extended", "Fulfilled 2" },
        { "delivered in part", Process, "request | ready | partly", "PartiallyFulfilled 3" },
        { "denied", Process, "request | ask | deny", "Denied 3" },
        { "denied, in the approvals' own words", Reference, "request | ask | denied", "Denied 3" },
        { "nobody decided", Process, "request | ask | timeout", "TimedOut 3" },
        { "nobody decided, in the approvals' own words", Reference, "request | ask | expired", "TimedOut 3" },
        { "cancelled", GraphStates, "request | ask | cancel", "Canceled 3" },
        { "cancelled while it is under way", CancelPending, "request | ready | cancel", "Canceled 3" },
        { "not delivered", GraphStates, "request | ready | fail", "Failed 3" },

        // What comes late, or says less than is known.
        { "the log of approvals comes after the delivery began: it does not wait again", Assumed,
            "request | ready | ask | approved", "ReadyToFulfill 2" },
        { "asked, but approved already", Assumed, "request | approve | ask", "Approved 2" },
        { "made, but the log of approvals came first", Assumed, "ask | request", "PendingApproval 1" },
        { "a schedule of what is under way", Assumed, "request | ready | schedule", "ReadyToFulfill 2" },
        { "under way, of what is scheduled: its day has come", GraphStates, "request | schedule | ready", "ReadyToFulfill 3" },
        { "an approval of what is scheduled", Assumed, "request | schedule | approve", "Scheduled 2" },
        { "both services log the approval: the whole request's is the later", Lifecycle, "request | approved | approve", "Approved 3" },
        { "both services log the approval: a stage's changes nothing more", Lifecycle, "request | approve | approved", "Approved 2" },
        { "one resource of several is not the package", Reference, "request | ready | give", "ReadyToFulfill 2" },
        { "a resource that is taken is not an end", Reference, "request | ready | take", "ReadyToFulfill 2" },
        { "a custom extension is called", Reference, "request | callout", "Submitted 1" },
        { "an activity that no list has", Reference, "request | unlisted", "Submitted 1" },

        // Stages.
        { "a stage is approved and another asked for: it waits again", TwoStages, "request | ask | approved | ask", "PendingApproval 4" },
        { "a stage is approved and an approver of the next is added: it waits again", TwoStages,
            "request | ask | approved | approver", "PendingApproval 4" },
        { "a stage is completed and another follows: it waits", TwoStages, "request | ask | approved | stage", "PendingApproval 4" },
        { "a completed stage of a request that waits changes nothing", TwoStages, "request | ask | stage", "PendingApproval 2" },
        { "the whole request is approved: it does not wait again", TwoStages, "request | ask | approved | approve | ask", "Approved 4" },
        { "the approval of a stage that was completed just before is that of the stage", TwoStages,
            "request | ask | stage by:U2 | approved by:U2", "PendingApproval 2" },
        { "and within ten minutes", Assumed, "request | ask | stage by:U2 +10m | approved by:U2 +20m", "PendingApproval 2" },
        { "but later is the next stage's", Assumed, "request | ask | stage by:U2 +10m | approved by:U2 +1201s", "Approved 4" },
        { "of another approver it is the next stage's", TwoStages, "request | ask | stage by:U2 | approved by:U3", "Approved 4" },
        { "of nobody that is named it is the next stage's", TwoStages, "request | ask | stage | approved", "Approved 4" },
        { "of an approver known by UPN alone it is the next stage's", TwoStages,
            "request | ask | stage by:U2@ | approved by:U2@", "Approved 4" },
        { "a denial in the second stage", Approval, "request | ask | approved | stage | denied", "Denied 5" },

        // Ends that are final.
        { "denied by one is denied for all: another's approval", Approval, "request | ask | deny | approve", "Denied 3" },
        { "denied, then a stage asks", Approval, "request | ask | deny | ask", "Denied 3" },
        { "an expired request can no longer be approved", Expiry, "request | ask | timeout | approve", "TimedOut 3" },
        { "nor denied", Expiry, "request | ask | timeout | denied", "TimedOut 3" },
        { "nor reprocessed", Reprocess, "request | ask | timeout | reprocess", "TimedOut 3" },
        { "cancelled is not failed", CancelPending, "request | cancel | fail", "Canceled 2" },
        { "a delivery that happened nevertheless counts more than a denial", GraphStates, "request | deny | fulfill", "Fulfilled 3" },
        { "and so does one in part", GraphStates, "request | cancel | partly", "PartiallyFulfilled 3" },
        { "a denial of what is under way is late", Assumed, "request | ready | deny", "ReadyToFulfill 2" },
        { "a time-out of what is under way is late", Assumed, "request | ready | timeout", "ReadyToFulfill 2" },
        { "a denial of what is scheduled counts", GraphStates, "request | schedule | deny", "Denied 3" },
        { "a time-out of what is scheduled counts", GraphStates, "request | schedule | timeout", "TimedOut 3" },
        { "what is delivered is not cancelled", CancelPending, "request | fulfill | cancel", "Fulfilled 2" },
        { "what is delivered did not fail", GraphStates, "request | fulfill | fail", "Fulfilled 2" },
        { "what is delivered is not delivered in part", GraphStates, "request | fulfill | partly", "Fulfilled 2" },
        { "and the first delivery is it", GraphStates, "request | fulfill | fulfill", "Fulfilled 2" },
        { "the end of an assignment is not the end of the request that gave it", Reports, "request | fulfill | gone", "Fulfilled 2" },
        { "the end of an assignment fulfils no request for access", Reports, "request | ready | gone", "ReadyToFulfill 2" },
        { "a review that ends an assignment is not a denial", Reference, "request | ready | deny-decision", "ReadyToFulfill 2" },
        { "nor is its result", Reference, "request | ask | apply-decision", "PendingApproval 2" },

        // Deliveries that failed.
        { "ready twice: the first brings the status", Reports, "request | ready | ready", "ReadyToFulfill 2" },
        { "reprocessed: it is under way again", Reprocess, "request | ready | fail | reprocess", "ReadyToFulfill 4" },
        { "reprocessed after a delivery in part", Reprocess, "request | partly | reprocess", "ReadyToFulfill 3" },
        { "ready again after a failure", Reprocess, "request | ready | fail | ready", "ReadyToFulfill 4" },
        { "ready for the rest does not take back a delivery in part", Reprocess, "request | partly | ready", "PartiallyFulfilled 2" },
        { "a failure does not take back a delivery in part", GraphStates, "request | partly | fail", "PartiallyFulfilled 2" },
        { "a delivery in part becomes a whole one", GraphStates, "request | partly | fulfill", "Fulfilled 3" },
        { "what failed is cancelled", CancelPending, "request | fail | cancel", "Canceled 3" },
        { "what failed waits for nobody", GraphStates, "request | fail | ask", "Failed 2" },
        { "what failed is not denied", GraphStates, "request | fail | deny", "Failed 2" },
        { "what failed is delivered at last", Reprocess, "request | fail | fulfill", "Fulfilled 3" },

        // Events that failed themselves.
        { "a request that failed at once", Reference, "request!", "Failed 1" },
        { "a delivery that failed", Reference, "request | ready | fulfill!", "Failed 3" },
        { "a delivery in part that failed", Reference, "request | ready | partly!", "Failed 3" },
        { "a failure that failed", Reference, "request | ready | fail!", "Failed 3" },
        { "a reprocessing that failed", Reprocess, "request | fail | ready | reprocess!", "Failed 4" },
        { "an approval that failed is none", Reference, "request | ask | approve!", "PendingApproval 2" },
        { "a denial that failed is none", Reference, "request | ask | deny!", "PendingApproval 2" },
        { "a cancellation that failed is none", Reference, "request | ask | cancel!", "PendingApproval 2" },
        { "a prompt that failed is none", Reference, "request | ask!", "Submitted 1" },
        { "a review that failed is none", Reference, "request | apply-decision!", "Submitted 1" },
        { "a failure of what is delivered in part", GraphStates, "request | partly | fulfill!", "PartiallyFulfilled 2" },
        { "a failure of what was denied", GraphStates, "request | deny | fulfill!", "Denied 2" },

        // Users who are deleted with their requests.
        { "deleted with its user while it is open", Tenants, "request | ask | discard", "Canceled 3" },
        { "deleted with its user after it failed", Tenants, "request | fail | discard", "Failed 2" },
        { "deleted with its user after it was delivered", Tenants, "request | fulfill | discard", "Fulfilled 2" },
    };

    /// <summary>Requests to take access away: the end of the assignment is what they ask for.</summary>
    public static TheoryData<string, string, string, string> Removals => new()
    {
        { "the assignment is gone", Reports, "return | gone", "Fulfilled 2" },
        { "gone with its user", Tenants, "withdraw | userdeleted", "Fulfilled 2" },
        { "an end that failed", Reference, "remove | gone!", "Failed 2" },
        { "a removal that is delivered", Reference, "remove | fulfill", "Fulfilled 2" },
        { "a removal whose beginning is missing", Reports, "gone", "Fulfilled 1" },
        { "a resource that is taken is not the assignment", Reference, "remove | take", "Submitted 1" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_table(string danger, string source, string events, string expected) =>
        Check(danger, source, events, expected, isRemoval: false);

    [Theory]
    [MemberData(nameof(Removals))]
    public void The_table_of_removals(string danger, string source, string events, string expected) =>
        Check(danger, source, events, expected, isRemoval: true);

    private static void Check(string danger, string source, string events, string expected, bool isRemoval)
    {
        var machine = new RequestStateMachine(isRemoval);
        foreach (var logged in RequestLog.Read(events)) machine.Take(logged);
        var (status, by) = machine.State;
        Assert.True(expected == (by == null ? $"{status}" : $"{status} {by.Row}"), $"{danger} [{source}]: {status} {by?.Row}");
    }
}
