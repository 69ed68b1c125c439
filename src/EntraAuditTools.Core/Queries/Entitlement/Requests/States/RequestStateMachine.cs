using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.States;

/// <summary>
/// Follows a request's events, one after the other. The rules, where events contradict each other or come late:
/// <list type="bullet">
/// <item>A request moves forward only, in the order of <see cref="RequestStatus"/>. An event that says less than is known changes
/// nothing.</item>
/// <item>A stage that was approved counts as approved until another stage begins; then the request waits for approval again.</item>
/// <item>Denied, TimedOut and Canceled are final: only a delivery that happened nevertheless counts more.</item>
/// <item>Failed lasts until the delivery is tried again.</item>
/// <item>Fulfilled is final: whatever becomes of the assignment, the request was fulfilled.</item>
/// <item>Of events that failed only those of the request itself and of its delivery count: then it failed.</item>
/// </list>
/// </summary>
/// <param name="isRemoval">Whether access is to be taken: then the end of the assignment fulfils the request.</param>
internal sealed class RequestStateMachine(bool isRemoval)
{
    private RequestStatus status;
    private EntitlementEvent? by;
    private bool onlyStage;
    private EntitlementEvent? completedStage;

    /// <summary>The state after the events so far.</summary>
    public RequestState State => new(status, by);

    /// <summary>Takes the next event in order.</summary>
    public void Take(EntitlementEvent logged)
    {
        if (Next(logged) is not { } next) return;
        (status, by) = (next, logged);
        onlyStage = logged.Effect == RequestEffect.ApproveStage;
    }

    /// <summary>The status that an event brings; null when it brings none.</summary>
    private RequestStatus? Next(EntitlementEvent logged)
    {
        if (status == RequestStatus.Fulfilled) return null;
        var effect = logged.Effect;
        if (logged.Failed)
        {
            if (!CountsWhenFailed(effect)) return null;
            effect = RequestEffect.Fail;
        }

        if (effect == RequestEffect.Fulfill || (effect == RequestEffect.End && isRemoval)) return RequestStatus.Fulfilled;
        if (effect == RequestEffect.PartlyFulfill) return RequestStatus.PartiallyFulfilled;
        if (status.IsRefused()) return null;
        if (status == RequestStatus.PartiallyFulfilled) return effect == RequestEffect.Retry ? RequestStatus.ReadyToFulfill : null;
        return effect switch
        {
            RequestEffect.Submit => Advance(RequestStatus.Submitted),
            RequestEffect.Ask or RequestEffect.AddApprover => Wait(),
            RequestEffect.CompleteStage => CompleteStage(logged),
            RequestEffect.ApproveStage => IsOfCompletedStage(logged) ? null : Advance(RequestStatus.Approved),
            RequestEffect.Approve or RequestEffect.AutoApprove => Advance(RequestStatus.Approved, also: true),
            RequestEffect.Deny when IsBefore(RequestStatus.ReadyToFulfill) => RequestStatus.Denied,
            RequestEffect.TimeOut when IsBefore(RequestStatus.ReadyToFulfill) => RequestStatus.TimedOut,
            RequestEffect.Cancel => RequestStatus.Canceled,
            RequestEffect.Discard when status != RequestStatus.Failed => RequestStatus.Canceled,
            RequestEffect.Schedule => Advance(RequestStatus.Scheduled),
            RequestEffect.Ready => status == RequestStatus.Failed ? RequestStatus.ReadyToFulfill : Advance(RequestStatus.ReadyToFulfill),
            RequestEffect.Retry => RequestStatus.ReadyToFulfill,
            RequestEffect.Fail => RequestStatus.Failed,
            _ => null,
        };
    }

    private static bool CountsWhenFailed(RequestEffect effect) =>
        effect is RequestEffect.Submit or RequestEffect.Fulfill or RequestEffect.PartlyFulfill or RequestEffect.Fail or RequestEffect.Retry
            or RequestEffect.End;

    private RequestStatus? Wait() => onlyStage ? RequestStatus.PendingApproval : Advance(RequestStatus.PendingApproval);

    private RequestStatus? CompleteStage(EntitlementEvent logged)
    {
        completedStage = logged;
        return Wait();
    }

    private bool IsOfCompletedStage(EntitlementEvent logged) =>
        completedStage is { } stage && logged.Ticks - stage.Ticks <= RequestTiming.LogDelay && stage.Actor.ObjectId is { } approver
        && approver == logged.Actor.ObjectId;

    private RequestStatus? Advance(RequestStatus next, bool also = false) => IsBefore(next) || (also && status == next) ? next : null;

    private bool IsBefore(RequestStatus next) => status < next;
}
