using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Loading;

/// <summary>
/// Gathers the events of requests made in a span, where much of the log lies behind it. Requests go on behind the span and share ids and
/// persons with others: those are gathered as far as an event could be of either.
/// </summary>
internal sealed class SpanLoader
{
    private readonly EventReader source;
    private readonly HashSet<string> assignments = new(StringComparer.OrdinalIgnoreCase);

    // Whether an event that names its request has it.
    private readonly Dictionary<string, bool> correlations = new(StringComparer.OrdinalIgnoreCase);
    private readonly PersonsPackages all, nameless;
    private int followed;

    private SpanLoader(EventReader source, People people)
    {
        this.source = source;
        (all, nameless) = (new(people), new(people));
    }

    /// <summary>Reads what belongs to requests of a span.</summary>
    /// <param name="source">Takes the events.</param>
    /// <param name="people">Keys of persons.</param>
    /// <param name="after">The beginning of the span, with some room before it.</param>
    /// <param name="before">The end of the span.</param>
    public static void Run(EventReader source, People people, DateTimeOffset? after, DateTimeOffset? before)
    {
        var gathering = new SpanLoader(source, people);
        source.AddSpan(after, before);
        gathering.Follow();
        var persons = source.IdentitiesOf(source.Events.SelectMany(e => e.Subjects()));
        gathering.Pair();
        gathering.TakeEndings(source.Endings(after), persons);
        gathering.TakeUnlinked(after?.AddTicks(-RequestTiming.MostBefore), persons);
    }

    /// <summary>Whether an event that names no request can be tied by person, package and time.</summary>
    public static bool LinksByPerson(EntitlementEvent one) =>
        one.RequestId == null && one.Meaning != null && one.Effect is not (RequestEffect.Review or RequestEffect.AddApprover);

    // All of the requests and of the assignments that events name.
    private void Follow()
    {
        while (followed < source.Events.Count)
        {
            var some = source.Events.Skip(followed).ToList();
            followed += some.Count;
            foreach (var one in some)
            {
                if (one.AssignmentId is { } assignment) assignments.Add(assignment);
                if (one.CorrelationId is { } correlation) correlations[correlation] = one.RequestId != null || correlations.GetValueOrDefault(correlation);
            }

            source.AddRequests(some.Select(e => e.RequestId).OfType<string>());
            source.AddAssignments(some.Select(e => e.AssignmentId).OfType<string>());
        }
    }

    private void Pair()
    {
        foreach (var request in source.Events.ToLookup(e => e.RequestId, StringComparer.OrdinalIgnoreCase))
        {
            all.Add(request, isOne: request.Key != null);
            if (request.Key != null && !request.Any(e => e.AssignmentId != null)) nameless.Add(request, isOne: true);
        }
    }

    // A removal and what it removes mostly share the assignment; else person and package have to do.
    private void TakeEndings(List<UnlinkedEvent> endings, HashSet<long> persons)
    {
        var taken = endings.Where(e => Array.Exists(e.Identities, persons.Contains) && (e.Assignment == null ? all : nameless)
            .AreNamed(e, source.Words)).Select(e => e.Row).ToHashSet();
        source.AddRows(taken);
        Follow();
        // Whose assignment no other request names: of which of the person's it is has to be found out.
        var given = source.Events.Where(e => e.RequestId != null).GroupBy(e => e.RequestId!, StringComparer.OrdinalIgnoreCase)
            .Where(request => !request.Any(e => e.IsTaking || e.Meaning?.Type.ChangesAssignment() == true))
            .SelectMany(request => request.Select(e => e.AssignmentId).OfType<string>()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        source.AddPersons(source.Events.Where(e => taken.Contains(e.Row) && !(e.AssignmentId is { } id && given.Contains(id)))
            .SelectMany(e => e.Subjects()).ToList());
        Follow();
    }

    private void TakeUnlinked(DateTimeOffset? after, HashSet<long> persons)
    {
        var unlinked = source.Unlinked(after);
        var named = unlinked.Where(e => Array.Exists(e.Identities, persons.Contains) && all.AreNamed(e, source.Words)).Select(e => e.Row).ToHashSet();
        // What does not say whom it is about is tied by its correlation id alone.
        var approverPrompts = source.ApproverPrompts(after);
        var impersonal = source.Correlations(unlinked.Where(e => !named.Contains(e.Row) && (!e.HasUser || approverPrompts.Contains(e.Row))).Select(e => e.Row)).ToList();
        for (var count = -1; count != source.Events.Count;)
        {
            count = source.Events.Count;
            source.AddRows(unlinked.Where(e => named.Contains(e.Row) || (e.Assignment is { } a && assignments.Contains(a))).Select(e => e.Row));
            source.AddRows(impersonal.Where(e => correlations.ContainsKey(e.Correlation)).Select(e => e.Row));
            Follow();
            // Whatever else they could be of.
            source.AddCorrelations(source.Events.Where(e => e.RequestId == null).Select(e => e.CorrelationId).OfType<string>());
            Follow();
            source.AddPersons(source.Events.Where(e => named.Contains(e.Row) && LinksByPerson(e)
                && !(e.CorrelationId is { } c && correlations[c])).SelectMany(e => e.Subjects()).ToList());
            Follow();
        }
    }

    /// <summary>Who has requests for which package.</summary>
    private sealed class PersonsPackages(People people)
    {
        private readonly HashSet<(string Person, string? Package)> pairs = [];
        private readonly HashSet<string> persons = [];

        /// <summary>Adds events, each by itself or as of one request, whose package may be named in only one of them; null is any.</summary>
        public void Add(IEnumerable<EntitlementEvent> events, bool isOne)
        {
            if (!isOne)
            {
                foreach (var one in events) Add([one], isOne: true);
                return;
            }

            var (own, packages) = (new HashSet<string>(), new HashSet<string>());
            foreach (var one in events)
            {
                foreach (var person in one.Subjects())
                {
                    if (people.Key(person) is { } key) own.Add(key);
                }

                if (one.PackageId is { } package) packages.Add(package.ToLowerInvariant());
            }

            persons.UnionWith(own);
            foreach (var person in own)
            {
                if (packages.Count == 0) pairs.Add((person, null));
                foreach (var package in packages) pairs.Add((person, package));
            }
        }

        /// <summary>Whether an event names a pair, or a person of one and no package.</summary>
        public bool AreNamed(UnlinkedEvent one, ActivityDimensions words)
        {
            var named = Array.ConvertAll(one.Identities, words.Identity);
            var packages = named.Where(n => n.Type is { } type && Utf8.Is(type, "AccessPackage") && n.ObjectId != null)
                .Select(n => n.ObjectId!.ToLowerInvariant()).ToList();
            foreach (var key in named.Select(people.Key).OfType<string>())
            {
                if (pairs.Contains((key, null)) || packages.Exists(package => pairs.Contains((key, package)))
                    || (packages.Count == 0 && persons.Contains(key))) return true;
            }

            return false;
        }
    }
}
