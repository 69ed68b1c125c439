using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Linking;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Loading;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Objects;
using EntraAuditTools.Core.Queries.Identities;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Reconstruction;

/// <summary>
/// The requests that a question is about: their events are loaded, linked, followed, and joined with what was exported of them.
/// </summary>
internal sealed class RequestReconstruction : IDisposable
{
    private readonly EventReader reader;
    private readonly EventLoader loader;
    private readonly MirrorReader.ReadTransaction transaction;
    private Predicate<EventGroup> isWanted = _ => true;

    private RequestReconstruction(MirrorReader mirror, EntitlementReader entities, DateTimeOffset? asOf)
    {
        transaction = mirror.BeginRead(isLarge: true);
        reader = new(mirror, asOf);
        People = new(mirror);
        loader = new(reader, new EventPreviews(mirror, reader.Rows), People);
        Objects = new RequestObjects(entities);
    }

    public RequestObjects Objects { get; }

    public People People { get; }

    public ActivityDimensions Words => reader.Words;

    /// <summary>What the question is about; empty for everything.</summary>
    public IReadOnlyList<SelectorScope> Scopes { get; private set; } = [];

    /// <summary>The events of each request, also of those that are only there so that events find theirs.</summary>
    public List<EventGroup> Groups { get; private set; } = [];

    /// <summary>The requests, also those that are only there so that events find theirs.</summary>
    public List<ReconstructedRequest> Requests { get; } = [];

    /// <summary>Loads and reconstructs.</summary>
    /// <param name="mirror">The mirror, which stays open meanwhile.</param>
    /// <param name="selectors">Whom and what it is about; null or empty for everything.</param>
    /// <param name="after">Requests made at or after this time; only used without selectors.</param>
    /// <param name="before">Requests made before this time; only used without selectors.</param>
    /// <param name="asOf">The time to answer for; null for all that is known.</param>
    public static RequestReconstruction Run(MirrorReader mirror, IReadOnlyList<EntitlementSelector>? selectors, DateTimeOffset? after,
        DateTimeOffset? before, DateTimeOffset? asOf) =>
        Run(mirror, asOf, (found, entities) => found.Load(entities, selectors ?? [], after, before));

    /// <summary>Requests that may wait for approval; only they are reconstructed.</summary>
    /// <param name="mirror">The mirror, which stays open meanwhile.</param>
    /// <param name="part">Which of them.</param>
    /// <param name="asOf">The time to answer for; null for all that is known.</param>
    public static RequestReconstruction Run(MirrorReader mirror, WaitingPart part, DateTimeOffset? asOf) =>
        Run(mirror, asOf, (found, _) => found.Load(part));

    /// <summary>Whether a request is one of those asked for.</summary>
    public bool IsAskedFor(ReconstructedRequest request) => Scopes.Count == 0 || Scopes.Any(request.IsIn);

    /// <inheritdoc/>
    public void Dispose()
    {
        reader.Dispose();
        transaction.Dispose();
    }

    private static RequestReconstruction Run(MirrorReader mirror, DateTimeOffset? asOf,
        Func<RequestReconstruction, EntitlementReader, IReadOnlyCollection<RequestObject>> load)
    {
        var entities = new EntitlementReader(mirror, asOf);
        var found = new RequestReconstruction(mirror, entities, asOf);
        try
        {
            found.Reconstruct(load(found, entities));
            return found;
        }
        catch
        {
            found.Dispose();
            throw;
        }
    }

    // The events, and the objects of requests that the question is about.
    private IReadOnlyCollection<RequestObject> Load(EntitlementReader entities, IReadOnlyList<EntitlementSelector> selectors,
        DateTimeOffset? after, DateTimeOffset? before)
    {
        var scopes = selectors.Select(selector => SelectorScope.Of(entities, selector)).ToList();
        if (scopes.Count > 0 && scopes.TrueForAll(scope => scope.IsById || scope.Users != null || scope.Packages != null))
        {
            Scopes = scopes;
            var objects = Objects.Find(selectors);
            loader.LoadScopes(scopes, [.. objects.Select(request => request.RequestId)]);
            return objects;
        }

        if (after == null && before == null)
        {
            loader.LoadAll();
            return Objects.Find(null);
        }

        loader.LoadSpan(after, before);
        return Objects.InSpan(after, before);
    }

    private List<RequestObject> Load(WaitingPart part)
    {
        var objects = part.IsUndated ? Objects.Waiting().Where(request => !part.OtherIds.Contains(request.RequestId)).ToList() : [];
        var ids = objects.Select(request => request.RequestId).ToHashSet(StringComparer.OrdinalIgnoreCase);
        loader.LoadRequests(part.RequestIds.Concat(ids), part.Unlinked);
        isWanted = group => part.Has(group) || (group.RequestId is { } id && ids.Contains(id));
        return objects;
    }

    private void Reconstruct(IReadOnlyCollection<RequestObject> objects)
    {
        Groups = EventLinker.Link(reader.Events, People);
        var ends = AssignmentEnds.Find(Groups, People);
        var wanted = Groups.FindAll(isWanted);
        var byId = objects.ToDictionary(request => request.RequestId, StringComparer.OrdinalIgnoreCase);
        foreach (var more in Objects.ById(wanted.Select(group => group.RequestId).OfType<string>().Where(id => !byId.ContainsKey(id))))
            byId[more.RequestId] = more;
        foreach (var group in wanted)
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
