using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Linking;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Loading;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Objects;
using EntraAuditTools.Core.Queries.Entitlement.Requests.States;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Reconstruction;

/// <summary>What is known of one request: from its events, from its object, or from both.</summary>
internal sealed class ReconstructedRequest
{
    private readonly IdentityText? subject;
    private readonly IdentityText? package;
    private readonly IdentityText? policy;
    private readonly IReadOnlyList<LinkedEvent> events;
    private readonly List<string> disagreements = [];
    private RequestApprovals? approvals;

    /// <summary>Joins what is known.</summary>
    /// <param name="group">The events; null when there are none.</param>
    /// <param name="fromObject">The object; null when there is none.</param>
    /// <param name="end">How its assignment ended; null when nothing shows it.</param>
    /// <param name="people">Knows the persons.</param>
    public ReconstructedRequest(EventGroup? group, RequestObject? fromObject, AssignmentEnd? end, People people)
    {
        Group = group;
        Object = fromObject;
        End = end;
        events = group?.Events ?? [];
        Start = group?.Start;
        Type = group?.Type ?? fromObject?.Type ?? RequestType.Unknown;
        var state = StateOf(group);
        DecidedBy = state.By;
        subject = FindSubject(people);
        package = Richest("AccessPackage");
        policy = Richest("AccessPackageAssignmentPolicy");
        People = people;
        Status = Agree(state.Status);
        if (group?.Type is { } byEvents && fromObject?.Type is { } other && byEvents != other
            && !(byEvents == RequestType.Extension && other == RequestType.Update)) disagreements.Add($"its kind is {other}");
        DeliveredTicks = Delivery()?.Ticks;
    }

    public EventGroup? Group { get; }

    public RequestObject? Object { get; }

    /// <summary>How its assignment ended; null while nothing shows it.</summary>
    public AssignmentEnd? End { get; private set; }

    /// <summary>Whether the request gave access of which the audit trail shows no end.</summary>
    public bool CanHaveEnded =>
        End == null && AssignmentId != null && !Type.ChangesAssignment() && Status.IsDelivered();

    /// <summary>The event that made it; null when it is missing.</summary>
    public EntitlementEvent? Start { get; }

    /// <summary>The event that brought the status of the trail; null when none did.</summary>
    public EntitlementEvent? DecidedBy { get; }

    /// <summary>Read when asked for: most requests are only looked at for their status.</summary>
    public RequestApprovals Approvals => approvals ??= ReadApprovals();

    public People People { get; }

    public RequestType Type { get; }

    public RequestStatus Status { get; }

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

    public EntitlementReference? Package => package is { } target ? new() { Id = target.ObjectId, DisplayName = target.DisplayName }
        : Object?.Package;

    public EntitlementReference? Policy => policy is { } target ? new() { Id = target.ObjectId, DisplayName = target.DisplayName }
        : Object?.Policy;

    /// <summary>Where the object contradicts the events; null when it does not.</summary>
    public string? Disagreement => disagreements.Count == 0 ? null
        : "The request object says that " + string.Join(" and that ", disagreements) + ".";

    /// <summary>Who asked: for what the service itself does, nobody.</summary>
    public EntitlementSubject? RequestedBy
    {
        get
        {
            if (Start == null) return Object?.Requestor ?? (Type is RequestType.UserRequest or RequestType.Extension ? User : null);
            if (Start.ActorIsUser) return AskedAs is { } name
                && name.Equals(Start.Actor.UserPrincipalName, StringComparison.OrdinalIgnoreCase) ? User : People.Describe(Start.Actor);
            return Type == RequestType.AutoAssignment || Start.Meaning?.End == EndReason.Service || Start.Actor == IdentityText.None ? null
                : new EntitlementSubject { Id = Start.Actor.ObjectId, DisplayName = Start.Actor.DisplayName, Type = "ServicePrincipal" };
        }
    }

    /// <summary>The name under which the user asked from outside the directory; null for who was in it.</summary>
    public string? AskedAs { get; private set; }

    /// <summary>Whether it is one of those that a selector asks for.</summary>
    public bool IsIn(SelectorScope scope)
    {
        if (!scope.IsById)
        {
            return (scope.Users is not { } users || (User is { } user && (SelectorScope.Holds(users, user.Id)
                    || SelectorScope.Holds(users, user.UserPrincipalName) || SelectorScope.Holds(users, AskedAs))))
                && (scope.Packages is not { } packages || SelectorScope.Holds(packages, Package?.Id));
        }

        return (scope.RequestIds is { } requests && SelectorScope.Holds(requests, RequestId))
            || (scope.AssignmentIds is { } assignments
                && (SelectorScope.Holds(assignments, AssignmentId) || Group?.Assignments.Overlaps(assignments) == true));
    }

    /// <summary>Takes what exports say of the end.</summary>
    public void EndBy(AssignmentEnd exported) =>
        End = exported.Reason != EndReason.Service ? exported
            : exported with { Reason = Type == RequestType.AutoAssignment ? EndReason.PolicyRule : EndReason.Unknown };

    /// <summary>The event that delivered what was asked for; of a partial and a whole delivery the whole.</summary>
    private EntitlementEvent? Delivery()
    {
        EntitlementEvent? First(RequestEffect effect) => events.FirstOrDefault(e => !e.Event.Failed && e.Event.Effect == effect).Event;
        return First(RequestEffect.Fulfill) ?? First(RequestEffect.PartlyFulfill)
            ?? (Type == RequestType.Removal ? First(RequestEffect.End) : null);
    }

    // The event that made the request knows best; then whoever most events are about, so that no odd one decides.
    private IdentityText? FindSubject(People people)
    {
        if (Start?.Subjects() is { Count: > 0 } subjects)
            return InDirectory(subjects.FirstOrDefault(p => subjects.Count == 1 || people.Key(p) != people.Key(Start.Actor))
                ?? subjects[0], people);
        return events.SelectMany(e => e.Event.Subjects().Take(1)).Where(p => people.Key(p) != null).GroupBy(p => people.Key(p)!)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.First();
    }

    // Who asked from outside has no object in the directory yet (request policy, "For users not in your directory": "A guest user account
    // will be created for a user not yet in your directory whose request is approved"): the fulfilment is the first that names it.
    private IdentityText InDirectory(IdentityText asked, People people)
    {
        if (asked.UserPrincipalName == null || people.IdOf(asked) != null) return asked;
        foreach (var (logged, _) in events)
        {
            if (logged.Failed || logged.Effect is not (RequestEffect.Fulfill or RequestEffect.PartlyFulfill)) continue;
            if (logged.Subjects() is not [{ ObjectId: not null } guest]) continue;
            AskedAs = asked.UserPrincipalName;
            return guest.DisplayName == null ? guest with { DisplayName = asked.DisplayName } : guest;
        }

        return asked;
    }

    private IdentityText? Richest(string type)
    {
        IdentityText? found = null;
        foreach (var (logged, _) in events)
        {
            if (logged.TargetOf(type) is not { ObjectId: { } id } target) continue;
            if (found == null || (found.DisplayName == null && Utf8.Is(id, found.ObjectId!))) found = target;
            if (found.DisplayName != null) break;
        }

        return found;
    }

    private RequestApprovals ReadApprovals()
    {
        var read = new RequestApprovals(People);
        foreach (var (logged, _) in events) read.Take(logged);
        return read;
    }

    // The object may say that it is a removal where no event does: then the end of the assignment counts differently.
    private RequestState StateOf(EventGroup? group)
    {
        if (group == null) return default;
        var isRemoval = Type == RequestType.Removal;
        return isRemoval == group.IsRemoval ? group.State : group.StateAs(isRemoval);
    }

    /// <summary>The status by both sources: the object's where the events have not come so far, else theirs.</summary>
    private RequestStatus Agree(RequestStatus byEvents)
    {
        if (Object?.Status is not { } byObject || byObject == byEvents) return byEvents;
        if (Group == null) return byObject;
        var isAhead = !byEvents.IsEnd() && byObject > byEvents;
        if (isAhead || (byEvents is RequestStatus.Failed or RequestStatus.PartiallyFulfilled && byObject == RequestStatus.Fulfilled))
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
