using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Entitlement.Requests.States;
using EntraAuditTools.Core.Queries.Identities;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Linking;

/// <summary>The events of one request, and what they say of it. It grows while events are linked.</summary>
/// <param name="people">Keys of persons.</param>
internal sealed class EventGroup(People people)
{
    private readonly List<LinkedEvent> events = [];
    private bool sorted = true;

    // Asked for again and again while events are linked; forgotten with each event that comes.
    private (RequestType? Type, long? ClosedAt, RequestState? State)? known;

    /// <summary>Null when no event names it.</summary>
    public string? RequestId { get; init; }

    /// <summary>The event that made the request; null when it is missing.</summary>
    public EntitlementEvent? Start { get; private set; }

    /// <summary>Keys of those whom the events are about.</summary>
    public HashSet<string> Persons { get; } = [];

    public HashSet<string> Packages { get; } = new(StringComparer.OrdinalIgnoreCase);

    public HashSet<string> Assignments { get; } = new(StringComparer.OrdinalIgnoreCase);

    public HashSet<string> Correlations { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>In order.</summary>
    public IReadOnlyList<LinkedEvent> Events
    {
        get
        {
            if (!sorted) events.Sort((a, b) => EntitlementEvent.Compare(a.Event, b.Event));
            sorted = true;
            return events;
        }
    }

    public long FirstTicks => Events[0].Event.Ticks;

    public long LastTicks => Events[^1].Event.Ticks;

    public string? TenantId => events.Select(e => e.Event.TenantId).FirstOrDefault(t => t != null);

    /// <summary>Kind of request; null when the event that made it is missing and no other shows it.</summary>
    public RequestType? Type => Known.Type;

    /// <summary>Whether it asks to take access away.</summary>
    public bool IsRemoval => Type == RequestType.Removal;

    /// <summary>When it was over: delivered, denied, timed out, cancelled, failed at once; UTC ticks. Null while it is open.</summary>
    public long? ClosedAt => Known.ClosedAt;

    /// <summary>How far it came.</summary>
    public RequestState State
    {
        get
        {
            var (type, closedAt, state) = Known;
            if (state is { } found) return found;
            found = StateAs(IsRemoval);
            known = (type, closedAt, found);
            return found;
        }
    }

    /// <summary>Whether a delivery was tried again, so that everything about it may happen twice.</summary>
    public bool WasRetried => events.Exists(e => e.Event.Effect == RequestEffect.Retry);

    /// <summary>Whether access was given on it, as far as its events show.</summary>
    public bool WasDelivered => !IsRemoval && events.Exists(e => e.Event.Delivers);

    /// <summary>Adds an event.</summary>
    public void Add(EntitlementEvent logged, LinkKind by)
    {
        known = null;
        sorted &= events.Count == 0 || EntitlementEvent.Compare(events[^1].Event, logged) <= 0;
        events.Add(new(logged, by));
        if (logged.Effect == RequestEffect.Submit && (Start == null || EntitlementEvent.Compare(logged, Start) < 0)) Start = logged;
        foreach (var person in logged.Subjects())
        {
            if (people.Key(person) is { } key) Persons.Add(key);
        }

        if (logged.PackageId is { } package) Packages.Add(package);
        if (logged.AssignmentId is { } assignment) Assignments.Add(assignment);
        if (logged.CorrelationId is { } correlation) Correlations.Add(correlation);
    }

    /// <summary>Whether an event of the same effect that happens once is there already.</summary>
    public bool Has(EntitlementEvent like) =>
        events.Exists(e => e.Event.Effect == like.Effect && e.Event.IsReview == like.IsReview && !e.Event.Failed);

    /// <summary>How far it came, where something else than its events may show that it is a removal.</summary>
    public RequestState StateAs(bool isRemoval)
    {
        var machine = new RequestStateMachine(isRemoval);
        foreach (var (logged, _) in Events) machine.Take(logged);
        return machine.State;
    }

    private (RequestType? Type, long? ClosedAt, RequestState? State) Known => known ??= (FindType(), FindClosedAt(), null);

    private RequestType? FindType()
    {
        if (Start?.Meaning?.Type is { } made) return made;
        foreach (var (logged, _) in Events)
        {
            if (logged.Meaning?.Type is { } shown) return shown;
        }

        return IsTakingOnly ? RequestType.Removal : null;
    }

    // Without its beginning: it takes, and nothing in it gives.
    private bool IsTakingOnly =>
        events.Exists(e => !e.Event.Failed && (e.Event.IsTaking || (e.Event.Effect == RequestEffect.End && e.Event.Meaning!.End == null)))
        && !events.Exists(e => e.Event.IsGiving || e.Event.Effect == RequestEffect.Ready);

    private long? FindClosedAt()
    {
        long? closed = null;
        foreach (var (logged, _) in Events)
        {
            if (Closes(logged)) closed = logged.Ticks;
        }

        return closed;
    }

    private static bool Closes(EntitlementEvent logged) => logged.Failed ? logged.Effect == RequestEffect.Submit
        : logged.Effect is RequestEffect.Fulfill or RequestEffect.PartlyFulfill or RequestEffect.Deny or RequestEffect.TimeOut
            or RequestEffect.Cancel or RequestEffect.End;
}
