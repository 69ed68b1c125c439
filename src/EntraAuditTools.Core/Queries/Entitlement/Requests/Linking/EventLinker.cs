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

    /// <summary>The requests that events tell of.</summary>
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
        return linker.groups.FindAll(g => g.Events.Any(e => TellsOfRequest(e.Event) || e.Event.TargetOf("AccessPackageAssignmentRequest") != null));
    }

    private List<EntitlementEvent> LinkById(List<EntitlementEvent> all)
    {
        var byId = new Dictionary<string, EventGroup>(StringComparer.OrdinalIgnoreCase);
        var rest = new List<EntitlementEvent>();
        foreach (var one in all)
        {
            if (one.RequestId is not { } id)
            {
                rest.Add(one);
                continue;
            }

            if (!byId.TryGetValue(id, out var group)) byId.Add(id, group = New(id));
            Add(group, one, LinkKind.RequestId);
        }

        return rest;
    }

    // An event that makes a request belongs to one whose beginning is missing, or is the first of a request of its own.
    private List<EntitlementEvent> LinkBeginnings(List<EntitlementEvent> events)
    {
        var rest = new List<EntitlementEvent>();
        foreach (var one in events)
        {
            if (one.Effect != RequestEffect.Submit)
            {
                rest.Add(one);
                continue;
            }

            var (group, by) = FindWithoutBeginning(one);
            Add(group ?? New(null), one, by);
        }

        return rest;
    }

    private (EventGroup? Group, LinkKind By) FindWithoutBeginning(EntitlementEvent one)
    {
        // What failed at once has no more events.
        if (one.Failed) return (null, LinkKind.CorrelationId);
        bool Fits(EventGroup g) =>
            g.Start == null && IsCompatible(g, one) && (g.Type == null || g.Type == one.Meaning!.Type) && g.First >= one.Ticks - RequestTiming.LogDelay
            && g.First <= one.Ticks + RequestTiming.MostBefore;
        EventGroup? Earliest(IEnumerable<EventGroup> candidates) =>
            candidates.Where(Fits).OrderBy(g => g.First).ThenBy(g => g.RequestId, StringComparer.Ordinal).FirstOrDefault();
        return Earliest(Candidates(byCorrelation, one.CorrelationId)) is { } same ? (same, LinkKind.CorrelationId)
            : (Earliest(OfPerson(one)), LinkKind.PersonPackageTime);
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
            foreach (var one in unlinked.All)
            {
                if (!unlinked.Has(one) || FindByIds(one).Group != null || FindByPerson(one) is not { } group) continue;
                LinkWithNear(unlinked, group, one, LinkKind.PersonPackageTime);
                changed = true;
            }
        }

        // What is left and does something to a request is the rest of one of which all else is missing.
        foreach (var one in unlinked.All)
        {
            if (!unlinked.Has(one)) continue;
            if (FindByIds(one) is ({ } known, var by)) LinkWithNear(unlinked, known, one, by);
            else if (FindByPerson(one) is { } group) LinkWithNear(unlinked, group, one, LinkKind.PersonPackageTime);
            else if (IsOfRequest(one))
                LinkWithNear(unlinked, New(null), one, one.AssignmentId != null ? LinkKind.AssignmentId : LinkKind.PersonPackageTime);
        }
    }

    private static bool IsOfRequest(EntitlementEvent one) =>
        TellsOfRequest(one) && one.Effect != RequestEffect.Discard && (one.PackageId != null || one.AssignmentId != null) && one.Subjects().Count > 0;

    private static bool TellsOfRequest(EntitlementEvent one) =>
        one.Effect is not (RequestEffect.None or RequestEffect.Review) || one.Phase == RequestPhase.Resource;

    private bool LinkByIds(UnlinkedEvents unlinked, IEnumerable<EntitlementEvent> events, bool onlyLacking)
    {
        var any = false;
        foreach (var one in events)
        {
            if (!unlinked.Has(one) || FindByIds(one) is not ({ } group, var by) || (onlyLacking && Fit(group, one) > 0)) continue;
            unlinked.Remove(one);
            Add(group, one, by);
            any = true;
        }

        return any;
    }

    private (EventGroup? Group, LinkKind By) FindByIds(EntitlementEvent one) =>
        FindByAssignment(one) is { } group ? (group, LinkKind.AssignmentId) : (FindByCorrelation(one), LinkKind.CorrelationId);

    private void LinkWithNear(UnlinkedEvents unlinked, EventGroup group, EntitlementEvent one, LinkKind by)
    {
        unlinked.Remove(one);
        Add(group, one, by);
        while (LinkByIds(unlinked, unlinked.Near(one), onlyLacking: true))
        {
        }
    }

    private EventGroup? FindByAssignment(EntitlementEvent one) =>
        one.AssignmentId is { } id ? Nearest(one, Candidates(byAssignment, id).Where(g => IsCompatible(g, one))) : null;

    private EventGroup? FindByCorrelation(EntitlementEvent one)
    {
        var sharing = Candidates(byCorrelation, one.CorrelationId);
        var fitting = (sharing.Count > MaxSharing && one.Subjects().Count > 0 ? OfPerson(one)
            .Where(g => g.Correlations.Contains(one.CorrelationId!)) : sharing).Where(g => IsCompatible(g, one));
        // A review's decision only explains a removal.
        if (one.Effect == RequestEffect.Review) fitting = fitting.Where(g => g.IsRemoval);
        return Nearest(one, fitting);
    }

    private EventGroup? FindByPerson(EntitlementEvent one)
    {
        if (one.Meaning is not { } meaning || !EntitlementEvent.LinksByPerson(meaning)) return null;
        if (one.PackageId == null && !one.IsReview) return null;
        var open = OfPerson(one).Where(g => IsCompatible(g, one) && IsInTime(g, one)).ToList();
        // Without the package there must be no doubt.
        if (one.PackageId == null) return open.Count == 1 ? open[0] : null;
        return Nearest(one, open);
    }

    // Approvals name no package: a request of which only they are there can be of any.
    private IEnumerable<EventGroup> OfPerson(EntitlementEvent one) => one.Subjects().Select(people.Key).Where(key => key != null).Distinct()
        .SelectMany(key => one.PackageId is { } package ? Candidates(byPerson, (key!, package.ToLowerInvariant()))
            .Concat(Candidates(byPerson, (key!, null)).Where(g => g.Packages.Count == 0)) : Candidates(byPerson, (key!, null))).Distinct();

    private static bool IsInTime(EventGroup group, EntitlementEvent one)
    {
        var earliest = group.First - (group.Start != null ? RequestTiming.LogDelay : RequestTiming.MostBefore);
        if (one.Ticks < earliest) return false;
        var latest = group.Last + RequestTiming.LogDelay;
        if (one.PackageId != null && group.Packages.Count == 0) return one.Ticks >= group.First - RequestTiming.LogDelay && one.Ticks <= latest;
        if (one.Effect == RequestEffect.End) return group.IsRemoval ? group.ClosedAt == null : group.WasDelivered || group.ClosedAt == null;
        if (one.Phase == RequestPhase.Resource && one.Ticks <= latest) return true;
        return one.Ticks <= group.Last + RequestTiming.MostAfter && !WasClosedBefore(group, one);
    }

    private static bool WasClosedBefore(EventGroup group, EntitlementEvent one) => group.ClosedAt + RequestTiming.LogDelay < one.Ticks;

    /// <summary>Of several requests the one that the event is most likely of: one that lacks such an event, is open then, and began last.</summary>
    private static EventGroup? Nearest(EntitlementEvent one, IEnumerable<EventGroup> candidates)
    {
        EventGroup? best = null;
        (int, int, long, string) bestScore = default;
        foreach (var group in candidates)
        {
            var begun = group.First <= one.Ticks + RequestTiming.LogDelay;
            var open = begun && !WasClosedBefore(group, one);
            var score = (Fit(group, one), open ? 0 : begun ? 1 : 2, begun ? -group.First : group.First, group.RequestId ?? string.Empty);
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
    private static int Fit(EventGroup group, EntitlementEvent one)
    {
        if (one.Effect == RequestEffect.End && !group.IsRemoval) return 2;
        return HappensOnce(one) && group.Has(one) && !group.WasRetried ? 1 : 0;
    }

    private static bool HappensOnce(EntitlementEvent one) =>
        !one.Failed && one.Effect is RequestEffect.Submit or RequestEffect.Approve or RequestEffect.AutoApprove or RequestEffect.Deny
        or RequestEffect.TimeOut or RequestEffect.Cancel or RequestEffect.Schedule or RequestEffect.Ready or RequestEffect.Fulfill
            or RequestEffect.PartlyFulfill or RequestEffect.End;

    /// <summary>Whether nothing that an event says is against its being of a request.</summary>
    private bool IsCompatible(EventGroup group, EntitlementEvent one)
    {
        if (group.Start is { } start && one.Ticks < start.Ticks - RequestTiming.LogDelay && one.Effect != RequestEffect.Review) return false;
        if (group.Type is { } type && (type == RequestType.Removal ? one.IsGiving : one.IsTaking)) return false;
        if (one.PackageId is { } package && group.Packages.Count > 0 && !group.Packages.Contains(package)) return false;
        if (one.TenantId is { } tenant && group.TenantId is { } own && !Utf8.Is(tenant, own)) return false;
        if (group.Persons.Count == 0) return true;
        var named = false;
        foreach (var person in one.Subjects())
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

    private void Add(EventGroup group, EntitlementEvent one, LinkKind by)
    {
        var (assignments, correlations, names) = (group.Assignments.Count, group.Correlations.Count, group.Persons.Count + group.Packages.Count);
        group.Add(one, by);
        if (group.Assignments.Count > assignments) Index(byAssignment, one.AssignmentId!, group);
        if (group.Correlations.Count > correlations) Index(byCorrelation, one.CorrelationId!, group);
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

        public bool Has(EntitlementEvent one) => left.Contains(one);

        public void Remove(EntitlementEvent one) => left.Remove(one);

        /// <summary>Those that share an id with an event.</summary>
        public IEnumerable<EntitlementEvent> Near(EntitlementEvent one) =>
            (one.CorrelationId is { } c ? byCorrelation[c] : []).Concat(one.AssignmentId is { } a ? byAssignment[a] : []);
    }
}
