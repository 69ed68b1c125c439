using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Loading;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Projection;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Reconstruction;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests;

/// <summary>Finds the requests that match, newest first, and holds what they were made of only as long as they are looked at.</summary>
/// <param name="mirror">The mirror, which stays open meanwhile.</param>
/// <param name="filter">Whom, when and as of when.</param>
/// <param name="matches">Whether a request is asked for, besides.</param>
internal sealed class RequestQuestion(MirrorReader mirror, AccessPackageRequestFilter filter, Func<ReconstructedRequest, bool> matches)
{
    // With what is read beside them, so that each event finds its request, they take about 100 MB.
    private const int MostAtOnce = 4096;

    /// <summary>The requests; each is to be projected before the next is taken.</summary>
    /// <param name="isWaiting">Whether only those that wait for approval are asked for: they are found without reading all others.</param>
    public IEnumerable<FoundRequest> Ask(bool isWaiting) =>
        isWaiting ? Waiting() : Found(() => RequestReconstruction.Run(mirror, filter.Selectors, filter.After, filter.Before, filter.AsOf));

    /// <summary>Is called with all requests that were reconstructed at once, when they were.</summary>
    public Action<RequestReconstruction>? Reconstructed { get; init; }

    private IEnumerable<FoundRequest> Waiting()
    {
        // All parts are of one state of the mirror, and none is large.
        using var transaction = mirror.BeginRead();
        var (undated, dated) = WaitingPart.Divide(ApprovalCandidates.Find(mirror, filter.AsOf), MostAtOnce);
        IEnumerable<FoundRequest> Of(WaitingPart part) => Found(() => RequestReconstruction.Run(mirror, part, filter.AsOf));
        foreach (var request in FoundRequest.Merge(Of(undated), dated.SelectMany(Of))) yield return request;
    }

    private IEnumerable<FoundRequest> Found(Func<RequestReconstruction> reconstruct)
    {
        using var found = reconstruct();
        Reconstructed?.Invoke(found);
        var directory = new DirectoryWrites(mirror, found.Words, found.Groups, filter.AsOf);
        var projection = new RequestProjection(mirror, found.Objects, directory, filter.AsOf ?? DateTimeOffset.UtcNow);
        foreach (var request in found.Requests.Where(request => matches(request) && found.IsAskedFor(request))
            .Select(request => new FoundRequest(request, projection)).Order()) yield return request;
    }
}
