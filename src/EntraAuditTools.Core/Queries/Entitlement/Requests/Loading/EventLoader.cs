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

    // Of whom everything was read, and of which time, UTC ticks.
    private readonly Dictionary<string, (long From, long To)> readPersons = [];

    // Requests of which events were followed: the rest of their events is, too.
    private readonly HashSet<string> requests = new(StringComparer.OrdinalIgnoreCase);

    // Read and not followed, by the request that it names.
    private readonly Dictionary<string, List<EntitlementEvent>> aside = new(StringComparer.OrdinalIgnoreCase);

    // Correlation ids of events that were followed and name their request.
    private readonly HashSet<string> namedCorrelations = new(StringComparer.OrdinalIgnoreCase);

    // Requests that are asked for, and those of them that may have given an assignment: all, those that name none, and those of which
    // nothing says that they were delivered.
    private readonly PersonPackages pairs = new(people), givers = new(people), nameless = new(people), undelivered = new(people);

    // Which events are followed; null for all.
    private Func<EntitlementEvent, bool>? isAbout;

    // Whose correlation ids are followed.
    private Func<EntitlementEvent, bool> sharesCorrelation = _ => false;

    private int followed, looked;

    /// <summary>Reads everything.</summary>
    public void LoadAll() => reader.ReadSpan(null, null);

    /// <summary>Reads what belongs to requests made in a span; at most one of its ends is null.</summary>
    public void LoadSpan(DateTimeOffset? after, DateTimeOffset? before)
    {
        var since = after - Margin;
        reader.ReadSpan(since, before);
        var (from, to) = (after?.UtcTicks - RequestTiming.LogDelay, before?.UtcTicks + RequestTiming.LogDelay);
        LoadRest(begin => !(begin < from) && !(begin > to), until: before == null ? since : null);
    }

    /// <summary>Reads what belongs to some requests.</summary>
    /// <param name="ids">Ids of requests.</param>
    /// <param name="unlinked">Rows of events that name no request; theirs are meant, too.</param>
    public void LoadRequests(IEnumerable<string> ids, IEnumerable<long> unlinked)
    {
        reader.ReadRows(unlinked);
        reader.ReadRequests(ids);
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

        // Also the requests that share a correlation id: what names no request has to be divided between them.
        sharesCorrelation = _ => true;
        var persons = new HashSet<string>();
        if (scopes.Any(scope => scope.IsById))
        {
            // An assignment's events may name other requests of it; all of one person are there to distinguish them.
            Follow();
            var subjects = reader.Events.SelectMany(e => e.Subjects()).ToList();
            persons.UnionWith(subjects.Select(people.Key).OfType<string>());
            ReadPersons(subjects.Select(person => (person, 0L, long.MaxValue)));
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
        // What shares a correlation id has to be divided between its requests.
        reader.ReadCorrelations(unlinked.Concat(until == null ? Asked(isAsked).SelectMany(request => request) : [])
            .Select(e => e.CorrelationId).OfType<string>());
        Follow();
        var subjects = new List<IdentityText>();
        foreach (var request in Asked(isAsked))
        {
            Pair([.. request], Begin(request) - RequestTiming.LogDelay ?? request.Min(e => e.Ticks) - RequestTiming.MostBefore);
            subjects.AddRange(request.SelectMany(e => e.Subjects()));
        }

        // What names no request may be of several.
        foreach (var e in unlinked) Pair([e], e.Ticks - RequestTiming.MostBefore);
        if (pairs.Earliest is not { } earliest) return;
        var after = UtcTime.Of(Math.Max(earliest, ActivityTime.MinTicks));
        var persons = people.IdentitiesOf(subjects.Concat(unlinked.SelectMany(e => e.Subjects())));
        LoadEndings(after, until, persons);
        LoadUnlinked(after, until, persons);
    }

    private void Pair(List<EntitlementEvent> request, long since)
    {
        pairs.Add(request, since);
        if (request.Exists(IsOfOther)) return;
        givers.Add(request, since);
        if (request.TrueForAll(e => e.AssignmentId == null)) nameless.Add(request, since);
        if (!request.Exists(e => e.Delivers)) undelivered.Add(request, since);
    }

    // Whether an event is of a request that is about the assignment of another.
    private static bool IsOfOther(EntitlementEvent e) => e.IsTaking || e.Meaning?.Type.ChangesAssignment() == true;

    private IEnumerable<IGrouping<string, EntitlementEvent>> Asked(Predicate<long> isAsked) => reader.Events.Where(e => e.RequestId != null)
        .GroupBy(e => e.RequestId!, StringComparer.OrdinalIgnoreCase).Where(request => Begin(request) is not { } begin || isAsked(begin));

    private static long? Begin(IEnumerable<EntitlementEvent> request) =>
        request.Where(e => e.Effect == RequestEffect.Submit).Min(e => (long?)e.Ticks);

    // A removal and what it removes mostly share the assignment; else person and package have to do.
    private void LoadEndings(DateTimeOffset after, DateTimeOffset? until, HashSet<long> persons)
    {
        if (until == null)
        {
            reader.ReadRows(previews.Endings(after, persons)
                .Where(ending => (ending.HasAssignment ? nameless : givers).CanBeAbout(ending, reader.Words)).Select(ending => ending.Row));
            Follow();
            // Also the decision of a review that may be the reason.
            reader.ReadCorrelations(reader.Events.Where(e => e.Meaning is { } meaning && EntitlementEvent.Ends(meaning)
                && givers.CanBeAbout(e))
                .Select(e => e.CorrelationId).OfType<string>().ToList());
            Follow();
        }

        var named = reader.Events.Where(e => e.RequestId != null).ToLookup(e => e.RequestId!, StringComparer.OrdinalIgnoreCase);
        var given = named.Where(request => !request.Any(IsOfOther))
            .SelectMany(request => request.Select(e => e.AssignmentId)).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        bool IsOfGiven(EntitlementEvent ending) =>
            (ending.RequestId is { } id ? named[id] : [ending]).Any(e => e.AssignmentId is { } assignment && given.Contains(assignment));
        // Whose assignment no other request names: it is of the last of the person's that was delivered. Where that is not one that is
        // asked for, it has to be found.
        ReadPersons(reader.Events.Where(e => e.Meaning is { } meaning && EntitlementEvent.Ends(meaning) && undelivered.CanBeAbout(e)
            && (e.AssignmentId == null || nameless.CanBeAbout(e)) && !IsOfGiven(e))
            .SelectMany(e => e.Subjects(), (e, person) => (person, 0L, e.Ticks + RequestTiming.LogDelay)));
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
        var persons = new List<(IdentityText, long, long)>();
        for (; looked < count; looked++)
        {
            var e = reader.Events[looked];
            if (e.RequestId == null && e.Meaning is { } meaning && EntitlementEvent.LinksByPerson(meaning)
                && !(e.CorrelationId is { } id && namedCorrelations.Contains(id)) && pairs.CanBeAbout(e))
                persons.AddRange(e.Subjects().Select(person => (person, EarliestOf(e), e.Ticks + RequestTiming.MostBefore)));
        }

        ReadPersons(persons);
        return reader.Events.Count > count;
    }

    // The end of an assignment can come at any time.
    private static long EarliestOf(EntitlementEvent e) => e.Effect == RequestEffect.End ? 0 : e.Ticks - RequestTiming.MostAfter;

    // A request that an event can be of has an event in the time around it.
    private void ReadPersons(IEnumerable<(IdentityText Person, long From, long To)> persons)
    {
        var wanted = new Dictionary<string, (IdentityText Person, long From, long To)>();
        foreach (var (person, from, to) in persons)
        {
            if (people.Key(person) is not { } key) continue;
            var known = wanted.TryGetValue(key, out var other) ? (other.From, other.To) : readPersons.GetValueOrDefault(key, (from, to));
            wanted[key] = (person, Math.Min(from, known.Item1), Math.Max(to, known.Item2));
        }

        foreach (var (key, (_, from, to)) in wanted.ToList())
        {
            if (readPersons.TryGetValue(key, out var known) && known == (from, to)) wanted.Remove(key);
            else readPersons[key] = (from, to);
        }

        reader.ReadPersons(wanted.Values.Select(span => (people.IdentitiesOf([span.Person]), span.From, span.To)));
    }

    /// <summary>Reads what shares ids with events that are new, and with what comes of that.</summary>
    private void Follow()
    {
        while (Frontier() is { Count: > 0 } some)
        {
            reader.ReadRequests(some.Select(e => e.RequestId).OfType<string>());
            reader.ReadAssignments(some.Select(e => e.AssignmentId).OfType<string>());
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
            if (e.CorrelationId is { } correlation) namedCorrelations.Add(correlation);
        }

        return next;
    }

    private void Put(string request, EntitlementEvent e)
    {
        if (!aside.TryGetValue(request, out var list)) aside.Add(request, list = []);
        list.Add(e);
    }

}
