using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Loading;

/// <summary>
/// Reads the events that a question needs: those that it asks for, and what shares ids with them, until nothing new comes. More requests
/// than asked for can come of it: they are there so that each event goes to its own, whatever was asked.
/// </summary>
/// <param name="reader">Takes the events.</param>
/// <param name="previews">Reads what is looked at before it is read.</param>
/// <param name="people">Keys of persons.</param>
internal sealed class EventLoader(EventReader reader, EventPreviews previews, People people)
{
    // Events of one request are a day apart at most where they were logged in no order.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(1);

    private readonly HashSet<string> readPersons = [];

    // Requests of which events were followed: the rest of their events is, too.
    private readonly HashSet<string> requests = new(StringComparer.OrdinalIgnoreCase);

    // Read and not followed, by the request that it names.
    private readonly Dictionary<string, List<EntitlementEvent>> aside = new(StringComparer.OrdinalIgnoreCase);

    // Correlation ids of events that were followed and name their request.
    private readonly HashSet<string> namedCorrelations = new(StringComparer.OrdinalIgnoreCase);

    // Requests that are asked for; those without an assignment by themselves.
    private readonly PersonPackages pairs = new(people), nameless = new(people);

    // Which events are followed; null for all.
    private Func<EntitlementEvent, bool>? isAbout;

    // Whose correlation ids are followed.
    private Func<EntitlementEvent, bool> sharesCorrelation = _ => false;

    // Requests that began since a time of which everything is read; null where there is no such time.
    private HashSet<string>? whole;
    private int followed, looked;

    /// <summary>Reads everything.</summary>
    public void LoadAll() => reader.ReadSpan(null, null);

    /// <summary>Reads what belongs to requests made in a span; at most one of its ends is null.</summary>
    public void LoadSpan(DateTimeOffset? after, DateTimeOffset? before)
    {
        var since = after - Margin;
        reader.ReadSpan(since, before);
        if (before == null) whole = new(StringComparer.OrdinalIgnoreCase);
        var (from, to) = (after?.UtcTicks - RequestTiming.LogDelay, before?.UtcTicks + RequestTiming.LogDelay);
        LoadRest(begin => !(begin < from) && !(begin > to), until: whole == null ? null : since);
    }

    /// <summary>Reads what belongs to requests that may wait for approval.</summary>
    /// <param name="candidates">The requests.</param>
    /// <param name="unlinked">Rows of events that ask for an approval and name no request.</param>
    /// <param name="requestIds">More requests, from their objects.</param>
    public void LoadCandidates(IReadOnlyCollection<ApprovalCandidate> candidates, IEnumerable<long> unlinked, IReadOnlyCollection<string> requestIds)
    {
        reader.ReadRows(unlinked);
        reader.ReadRequests(candidates.Select(candidate => candidate.RequestId).Concat(requestIds));
        LoadRest(_ => true, until: null);
    }

    /// <summary>Reads what belongs to requests that selectors ask for.</summary>
    /// <param name="scopes">The selectors; not empty.</param>
    /// <param name="requestIds">Requests that are known to be asked for, from their objects.</param>
    public void LoadScopes(IReadOnlyList<SelectorScope> scopes, IReadOnlyCollection<string> requestIds)
    {
        requests.UnionWith(requestIds);
        reader.ReadRequests(requestIds);
        foreach (var scope in scopes)
        {
            if (scope.RequestIds is { } ids) reader.ReadRequests(ids);
            if (scope.AssignmentIds is { } assignments) reader.ReadAssignments(assignments);
            reader.ReadIdentities(scope.Users != null ? scope.UserIdentities : scope.PackageIdentities);
        }

        // Also the requests that share a correlation id: what names no request has to be told apart between them.
        sharesCorrelation = _ => true;
        var persons = new HashSet<string>();
        if (scopes.Any(scope => scope.IsById))
        {
            // An assignment's events may name other requests of it; all of one person are there to tell them apart.
            Follow();
            var subjects = reader.Events.SelectMany(e => e.Subjects()).ToList();
            persons.UnionWith(subjects.Select(people.Key).OfType<string>());
            ReadPersons(subjects);
        }

        isAbout = e => scopes.Any(scope => scope.IsById ? e.Subjects().Any(person => people.Key(person) is { } key && persons.Contains(key))
            : scope.Users != null ? scope.IsAbout(e) : e.PackageId is { } package && scope.Packages!.Contains(package));
        Follow();
    }

    /// <summary>Reads what belongs to requests of which events are read.</summary>
    /// <param name="isAsked">Whether a request that began at a time, UTC ticks, is asked for; one without its beginning is.</param>
    /// <param name="until">The time since which everything is read already; null when there is none.</param>
    private void LoadRest(Predicate<long> isAsked, DateTimeOffset? until)
    {
        var unlinked = reader.Events.Where(e => e.RequestId == null).ToList();
        Follow();
        // What shares a correlation id has to be told apart.
        reader.ReadCorrelations(unlinked.Concat(whole == null ? Asked(isAsked).SelectMany(request => request) : [])
            .Select(e => e.CorrelationId).OfType<string>());
        Follow();
        var subjects = new List<IdentityText>();
        foreach (var request in Asked(isAsked))
        {
            var since = Begin(request) - RequestTiming.LogDelay ?? request.Min(e => e.Ticks) - RequestTiming.MostBefore;
            pairs.Add([.. request], since);
            if (request.All(e => e.AssignmentId == null)) nameless.Add([.. request], since);
            subjects.AddRange(request.SelectMany(e => e.Subjects()));
        }

        // What names no request may be of several.
        foreach (var one in unlinked) pairs.Add([one], one.Ticks - RequestTiming.MostBefore);
        if (pairs.Earliest is not { } earliest) return;
        var after = UtcTime.Of(Math.Max(earliest, ActivityTime.MinTicks));
        var persons = people.IdentitiesOf(subjects.Concat(unlinked.SelectMany(e => e.Subjects())));
        LoadEndings(after, persons);
        LoadUnlinked(after, until, persons);
    }

    private IEnumerable<IGrouping<string, EntitlementEvent>> Asked(Predicate<long> isAsked) => reader.Events.Where(e => e.RequestId != null)
        .GroupBy(e => e.RequestId!, StringComparer.OrdinalIgnoreCase).Where(request => Begin(request) is not { } begin || isAsked(begin));

    private static long? Begin(IEnumerable<EntitlementEvent> request) =>
        request.Where(e => e.Effect == RequestEffect.Submit).Min(e => (long?)e.Ticks);

    // A removal and what it removes mostly share the assignment; else person and package have to do.
    private void LoadEndings(DateTimeOffset after, HashSet<long> persons)
    {
        if (whole == null)
        {
            reader.ReadRows(previews.Endings(after, persons)
                .Where(ending => (ending.HasAssignment ? nameless : pairs).CanBeAbout(ending, reader.Words)).Select(ending => ending.Row));
            Follow();
        }

        var named = reader.Events.Where(e => e.RequestId != null).ToLookup(e => e.RequestId!, StringComparer.OrdinalIgnoreCase);
        var given = named.Where(request => !request.Any(e => e.IsTaking || e.Meaning?.Type.ChangesAssignment() == true))
            .SelectMany(request => request.Select(e => e.AssignmentId)).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        bool IsOfGiven(EntitlementEvent ending) =>
            (ending.RequestId is { } id ? named[id] : [ending]).Any(e => e.AssignmentId is { } assignment && given.Contains(assignment));
        // Whose assignment no other request names: of which of the person's it is has to be found out.
        ReadPersons(reader.Events.Where(e => e.Meaning is { } meaning && EntitlementEvent.Ends(meaning)
            && (e.AssignmentId == null ? pairs : nameless).CanBeAbout(e) && !IsOfGiven(e)).SelectMany(e => e.Subjects()));
        Follow();
    }

    // What names no request is of one that is asked for when it shares an id with it, or person and package.
    private void LoadUnlinked(DateTimeOffset after, DateTimeOffset? until, HashSet<long> persons)
    {
        reader.ReadRows(previews.Unlinked(after, until, persons).Where(preview => pairs.CanBeAbout(preview, reader.Words))
            .Select(preview => preview.Row));
        sharesCorrelation = e => e.RequestId == null;
        // Also of what was followed before.
        followed = 0;
        do Follow();
        while (ReadPersonsOfUnlinked());
    }

    // What can only be linked by person, package and time can be of any of the person's requests.
    private bool ReadPersonsOfUnlinked()
    {
        var count = reader.Events.Count;
        var persons = new List<IdentityText>();
        for (; looked < count; looked++)
        {
            var e = reader.Events[looked];
            if (e.RequestId == null && e.Meaning != null && e.Effect is not (RequestEffect.Review or RequestEffect.AddApprover)
                && !(e.CorrelationId is { } id && namedCorrelations.Contains(id)) && pairs.CanBeAbout(e)) persons.AddRange(e.Subjects());
        }

        ReadPersons(persons);
        return reader.Events.Count > count;
    }

    private void ReadPersons(IEnumerable<IdentityText> persons)
    {
        var some = persons.Where(person => people.Key(person) is { } key && readPersons.Add(key)).ToList();
        if (some.Count > 0) reader.ReadPersons(people.IdentitiesOf(some));
    }

    /// <summary>Reads what shares ids with events that are new, and with what comes of that.</summary>
    private void Follow()
    {
        while (Frontier() is { Count: > 0 } some)
        {
            reader.ReadRequests(some.Where(NeedsRequest).Select(e => e.RequestId!));
            reader.ReadAssignments(some.Where(NeedsAssignment).Select(e => e.AssignmentId!));
            reader.ReadCorrelations(some.Where(sharesCorrelation).Select(e => e.CorrelationId).OfType<string>());
        }
    }

    // Events that were read and not followed yet, as far as they are to be.
    private List<EntitlementEvent> Frontier()
    {
        var next = new List<EntitlementEvent>();
        for (; followed < reader.Events.Count; followed++)
        {
            var e = reader.Events[followed];
            if (isAbout?.Invoke(e) == false && !(e.RequestId is { } named && requests.Contains(named)))
            {
                if (e.RequestId is { } other) Put(other, e);
                continue;
            }

            next.Add(e);
            if (e.RequestId is not { } id) continue;
            if (requests.Add(id) && aside.Remove(id, out var earlier)) next.AddRange(earlier);
            if (e.Effect == RequestEffect.Submit) whole?.Add(id);
            if (e.CorrelationId is { } correlation) namedCorrelations.Add(correlation);
        }

        return next;
    }

    private void Put(string request, EntitlementEvent e)
    {
        if (!aside.TryGetValue(request, out var list)) aside.Add(request, list = []);
        list.Add(e);
    }

    private bool NeedsRequest(EntitlementEvent e) => e.RequestId is { } id && whole?.Contains(id) != true;

    // What ended in a time of which all is read may have begun before; what names no request may be of one that did.
    private bool NeedsAssignment(EntitlementEvent e) => e.AssignmentId != null
        && (whole == null || e.RequestId == null || e.Effect == RequestEffect.End || e.Meaning?.Type.ChangesAssignment() == true);
}
