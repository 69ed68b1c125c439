using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Linking;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Objects;
using EntraAuditTools.Core.Queries.Entitlement.Requests.States;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests;

/// <summary>What is known of one request: from its events, from its object, or from both.</summary>
internal sealed class ReconstructedRequest
{
    private static readonly string[] Forward =
        [RequestStateMachine.Unknown, RequestStateMachine.Submitted, RequestStateMachine.PendingApproval, RequestStateMachine.Approved,
            RequestStateMachine.Scheduled, RequestStateMachine.ReadyToFulfill];

    private readonly IdentityText? subject;
    private readonly IdentityText? package;
    private readonly IdentityText? policy;
    private readonly IReadOnlyList<LinkedEvent> events;
    private readonly List<string> disagreements = [];

    /// <summary>Puts together what is known.</summary>
    /// <param name="group">The events; null when there are none.</param>
    /// <param name="fromObject">The object; null when there is none.</param>
    /// <param name="end">How its assignment ended; null when nothing tells.</param>
    /// <param name="people">Knows the persons.</param>
    public ReconstructedRequest(EventGroup? group, RequestObject? fromObject, AssignmentEnd? end, People people)
    {
        Group = group;
        Object = fromObject;
        End = end;
        events = group?.Events ?? [];
        Start = group?.Start;
        Type = group?.Type ?? fromObject?.Type ?? "Unknown";
        var states = RequestStateMachine.Follow(events, Type == "Removal");
        DecidedBy = states.By;
        Approvals = RequestApprovals.Of(events, people);
        subject = FindSubject(people);
        package = Richest("AccessPackage");
        policy = Richest("AccessPackageAssignmentPolicy");
        People = people;
        Status = Agree(states.Status);
        if (group?.Type is { } told && fromObject?.Type is { } other && told != other && !(told == "Extension" && other == "Update"))
            disagreements.Add($"its kind is {other}");
        DeliveredTicks = Delivery()?.Ticks;
    }

    public EventGroup? Group { get; }

    public RequestObject? Object { get; }

    /// <summary>How its assignment ended; null while nothing tells.</summary>
    public AssignmentEnd? End { get; private set; }

    /// <summary>Whether the request gave access of which the audit trail tells no end.</summary>
    public bool CanHaveEnded =>
        End == null && AssignmentId != null && Type is not ("Removal" or "Extension" or "Update") && Status is RequestStateMachine.Fulfilled
            or RequestStateMachine.PartiallyFulfilled;

    /// <summary>The event that made it; null when it is missing.</summary>
    public EntitlementEvent? Start { get; }

    /// <summary>The event that brought the status of the trail; null when none did.</summary>
    public EntitlementEvent? DecidedBy { get; }

    public RequestApprovals Approvals { get; }

    public People People { get; }

    public string Type { get; }

    public string Status { get; }

    /// <summary>Whether the status is the object's, which is ahead of the events.</summary>
    public bool StatusIsOfObject { get; private set; }

    /// <summary>When an event says that it was delivered, UTC ticks; null when none does.</summary>
    public long? DeliveredTicks { get; }

    public string? RequestId => Group?.RequestId ?? Object?.RequestId;

    public string? AssignmentId => Group?.Assignments.Order(StringComparer.Ordinal).FirstOrDefault() ?? Object?.AssignmentId;

    public DateTimeOffset? RequestedAt => Start != null ? UtcTime.Of(Start.Ticks) : Object?.Created;

    /// <summary>When it was requested, or else is first heard of.</summary>
    public DateTimeOffset FirstHeard =>
        RequestedAt ?? (events.Count > 0 ? UtcTime.Of(events[0].Event.Ticks) : Object?.Completed ?? UtcTime.Of(Object?.ObservedTicks ?? 0));

    public string? TenantId => Group?.TenantId ?? Object?.TenantId;

    public EntitlementSubject? User => subject is { } person ? People.Describe(person) : Object?.Subject;

    public EntitlementReference? Package => package is { } target ? new() { Id = target.ObjectId, DisplayName = target.DisplayName } : Object?.Package;

    public EntitlementReference? Policy => policy is { } target ? new() { Id = target.ObjectId, DisplayName = target.DisplayName } : Object?.Policy;

    /// <summary>Where the object contradicts the events; null when it does not.</summary>
    public string? Disagreement => disagreements.Count == 0 ? null : "The request object says that " + string.Join(" and that ", disagreements) + ".";

    /// <summary>Who asked: for what the service itself does, nobody.</summary>
    public EntitlementSubject? RequestedBy
    {
        get
        {
            if (Start == null) return Object?.Requestor ?? (Type is "UserRequest" or "Extension" ? User : null);
            if (Start.ActorIsUser) return AskedAs is { } name
                && name.Equals(Start.Actor.UserPrincipalName, StringComparison.OrdinalIgnoreCase) ? User : People.Describe(Start.Actor);
            return Type == "AutoAssignment" || Start.Meaning?.End == RequestActivities.ByService || Start.Actor == IdentityText.None ? null
                : new EntitlementSubject { Id = Start.Actor.ObjectId, DisplayName = Start.Actor.DisplayName, Type = "ServicePrincipal" };
        }
    }

    /// <summary>The name under which the user asked from outside the directory; null for who was in it.</summary>
    public string? AskedAs { get; private set; }

    /// <summary>Takes what exports tell of the end.</summary>
    public void EndBy(AssignmentEnd exported) =>
        End = exported.Reason != RequestActivities.ByService ? exported : exported with { Reason = Type == "AutoAssignment" ? "PolicyRule" : "Unknown" };

    /// <summary>The event that delivered what was asked for; of a partial and a whole delivery the whole.</summary>
    private EntitlementEvent? Delivery()
    {
        EntitlementEvent? Last(RequestEffect effect) => events.FirstOrDefault(e => !e.Event.Failed && e.Event.Effect == effect).Event;
        return Last(RequestEffect.Fulfill) ?? Last(RequestEffect.PartlyFulfill) ?? (Type == "Removal" ? Last(RequestEffect.End) : null);
    }

    // The event that made the request knows best; then whoever most events are about, so that no odd one decides.
    private IdentityText? FindSubject(People people)
    {
        if (Start?.Subjects() is { Count: > 0 } own)
            return InDirectory(own.FirstOrDefault(p => own.Count == 1 || people.Key(p) != people.Key(Start.Actor)) ?? own[0], people);
        return events.SelectMany(e => e.Event.Subjects().Take(1)).Where(p => people.Key(p) != null).GroupBy(p => people.Key(p)!)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.First();
    }

    // Who asked from outside has no object in the directory yet (request policy, "For users not in your directory": "A guest user account will
    // be created for a user not yet in your directory whose request is approved"): the fulfilment is the first that names it.
    private IdentityText InDirectory(IdentityText asked, People people)
    {
        if (asked.UserPrincipalName == null || people.Describe(asked).Id != null) return asked;
        foreach (var (one, _) in events)
        {
            if (one.Failed || one.Effect is not (RequestEffect.Fulfill or RequestEffect.PartlyFulfill)) continue;
            if (one.Subjects() is not [{ ObjectId: not null } guest]) continue;
            AskedAs = asked.UserPrincipalName;
            return guest.DisplayName == null ? guest with { DisplayName = asked.DisplayName } : guest;
        }

        return asked;
    }

    private IdentityText? Richest(string type)
    {
        IdentityText? found = null;
        foreach (var (one, _) in events)
        {
            if (one.TargetOf(type) is not { ObjectId: { } id } target) continue;
            if (found == null || (found.DisplayName == null && Utf8.Is(id, found.ObjectId!))) found = target;
            if (found.DisplayName != null) break;
        }

        return found;
    }

    /// <summary>The status by both sources: the object's where the events have not come so far, else theirs.</summary>
    private string Agree(string byEvents)
    {
        if (Object?.Status is not { } byObject || byObject == byEvents) return byEvents;
        if (Group == null) return byObject;
        var behind = !RequestStateMachine.IsEnd(byEvents)
            && (RequestStateMachine.IsEnd(byObject) || Array.IndexOf(Forward, byObject) > Array.IndexOf(Forward, byEvents));
        if (behind || (byEvents is RequestStateMachine.Failed or RequestStateMachine.PartiallyFulfilled && byObject == RequestStateMachine.Fulfilled))
        {
            StatusIsOfObject = true;
            return byObject;
        }

        // An object that was exported before the last event only knew less.
        if (DecidedBy is { } last && Object.ObservedTicks < last.Ticks) return byEvents;
        disagreements.Add($"its state is {Object.Words}, on {UtcTime.Of(Object.ObservedTicks):yyyy-MM-dd HH:mm:ss}Z");
        return byEvents;
    }
}
