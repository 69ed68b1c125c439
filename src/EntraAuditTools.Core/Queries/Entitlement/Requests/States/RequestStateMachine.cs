using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Linking;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.States;

/// <summary>
/// How far a request came, from what its events say one after the other. The rules, where events contradict each other or come late:
/// <list type="bullet">
/// <item>A request moves forward only: Submitted, PendingApproval, Approved, Scheduled, ReadyToFulfill, PartiallyFulfilled, Fulfilled. An
/// event that says less than is known changes nothing.</item>
/// <item>A stage that was approved counts as approved until another stage begins; then the request waits for approval again.</item>
/// <item>Denied, TimedOut and Canceled are final: only a delivery that happened nevertheless counts more.</item>
/// <item>Failed lasts until the delivery is tried again.</item>
/// <item>Fulfilled is final: whatever becomes of the assignment, the request was fulfilled.</item>
/// <item>Of events that failed only those of the request itself and of its delivery count: then it failed.</item>
/// </list>
/// </summary>
internal sealed class RequestStateMachine
{
    public const string Unknown = "Unknown", Submitted = "Submitted", Scheduled = "Scheduled", PendingApproval = "PendingApproval",
        Approved = "Approved", Denied = "Denied",
        TimedOut = "TimedOut", Canceled = "Canceled", ReadyToFulfill = "ReadyToFulfill", PartiallyFulfilled = "PartiallyFulfilled",
        Fulfilled = "Fulfilled", Failed = "Failed";

    // The services log one decision twice, within moments and in no certain order.
    private static readonly long SameDecision = TimeSpan.FromMinutes(10).Ticks;

    private static readonly string[] Forward =
        [Unknown, Submitted, PendingApproval, Approved, Scheduled, ReadyToFulfill, Failed, PartiallyFulfilled, Fulfilled];

    private bool onlyStage;
    private EntitlementEvent? completedStage;

    private RequestStateMachine()
    {
    }

    public string Status { get; private set; } = Unknown;

    /// <summary>The event that brought the status; null when none did.</summary>
    public EntitlementEvent? By { get; private set; }

    /// <summary>Whether no more is to come.</summary>
    public static bool IsEnd(string status) => status is Denied or TimedOut or Canceled or Fulfilled or Failed or PartiallyFulfilled;

    /// <summary>Whether access was refused.</summary>
    public static bool IsRefused(string status) => status is Denied or TimedOut or Canceled;

    /// <summary>Follows a request's events.</summary>
    /// <param name="events">In order.</param>
    /// <param name="isRemoval">Whether access is to be taken: then the end of the assignment fulfils the request.</param>
    public static RequestStateMachine Follow(IEnumerable<LinkedEvent> events, bool isRemoval)
    {
        var states = new RequestStateMachine();
        foreach (var (one, _) in events) states.Take(one, isRemoval);
        return states;
    }

    private void Take(EntitlementEvent one, bool isRemoval)
    {
        var next = Next(one, isRemoval);
        if (next == null) return;
        Status = next;
        By = one;
        onlyStage = one.Effect == RequestEffect.ApproveStage;
    }

    /// <summary>The status that an event brings; null when it brings none.</summary>
    private string? Next(EntitlementEvent one, bool isRemoval)
    {
        if (Status == Fulfilled) return null;
        var effect = one.Effect;
        if (one.Failed)
        {
            if (effect is not (RequestEffect.Submit or RequestEffect.Fulfill or RequestEffect.PartlyFulfill or RequestEffect.Fail
                or RequestEffect.Retry or RequestEffect.End)) return null;
            effect = RequestEffect.Fail;
        }

        if (effect == RequestEffect.Fulfill || (effect == RequestEffect.End && isRemoval)) return Fulfilled;
        if (effect == RequestEffect.PartlyFulfill) return PartiallyFulfilled;
        if (IsRefused(Status) || Status == PartiallyFulfilled) return effect == RequestEffect.Retry && Status == PartiallyFulfilled ? ReadyToFulfill : null;
        return effect switch
        {
            RequestEffect.Submit => Advance(Submitted),
            RequestEffect.Ask or RequestEffect.AddApprover => onlyStage ? PendingApproval : Advance(PendingApproval),
            RequestEffect.CompleteStage => CompleteStage(one),
            RequestEffect.ApproveStage => IsOfCompletedStage(one) ? null : Advance(Approved),
            RequestEffect.Approve or RequestEffect.AutoApprove => Advance(Approved, also: true),
            RequestEffect.Deny or RequestEffect.TimeOut when IsBefore(ReadyToFulfill) => effect == RequestEffect.Deny ? Denied : TimedOut,
            RequestEffect.Cancel => Canceled,
            RequestEffect.Discard when Status != Failed => Canceled,
            RequestEffect.Schedule => Advance(Scheduled),
            RequestEffect.Ready => Status == Failed ? ReadyToFulfill : Advance(ReadyToFulfill),
            RequestEffect.Retry => ReadyToFulfill,
            RequestEffect.Fail => Failed,
            _ => null,
        };
    }

    private string? CompleteStage(EntitlementEvent one)
    {
        completedStage = one;
        return onlyStage ? PendingApproval : Advance(PendingApproval);
    }

    private bool IsOfCompletedStage(EntitlementEvent one) =>
        completedStage is { } stage && one.Ticks - stage.Ticks <= SameDecision && stage.Actor.ObjectId is { } by && by == one.Actor.ObjectId;

    private string? Advance(string status, bool also = false) => IsBefore(status) || (also && Status == status) ? status : null;

    private bool IsBefore(string status) => Array.IndexOf(Forward, Status) < Array.IndexOf(Forward, status);
}
