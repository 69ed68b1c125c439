using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Linking;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Loading;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Objects;
using EntraAuditTools.Core.Queries.Identities;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Reconstruction;

/// <summary>
/// Gathers what a question is about and puts the requests together: events of the persons, packages or times asked for, then what shares
/// ids with them, until nothing new comes. More requests than asked for can come of it: they are there so that each event goes to its own.
/// </summary>
internal sealed class RequestReconstruction : IDisposable
{
    private readonly MirrorReader mirror;
    private readonly EventReader source;
    private readonly MirrorReader.ReadTransaction together;
    private readonly HashSet<string> wantedRequests = new(StringComparer.OrdinalIgnoreCase);

    private RequestReconstruction(MirrorReader mirror, EntitlementReader reader, DateTimeOffset? asOf)
    {
        this.mirror = mirror;
        together = mirror.BeginRead(isLarge: true);
        source = new(mirror, asOf);
        People = new(mirror);
        Objects = new RequestObjects(reader);
    }

    public RequestObjects Objects { get; }

    public People People { get; }

    public ActivityDimensions Words => source.Words;

    /// <summary>What the question is about; empty for everything.</summary>
    public IReadOnlyList<SelectorScope> Scopes { get; private set; } = [];

    public List<EventGroup> Groups { get; private set; } = [];

    /// <summary>The requests.</summary>
    public List<ReconstructedRequest> Requests { get; } = [];

    /// <summary>Investigates.</summary>
    /// <param name="mirror">The mirror, which stays open meanwhile.</param>
    /// <param name="selectors">Whom and what it is about; null or empty for everything.</param>
    /// <param name="after">Requests made at or after this time; only used without selectors.</param>
    /// <param name="before">Requests made before this time; only used without selectors.</param>
    /// <param name="asOf">The time to answer for; null for all that is known.</param>
    /// <param name="readsRest">Whether all that lies behind a span is read; null decides by how much it is. The answer is the same.</param>
    public static RequestReconstruction Run(MirrorReader mirror, IReadOnlyList<EntitlementSelector>? selectors, DateTimeOffset? after,
        DateTimeOffset? before, DateTimeOffset? asOf, bool? readsRest = null)
    {
        var reader = new EntitlementReader(mirror, asOf);
        var found = new RequestReconstruction(mirror, reader, asOf);
        try
        {
            found.Scopes = [.. (selectors ?? []).Select(s => SelectorScope.Of(mirror, reader, s))
                .Where(s => s.IsById || s.Users != null || s.Packages != null)];
            var isAll = found.Scopes.Count == 0 || found.Scopes.Count < selectors!.Count;
            if (isAll) found.Scopes = [];
            var objects = isAll ? after == null && before == null ? found.Objects.Find(null) : found.Objects.InSpan(after, before)
                : found.Objects.Find(selectors);
            if (isAll) found.GatherSpan(after, before, readsRest);
            else found.GatherScopes(objects);
            found.Reconstruct(objects);
            return found;
        }
        catch
        {
            found.Dispose();
            throw;
        }
    }

    /// <summary>Whether a request is one of those asked for.</summary>
    public bool IsAskedFor(ReconstructedRequest request) => Scopes.Count == 0 || Scopes.Any(request.IsIn);

    /// <inheritdoc/>
    public void Dispose()
    {
        source.Dispose();
        together.Dispose();
    }

    private void GatherSpan(DateTimeOffset? after, DateTimeOffset? before, bool? readsRest)
    {
        if (after == null && before == null)
        {
            source.AddAll();
            return;
        }

        // Requests of the span go on behind it. Where little lies there it is read whole, else by what belongs to them.
        var from = after - TimeSpan.FromDays(1);
        if (!(readsRest ?? source.IsMostOfTheRest(after, before)))
        {
            SpanLoader.Run(source, People, from, before);
            return;
        }

        source.AddSpan(from, null);
        for (var count = -1; count != source.Events.Count;)
        {
            count = source.Events.Count;
            var events = source.Events.ToList();
            var begun = events.Where(e => e.Effect == RequestEffect.Submit).Select(e => e.RequestId).OfType<string>()
                .ToHashSet(StringComparer.OrdinalIgnoreCase);
            source.AddRequests(events.Select(e => e.RequestId).OfType<string>().Where(id => !begun.Contains(id)));
            // What ended may have begun before the span; what names no request may be of one that did.
            source.AddAssignments(events.Where(e => e.RequestId == null || e.Effect == RequestEffect.End
                || e.Meaning?.Type.ChangesAssignment() == true).Select(e => e.AssignmentId).OfType<string>());
            source.AddCorrelations(events.Where(e => e.RequestId == null).Select(e => e.CorrelationId).OfType<string>());
            if (source.Events.Count != count) continue;
            var known = events.Where(e => e.RequestId != null).Select(e => e.CorrelationId).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
            source.AddPersons(events.Where(e => SpanLoader.LinksByPerson(e)
                && (e.CorrelationId == null || !known.Contains(e.CorrelationId))).SelectMany(e => e.Subjects()));
            source.AddPersons(events.Where(e => e.Meaning?.Type == RequestType.Removal && e.AssignmentId == null).SelectMany(e => e.Subjects()));
        }
    }

    private void GatherScopes(IReadOnlyCollection<RequestObject> objects)
    {
        wantedRequests.UnionWith(objects.Select(o => o.RequestId));
        source.AddRequests(wantedRequests);
        var persons = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var scope in Scopes)
        {
            if (scope.RequestIds is { } requests) source.AddRequests(requests);
            if (scope.AssignmentIds is { } assignments) source.AddAssignments(assignments);
            source.AddIdentities(scope.Users != null ? scope.UserIdentities : scope.PackageIdentities);
        }

        if (Scopes.Any(s => s.IsById))
        {
            // An assignment's events may name other requests of it; all of one person are there to tell them apart.
            Expand(_ => true);
            var subjects = source.Events.SelectMany(e => e.Subjects()).ToList();
            persons.UnionWith(subjects.Select(s => s.ObjectId ?? s.UserPrincipalName).OfType<string>());
            source.AddPersons(subjects);
        }

        Expand(one => Scopes.Any(s => s.IsById ? one.Subjects().Any(p => (p.ObjectId ?? p.UserPrincipalName) is { } key && persons.Contains(key))
            : s.Users != null ? s.IsAbout(one) : one.PackageId is { } package && s.Packages!.Contains(package)));
    }

    /// <summary>Reads what shares ids with the events wanted, and with what comes of that.</summary>
    private void Expand(Func<EntitlementEvent, bool> isWanted)
    {
        for (var count = -1; count != source.Events.Count;)
        {
            count = source.Events.Count;
            var wanted = source.Events.Where(e => isWanted(e) || (e.RequestId is { } id && wantedRequests.Contains(id))).ToList();
            wantedRequests.UnionWith(wanted.Select(e => e.RequestId).OfType<string>());
            source.AddRequests(wanted.Select(e => e.RequestId).OfType<string>());
            source.AddAssignments(wanted.Select(e => e.AssignmentId).OfType<string>());
            // Also the requests that share it: what names none has to be told apart between them.
            source.AddCorrelations(wanted.Select(e => e.CorrelationId).OfType<string>());
        }
    }

    private void Reconstruct(IReadOnlyCollection<RequestObject> objects)
    {
        Groups = EventLinker.Link(source.Events, People);
        var ends = AssignmentEnds.Find(Groups, People);
        var byId = objects.ToDictionary(o => o.RequestId, StringComparer.OrdinalIgnoreCase);
        foreach (var more in Objects.ById(Groups.Select(d => d.RequestId).OfType<string>().Where(id => !byId.ContainsKey(id)))) byId[more.RequestId] = more;
        foreach (var group in Groups)
        {
            RequestObject? fromObject = null;
            if (group.RequestId is { } id) byId.Remove(id, out fromObject);
            Requests.Add(new(group, fromObject, ends.GetValueOrDefault(group), People));
        }

        Requests.AddRange(byId.Values.Select(o => new ReconstructedRequest(null, o, null, People)));
        var open = Requests.Where(a => a.CanHaveEnded).ToList();
        var exported = Objects.Ends(open.Select(a => a.AssignmentId!));
        foreach (var request in open)
        {
            if (exported.TryGetValue(request.AssignmentId!, out var end)) request.EndBy(end);
        }
    }
}
