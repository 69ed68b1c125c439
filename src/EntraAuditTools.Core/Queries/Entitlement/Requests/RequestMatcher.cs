using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests;

/// <summary>
/// Ties events to requests: by request id first; then by the assignment, the correlation id of events that are tied already, and last by
/// person, package and time. The order in which events come does not matter.
/// </summary>
internal sealed class RequestMatcher
{
    // A request without its beginning takes in what came shortly before its first event; one without its end is not open for ever.
    private static readonly long MostBefore = TimeSpan.FromDays(30).Ticks;
    private static readonly long MostAfter = TimeSpan.FromDays(200).Ticks;

    // Services log what belongs together within minutes, in no certain order.
    private static readonly long Slack = TimeSpan.FromMinutes(10).Ticks;

    private const int MaxSharing = 16;

    private readonly People people;
    private readonly List<RequestDraft> drafts = [];
    private readonly Dictionary<string, List<RequestDraft>> byAssignment = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<RequestDraft>> byCorrelation = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Person, string? Package), List<RequestDraft>> byPerson = [];

    private RequestMatcher(People people) => this.people = people;

    /// <summary>The requests that events tell of.</summary>
    /// <param name="events">The events, in any order; each once.</param>
    /// <param name="people">Knows the persons of all events.</param>
    public static List<RequestDraft> Match(IEnumerable<EntitlementEvent> events, People people)
    {
        var all = events.ToList();
        all.Sort(EntitlementEvent.Compare);
        var matcher = new RequestMatcher(people);
        var rest = matcher.TieById(all);
        rest = matcher.TieBeginnings(rest);
        matcher.TieRest(rest);
        // What only names a review, or another object that its log calls Other, is no request.
        return matcher.drafts.FindAll(d => d.Events.Any(e => TellsOfRequest(e.Event) || e.Event.TargetOf("AccessPackageAssignmentRequest") != null));
    }

    private List<EntitlementEvent> TieById(List<EntitlementEvent> all)
    {
        var byId = new Dictionary<string, RequestDraft>(StringComparer.OrdinalIgnoreCase);
        var rest = new List<EntitlementEvent>();
        foreach (var one in all)
        {
            if (one.RequestId is not { } id)
            {
                rest.Add(one);
                continue;
            }

            if (!byId.TryGetValue(id, out var draft)) byId.Add(id, draft = New(id));
            Tie(draft, one, MatchKind.RequestId);
        }

        return rest;
    }

    // An event that makes a request belongs to one whose beginning is missing, or is the first of a request of its own.
    private List<EntitlementEvent> TieBeginnings(List<EntitlementEvent> events)
    {
        var rest = new List<EntitlementEvent>();
        foreach (var one in events)
        {
            if (one.Effect != RequestEffect.Submit)
            {
                rest.Add(one);
                continue;
            }

            var (draft, by) = FindHeadless(one);
            Tie(draft ?? New(null), one, by);
        }

        return rest;
    }

    private (RequestDraft? Draft, MatchKind By) FindHeadless(EntitlementEvent one)
    {
        // What failed at once has no more events.
        if (one.Failed) return (null, MatchKind.CorrelationId);
        bool Fits(RequestDraft d) =>
            d.Start == null && IsCompatible(d, one) && (d.Type == null || d.Type == one.Meaning!.Type) && d.First >= one.Ticks - Slack
            && d.First <= one.Ticks + MostBefore;
        if (Candidates(byCorrelation, one.CorrelationId).Where(Fits).OrderBy(d => d.First).ThenBy(d => d.RequestId, StringComparer.Ordinal)
            .FirstOrDefault() is { } same) return (same, MatchKind.CorrelationId);
        return (OfPerson(one).Where(Fits).OrderBy(d => d.First).ThenBy(d => d.RequestId, StringComparer.Ordinal).FirstOrDefault(), MatchKind.PersonPackageTime);
    }

    // By ids before persons: a correlation id that a tie brings may tie more. What a request has already waits to the last: it can be of
    // one of which all else is missing.
    private void TieRest(List<EntitlementEvent> events)
    {
        var loose = new LooseEvents(events);
        while (TieByIds(loose, loose.All, onlyLacking: true))
        {
        }

        var changed = true;
        while (changed)
        {
            changed = false;
            foreach (var one in loose.All)
            {
                if (!loose.Has(one) || FindByIds(one).Draft != null || FindByPerson(one) is not { } draft) continue;
                TieLoose(loose, draft, one, MatchKind.PersonPackageTime);
                changed = true;
            }
        }

        // What is left and does something to a request is the rest of one of which all else is missing.
        foreach (var one in loose.All)
        {
            if (!loose.Has(one)) continue;
            if (FindByIds(one) is ({ } known, var by)) TieLoose(loose, known, one, by);
            else if (FindByPerson(one) is { } draft) TieLoose(loose, draft, one, MatchKind.PersonPackageTime);
            else if (IsOfRequest(one)) TieLoose(loose, New(null), one, one.AssignmentId != null ? MatchKind.AssignmentId : MatchKind.PersonPackageTime);
        }
    }

    private static bool IsOfRequest(EntitlementEvent one) =>
        TellsOfRequest(one) && one.Effect != RequestEffect.Discard && (one.PackageId != null || one.AssignmentId != null) && one.Subjects().Count > 0;

    private static bool TellsOfRequest(EntitlementEvent one) =>
        one.Effect is not (RequestEffect.None or RequestEffect.Review) || one.Phase == RequestPhase.Resource;

    private bool TieByIds(LooseEvents loose, IEnumerable<EntitlementEvent> events, bool onlyLacking)
    {
        var any = false;
        foreach (var one in events)
        {
            if (!loose.Has(one) || FindByIds(one) is not ({ } draft, var by) || (onlyLacking && Fit(draft, one) > 0)) continue;
            loose.Remove(one);
            Tie(draft, one, by);
            any = true;
        }

        return any;
    }

    private (RequestDraft? Draft, MatchKind By) FindByIds(EntitlementEvent one) =>
        FindByAssignment(one) is { } draft ? (draft, MatchKind.AssignmentId) : (FindByCorrelation(one), MatchKind.CorrelationId);

    private void TieLoose(LooseEvents loose, RequestDraft draft, EntitlementEvent one, MatchKind by)
    {
        loose.Remove(one);
        Tie(draft, one, by);
        while (TieByIds(loose, loose.Near(one), onlyLacking: true))
        {
        }
    }

    /// <summary>Events that are not tied yet.</summary>
    private sealed class LooseEvents
    {
        private readonly HashSet<EntitlementEvent> left;
        private readonly ILookup<string?, EntitlementEvent> byCorrelation;
        private readonly ILookup<string?, EntitlementEvent> byAssignment;

        public LooseEvents(IReadOnlyList<EntitlementEvent> events)
        {
            All = events;
            left = [.. events];
            byCorrelation = events.ToLookup(e => e.CorrelationId, StringComparer.OrdinalIgnoreCase);
            byAssignment = events.ToLookup(e => e.AssignmentId, StringComparer.OrdinalIgnoreCase);
        }

        /// <summary>In order, those that were tied meanwhile included.</summary>
        public IReadOnlyList<EntitlementEvent> All { get; }

        public bool Has(EntitlementEvent one) => left.Contains(one);

        public void Remove(EntitlementEvent one) => left.Remove(one);

        /// <summary>Those that share an id with an event.</summary>
        public IEnumerable<EntitlementEvent> Near(EntitlementEvent one) =>
            (one.CorrelationId is { } c ? byCorrelation[c] : []).Concat(one.AssignmentId is { } a ? byAssignment[a] : []);
    }

    private RequestDraft? FindByAssignment(EntitlementEvent one) =>
        one.AssignmentId is { } id ? Nearest(one, Candidates(byAssignment, id).Where(d => IsCompatible(d, one))) : null;

    private RequestDraft? FindByCorrelation(EntitlementEvent one)
    {
        var sharing = Candidates(byCorrelation, one.CorrelationId);
        // Thousands of assignments made at once can share one: then those of the person alone.
        var fitting = (sharing.Count > MaxSharing && one.Subjects().Count > 0 ? OfPerson(one)
            .Where(d => d.Correlations.Contains(one.CorrelationId!)) : sharing).Where(d => IsCompatible(d, one));
        // A review's decision only explains a removal.
        if (one.Effect == RequestEffect.Review) fitting = fitting.Where(d => d.IsRemoval);
        return Nearest(one, fitting);
    }

    private RequestDraft? FindByPerson(EntitlementEvent one)
    {
        if (one.Meaning == null || one.Effect is RequestEffect.Review or RequestEffect.AddApprover) return null;
        if (one.PackageId == null && !one.IsReview) return null;
        var open = OfPerson(one).Where(d => IsCompatible(d, one) && IsInTime(d, one)).ToList();
        // Without the package there must be no doubt.
        if (one.PackageId == null) return open.Count == 1 ? open[0] : null;
        return Nearest(one, open);
    }

    // Approvals name no package: a request of which only they are there can be of any.
    private IEnumerable<RequestDraft> OfPerson(EntitlementEvent one) => one.Subjects().Select(people.Key).Where(key => key != null).Distinct()
        .SelectMany(key => one.PackageId is { } package ? Candidates(byPerson, (key!, package.ToLowerInvariant()))
            .Concat(Candidates(byPerson, (key!, null)).Where(d => d.Packages.Count == 0)) : Candidates(byPerson, (key!, null))).Distinct();

    private static bool IsInTime(RequestDraft draft, EntitlementEvent one)
    {
        if (one.Ticks < (draft.Start != null ? draft.First - Slack : draft.First - MostBefore)) return false;
        if (one.PackageId != null && draft.Packages.Count == 0) return one.Ticks >= draft.First - Slack && one.Ticks <= draft.Last + Slack;
        if (one.Effect == RequestEffect.End) return draft.IsRemoval ? draft.ClosedAt() == null : draft.WasDelivered || draft.ClosedAt() == null;
        if (one.Phase == RequestPhase.Resource && one.Ticks <= draft.Last + Slack) return true;
        return one.Ticks <= draft.Last + MostAfter && !(draft.ClosedAt() + Slack < one.Ticks);
    }

    /// <summary>Of several requests the one that the event is most likely of: one that lacks such an event, is open then, and began last.</summary>
    private static RequestDraft? Nearest(EntitlementEvent one, IEnumerable<RequestDraft> candidates)
    {
        RequestDraft? best = null;
        (int, int, long, string) bestScore = default;
        foreach (var draft in candidates)
        {
            var begun = draft.First <= one.Ticks + Slack;
            var open = begun && !(draft.ClosedAt() + Slack < one.Ticks);
            var score = (Fit(draft, one), open ? 0 : begun ? 1 : 2, begun ? -draft.First : draft.First, draft.RequestId ?? string.Empty);
            if (best != null && Compare(score, bestScore) >= 0) continue;
            (best, bestScore) = (draft, score);
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

    private static int Fit(RequestDraft draft, EntitlementEvent one)
    {
        if (one.Effect == RequestEffect.End && !draft.IsRemoval) return 2;
        return HappensOnce(one) && draft.Has(one) && !draft.WasRetried ? 1 : 0;
    }

    private static bool HappensOnce(EntitlementEvent one) =>
        !one.Failed && one.Effect is RequestEffect.Submit or RequestEffect.Approve or RequestEffect.AutoApprove or RequestEffect.Deny
        or RequestEffect.TimeOut or RequestEffect.Cancel or RequestEffect.Schedule or RequestEffect.Ready or RequestEffect.Fulfill
            or RequestEffect.PartlyFulfill or RequestEffect.End;

    /// <summary>Whether nothing that an event says is against its being of a request.</summary>
    private bool IsCompatible(RequestDraft draft, EntitlementEvent one)
    {
        if (draft.Start is { } start && one.Ticks < start.Ticks - Slack && one.Effect != RequestEffect.Review) return false;
        if (draft.Type is { } type && (type == "Removal" ? one.IsGiving : one.IsTaking)) return false;
        if (one.PackageId is { } package && draft.Packages.Count > 0 && !draft.Packages.Contains(package)) return false;
        if (one.TenantId is { } tenant && draft.TenantId is { } own && !Utf8.Is(tenant, own)) return false;
        if (draft.Persons.Count == 0) return true;
        var named = false;
        foreach (var person in one.Subjects())
        {
            if (people.Key(person) is not { } key) continue;
            if (draft.Persons.Contains(key)) return true;
            named = true;
        }

        return !named;
    }

    private RequestDraft New(string? id)
    {
        var draft = new RequestDraft(people) { RequestId = id };
        drafts.Add(draft);
        return draft;
    }

    private void Tie(RequestDraft draft, EntitlementEvent one, MatchKind by)
    {
        var (assignments, correlations, names) = (draft.Assignments.Count, draft.Correlations.Count, draft.Persons.Count + draft.Packages.Count);
        draft.Add(one, by);
        if (draft.Assignments.Count > assignments) Index(byAssignment, one.AssignmentId!, draft);
        if (draft.Correlations.Count > correlations) Index(byCorrelation, one.CorrelationId!, draft);
        if (draft.Persons.Count + draft.Packages.Count == names) return;
        foreach (var person in draft.Persons)
        {
            IndexOnce((person, null), draft);
            foreach (var package in draft.Packages) IndexOnce((person, package.ToLowerInvariant()), draft);
        }
    }

    // A person has few requests: looking through them is cheap.
    private void IndexOnce((string, string?) key, RequestDraft draft)
    {
        if (!Candidates(byPerson, key).Contains(draft)) Index(byPerson, key, draft);
    }

    private static void Index<TKey>(Dictionary<TKey, List<RequestDraft>> index, TKey key, RequestDraft draft)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var list)) index.Add(key, list = []);
        list.Add(draft);
    }

    private static List<RequestDraft> Candidates<TKey>(Dictionary<TKey, List<RequestDraft>> index, TKey? key)
        where TKey : notnull => key is not null && index.TryGetValue(key, out var list) ? list : [];
}
