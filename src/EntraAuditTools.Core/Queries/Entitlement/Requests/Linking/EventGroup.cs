using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Entitlement.Requests.States;
using EntraAuditTools.Core.Queries.Identities;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Linking;

/// <summary>The events of one request, and what they tell of it. It grows while events are linked.</summary>
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

    public long First => Events[0].Event.Ticks;

    public long Last => Events[^1].Event.Ticks;

    public string? TenantId => events.Select(e => e.Event.TenantId).FirstOrDefault(t => t != null);

    /// <summary>Kind of request; null when the event that made it is missing and no other tells.</summary>
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
            if (state is { } told) return told;
            told = StateAs(IsRemoval);
            known = (type, closedAt, told);
            return told;
        }
    }

    /// <summary>Whether a delivery was tried again, so that everything about it may happen twice.</summary>
    public bool WasRetried => events.Exists(e => e.Event.Effect == RequestEffect.Retry);

    /// <summary>Whether access was given on it, as far as its events tell.</summary>
    public bool WasDelivered => !IsRemoval && events.Exists(e => e.Event.Delivers);

    /// <summary>Adds an event.</summary>
    public void Add(EntitlementEvent one, LinkKind by)
    {
        known = null;
        sorted &= events.Count == 0 || EntitlementEvent.Compare(events[^1].Event, one) <= 0;
        events.Add(new(one, by));
        if (one.Effect == RequestEffect.Submit && (Start == null || EntitlementEvent.Compare(one, Start) < 0)) Start = one;
        foreach (var person in one.Subjects())
        {
            if (people.Key(person) is { } key) Persons.Add(key);
        }

        if (one.PackageId is { } package) Packages.Add(package);
        if (one.AssignmentId is { } assignment) Assignments.Add(assignment);
        if (one.CorrelationId is { } correlation) Correlations.Add(correlation);
    }

    /// <summary>Whether an event of the same effect that happens once is there already.</summary>
    public bool Has(EntitlementEvent like) => events.Exists(e => e.Event.Effect == like.Effect && e.Event.IsReview == like.IsReview && !e.Event.Failed);

    /// <summary>How far it came, where something else than its events may tell whether it is a removal.</summary>
    public RequestState StateAs(bool isRemoval)
    {
        var machine = new RequestStateMachine(isRemoval);
        foreach (var (one, _) in Events) machine.Take(one);
        return machine.State;
    }

    private (RequestType? Type, long? ClosedAt, RequestState? State) Known => known ??= (FindType(), FindClosedAt(), null);

    private RequestType? FindType()
    {
        if (Start?.Meaning?.Type is { } made) return made;
        foreach (var (one, _) in Events)
        {
            if (one.Meaning?.Type is { } told) return told;
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
        foreach (var (one, _) in Events)
        {
            if (Closes(one)) closed = one.Ticks;
        }

        return closed;
    }

    private static bool Closes(EntitlementEvent one) => one.Failed ? one.Effect == RequestEffect.Submit
        : one.Effect is RequestEffect.Fulfill or RequestEffect.PartlyFulfill or RequestEffect.Deny or RequestEffect.TimeOut or RequestEffect.Cancel
            or RequestEffect.End;
}
