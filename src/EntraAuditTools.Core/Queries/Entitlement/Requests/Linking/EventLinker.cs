using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Linking;

/// <summary>
/// Links events to requests: by request id first; then by the assignment, the correlation id of events that are linked already, and last by
/// person, package and time. The order in which events come does not matter. docs/request-matching.md has the rules in words.
/// </summary>
internal sealed class EventLinker
{
    // Thousands of assignments made at once can share a correlation id.
    private const int MaxSharing = 16;

    private readonly People people;
    private readonly List<EventGroup> groups = [];
    private readonly Dictionary<string, List<EventGroup>> byAssignment = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<EventGroup>> byCorrelation = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Person, string? Package), List<EventGroup>> byPerson = [];

    private EventLinker(People people) => this.people = people;

    /// <summary>The requests that events are of.</summary>
    /// <param name="events">The events, in any order; each once.</param>
    /// <param name="people">Knows the persons of all events.</param>
    public static List<EventGroup> Link(IEnumerable<EntitlementEvent> events, People people)
    {
        var all = events.ToList();
        all.Sort(EntitlementEvent.Compare);
        var linker = new EventLinker(people);
        var rest = linker.LinkById(all);
        rest = linker.LinkBeginnings(rest);
        linker.LinkRest(rest);
        // What only names a review, or another object that its log calls Other, is no request.
        return linker.groups.FindAll(g =>
            g.Events.Any(e => IsAboutRequest(e.Event) || e.Event.TargetOf("AccessPackageAssignmentRequest") != null));
    }

    private List<EntitlementEvent> LinkById(List<EntitlementEvent> all)
    {
        var byId = new Dictionary<string, EventGroup>(StringComparer.OrdinalIgnoreCase);
        var rest = new List<EntitlementEvent>();
        foreach (var logged in all)
        {
            if (logged.RequestId is not { } id)
            {
                rest.Add(logged);
                continue;
            }

            if (!byId.TryGetValue(id, out var group)) byId.Add(id, group = New(id));
            Add(group, logged, LinkKind.RequestId);
        }

        return rest;
    }

    // An event that makes a request belongs to one whose beginning is missing, or is the first of a request of its own.
    private List<EntitlementEvent> LinkBeginnings(List<EntitlementEvent> events)
    {
        var rest = new List<EntitlementEvent>();
        foreach (var logged in events)
        {
            if (logged.Effect != RequestEffect.Submit)
            {
                rest.Add(logged);
                continue;
            }

            var (group, by) = FindWithoutBeginning(logged);
            Add(group ?? New(null), logged, by);
        }

        return rest;
    }

    private (EventGroup? Group, LinkKind By) FindWithoutBeginning(EntitlementEvent logged)
    {
        // What failed at once has no more events.
        if (logged.Failed) return (null, LinkKind.CorrelationId);
        bool Fits(EventGroup g) =>
            g.Start == null && IsCompatible(g, logged) && (g.Type == null || g.Type == logged.Meaning!.Type)
            && g.FirstTicks >= logged.Ticks - RequestTiming.LogDelay && g.FirstTicks <= logged.Ticks + RequestTiming.MostBefore;
        EventGroup? Earliest(IEnumerable<EventGroup> candidates) =>
            candidates.Where(Fits).OrderBy(g => g.FirstTicks).ThenBy(g => g.RequestId, StringComparer.Ordinal).FirstOrDefault();
        return Earliest(Candidates(byCorrelation, logged.CorrelationId)) is { } same ? (same, LinkKind.CorrelationId)
            : (Earliest(OfPerson(logged)), LinkKind.PersonPackageTime);
    }

    // By ids before persons: a correlation id that a link brings may link more. What a request has already waits to the last: it can be of
    // one of which all else is missing.
    private void LinkRest(List<EntitlementEvent> events)
    {
        var unlinked = new UnlinkedEvents(events);
        while (LinkByIds(unlinked, unlinked.All, onlyLacking: true))
        {
        }

        var changed = true;
        while (changed)
        {
            changed = false;
            foreach (var logged in unlinked.All)
            {
                if (!unlinked.Has(logged) || FindByIds(logged).Group != null || FindByPerson(logged) is not { } group) continue;
                LinkWithNear(unlinked, group, logged, LinkKind.PersonPackageTime);
                changed = true;
            }
        }

        // What is left and does something to a request is the rest of one of which all else is missing.
        foreach (var logged in unlinked.All)
        {
            if (!unlinked.Has(logged)) continue;
            if (FindByIds(logged) is ({ } known, var by)) LinkWithNear(unlinked, known, logged, by);
            else if (FindByPerson(logged) is { } group) LinkWithNear(unlinked, group, logged, LinkKind.PersonPackageTime);
            else if (IsOfRequest(logged))
                LinkWithNear(unlinked, New(null), logged, logged.AssignmentId != null ? LinkKind.AssignmentId : LinkKind.PersonPackageTime);
        }
    }

    private static bool IsOfRequest(EntitlementEvent logged) =>
        IsAboutRequest(logged) && logged.Effect != RequestEffect.Discard && (logged.PackageId != null || logged.AssignmentId != null)
            && logged.Subjects().Count > 0;

    private static bool IsAboutRequest(EntitlementEvent logged) =>
        logged.Effect is not (RequestEffect.None or RequestEffect.Review) || logged.Phase == RequestPhase.Resource;

    private bool LinkByIds(UnlinkedEvents unlinked, IEnumerable<EntitlementEvent> events, bool onlyLacking)
    {
        var any = false;
        foreach (var logged in events)
        {
            if (!unlinked.Has(logged) || FindByIds(logged) is not ({ } group, var by) || (onlyLacking && Fit(group, logged) > 0)) continue;
            unlinked.Remove(logged);
            Add(group, logged, by);
            any = true;
        }

        return any;
    }

    private (EventGroup? Group, LinkKind By) FindByIds(EntitlementEvent logged) =>
        FindByAssignment(logged) is { } group ? (group, LinkKind.AssignmentId) : (FindByCorrelation(logged), LinkKind.CorrelationId);

    private void LinkWithNear(UnlinkedEvents unlinked, EventGroup group, EntitlementEvent logged, LinkKind by)
    {
        unlinked.Remove(logged);
        Add(group, logged, by);
        while (LinkByIds(unlinked, unlinked.Near(logged), onlyLacking: true))
        {
        }
    }

    private EventGroup? FindByAssignment(EntitlementEvent logged) =>
        logged.AssignmentId is { } id ? Nearest(logged, Candidates(byAssignment, id).Where(g => IsCompatible(g, logged))) : null;

    private EventGroup? FindByCorrelation(EntitlementEvent logged)
    {
        var sharing = Candidates(byCorrelation, logged.CorrelationId);
        var fitting = (sharing.Count > MaxSharing && logged.Subjects().Count > 0 ? OfPerson(logged)
            .Where(g => g.Correlations.Contains(logged.CorrelationId!)) : sharing).Where(g => IsCompatible(g, logged));
        // A review's decision only explains a removal.
        if (logged.Effect == RequestEffect.Review) fitting = fitting.Where(g => g.IsRemoval);
        return Nearest(logged, fitting);
    }

    private EventGroup? FindByPerson(EntitlementEvent logged)
    {
        if (logged.Meaning is not { } meaning || !EntitlementEvent.LinksByPerson(meaning)) return null;
        if (logged.PackageId == null && !logged.IsReview) return null;
        var open = OfPerson(logged).Where(g => IsCompatible(g, logged) && IsInTime(g, logged)).ToList();
        // Without the package there must be no doubt.
        if (logged.PackageId == null) return open.Count == 1 ? open[0] : null;
        return Nearest(logged, open);
    }

    // Approvals name no package: a request of which only they are there can be of any.
    private IEnumerable<EventGroup> OfPerson(EntitlementEvent logged) =>
        logged.Subjects().Select(people.Key).Where(key => key != null).Distinct()
        .SelectMany(key => logged.PackageId is { } package ? Candidates(byPerson, (key!, package.ToLowerInvariant()))
            .Concat(Candidates(byPerson, (key!, null)).Where(g => g.Packages.Count == 0)) : Candidates(byPerson, (key!, null))).Distinct();

    private static bool IsInTime(EventGroup group, EntitlementEvent logged)
    {
        var earliest = group.FirstTicks - (group.Start != null ? RequestTiming.LogDelay : RequestTiming.MostBefore);
        if (logged.Ticks < earliest) return false;
        var latest = group.LastTicks + RequestTiming.LogDelay;
        if (logged.PackageId != null && group.Packages.Count == 0)
            return logged.Ticks >= group.FirstTicks - RequestTiming.LogDelay && logged.Ticks <= latest;
        if (logged.Effect == RequestEffect.End)
            return group.IsRemoval ? group.ClosedAt == null : group.WasDelivered || group.ClosedAt == null;
        if (logged.Phase == RequestPhase.Resource && logged.Ticks <= latest) return true;
        return logged.Ticks <= group.LastTicks + RequestTiming.MostAfter && !WasClosedBefore(group, logged);
    }

    private static bool WasClosedBefore(EventGroup group, EntitlementEvent logged) =>
        group.ClosedAt + RequestTiming.LogDelay < logged.Ticks;

    /// <summary>
    /// Of several requests the one that the event is most likely of: one that lacks such an event, is open then, and began last.
    /// </summary>
    private static EventGroup? Nearest(EntitlementEvent logged, IEnumerable<EventGroup> candidates)
    {
        EventGroup? best = null;
        (int, int, long, string) bestScore = default;
        foreach (var group in candidates)
        {
            var begun = group.FirstTicks <= logged.Ticks + RequestTiming.LogDelay;
            var open = begun && !WasClosedBefore(group, logged);
            var time = begun ? -group.FirstTicks : group.FirstTicks;
            var score = (Fit(group, logged), open ? 0 : begun ? 1 : 2, time, group.RequestId ?? string.Empty);
            if (best != null && Compare(score, bestScore) >= 0) continue;
            (best, bestScore) = (group, score);
        }

        return best;

        static int Compare((int Fit, int Open, long Time, string Id) a, (int Fit, int Open, long Time, string Id) b)
        {
            var order = a.Fit.CompareTo(b.Fit);
            if (order == 0) order = a.Open.CompareTo(b.Open);
            if (order == 0) order = a.Time.CompareTo(b.Time);
            return order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
        }
    }

    // 0: the request lacks such an event.
    private static int Fit(EventGroup group, EntitlementEvent logged)
    {
        if (logged.Effect == RequestEffect.End && !group.IsRemoval) return 2;
        return HappensOnce(logged) && group.Has(logged) && !group.WasRetried ? 1 : 0;
    }

    private static bool HappensOnce(EntitlementEvent logged) =>
        !logged.Failed && logged.Effect is RequestEffect.Submit or RequestEffect.Approve or RequestEffect.AutoApprove or RequestEffect.Deny
        or RequestEffect.TimeOut or RequestEffect.Cancel or RequestEffect.Schedule or RequestEffect.Ready or RequestEffect.Fulfill
            or RequestEffect.PartlyFulfill or RequestEffect.End;

    /// <summary>Whether nothing that an event says is against its being of a request.</summary>
    private bool IsCompatible(EventGroup group, EntitlementEvent logged)
    {
        if (group.Start is { } start && logged.Ticks < start.Ticks - RequestTiming.LogDelay
            && logged.Effect != RequestEffect.Review) return false;
        if (group.Type is { } type && (type == RequestType.Removal ? logged.IsGiving : logged.IsTaking)) return false;
        if (logged.PackageId is { } package && group.Packages.Count > 0 && !group.Packages.Contains(package)) return false;
        if (logged.TenantId is { } tenant && group.TenantId is { } known && !Utf8.Is(tenant, known)) return false;
        if (group.Persons.Count == 0) return true;
        var named = false;
        foreach (var person in logged.Subjects())
        {
            if (people.Key(person) is not { } key) continue;
            if (group.Persons.Contains(key)) return true;
            named = true;
        }

        return !named;
    }

    private EventGroup New(string? id)
    {
        var group = new EventGroup(people) { RequestId = id };
        groups.Add(group);
        return group;
    }

    private void Add(EventGroup group, EntitlementEvent logged, LinkKind by)
    {
        var (assignments, correlations) = (group.Assignments.Count, group.Correlations.Count);
        var names = group.Persons.Count + group.Packages.Count;
        group.Add(logged, by);
        if (group.Assignments.Count > assignments) Index(byAssignment, logged.AssignmentId!, group);
        if (group.Correlations.Count > correlations) Index(byCorrelation, logged.CorrelationId!, group);
        if (group.Persons.Count + group.Packages.Count == names) return;
        foreach (var person in group.Persons)
        {
            IndexOnce((person, null), group);
            foreach (var package in group.Packages) IndexOnce((person, package.ToLowerInvariant()), group);
        }
    }

    // A person has few requests: looking through them is cheap.
    private void IndexOnce((string, string?) key, EventGroup group)
    {
        if (!Candidates(byPerson, key).Contains(group)) Index(byPerson, key, group);
    }

    private static void Index<TKey>(Dictionary<TKey, List<EventGroup>> index, TKey key, EventGroup group)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var list)) index.Add(key, list = []);
        list.Add(group);
    }

    private static List<EventGroup> Candidates<TKey>(Dictionary<TKey, List<EventGroup>> index, TKey? key)
        where TKey : notnull => key is not null && index.TryGetValue(key, out var list) ? list : [];

    /// <summary>Events that are not linked yet.</summary>
    private sealed class UnlinkedEvents
    {
        private readonly HashSet<EntitlementEvent> left;
        private readonly ILookup<string?, EntitlementEvent> byCorrelation;
        private readonly ILookup<string?, EntitlementEvent> byAssignment;

        public UnlinkedEvents(IReadOnlyList<EntitlementEvent> events)
        {
            All = events;
            left = [.. events];
            byCorrelation = events.ToLookup(e => e.CorrelationId, StringComparer.OrdinalIgnoreCase);
            byAssignment = events.ToLookup(e => e.AssignmentId, StringComparer.OrdinalIgnoreCase);
        }

        /// <summary>In order, those that were linked meanwhile included.</summary>
        public IReadOnlyList<EntitlementEvent> All { get; }

        public bool Has(EntitlementEvent logged) => left.Contains(logged);

        public void Remove(EntitlementEvent logged) => left.Remove(logged);

        /// <summary>Those that share an id with an event.</summary>
        public IEnumerable<EntitlementEvent> Near(EntitlementEvent logged) =>
            (logged.CorrelationId is { } c ? byCorrelation[c] : []).Concat(logged.AssignmentId is { } a ? byAssignment[a] : []);
    }
}
