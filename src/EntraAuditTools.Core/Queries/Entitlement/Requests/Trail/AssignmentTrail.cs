using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Reconstruction;
using EntraAuditTools.Core.Queries.Entitlement.Requests.States;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Trail;

/// <summary>Assignments from the requests of the audit trail.</summary>
/// <param name="mirror">The mirror, which stays open meanwhile.</param>
/// <param name="asOf">Later events are left out; null for all. Ends that lie behind a date are often of use for it, too.</param>
internal sealed class AssignmentTrail(MirrorReader mirror, DateTimeOffset? asOf = null)
{
    private List<TrailAssignment>? whole;

    /// <summary>Requests for access that are in the trail, as they were at a time; null for all that is known.</summary>
    public IEnumerable<TrailRequest> Requests(IReadOnlyList<EntitlementSelector>? selectors, DateTimeOffset? asOf)
    {
        using var found = RequestReconstruction.Run(mirror, selectors, null, null, asOf);
        var requests = new List<TrailRequest>();
        foreach (var request in found.Requests)
        {
            // Where nothing shows what was asked for, only that approvers were asked or that it is under way says that it gives.
            if (request.Group == null || request.Type.ChangesAssignment()
                || (request.Type == RequestType.Unknown && request.Status == RequestStatus.Submitted)
                || !found.IsAskedFor(request)) continue;
            if (request.User?.Id is { } user && request.Package?.Id is { } package)
                requests.Add(new(request.RequestId, user, package, request.Status, request.FirstHeard.UtcTicks));
        }

        return requests;
    }

    /// <summary>Assignments that are in the trail, for some selectors; null for all, which are read once.</summary>
    public IEnumerable<TrailAssignment> Find(IReadOnlyList<EntitlementSelector>? selectors) =>
        selectors == null ? whole ??= [.. Read(null)] : Read(selectors);

    /// <summary>Takes the assignments from requests that were reconstructed for another question.</summary>
    /// <param name="found">All requests, of the same time as the trail.</param>
    public void Keep(RequestReconstruction found) => whole = [.. Of(found)];

    private IEnumerable<TrailAssignment> Read(IReadOnlyList<EntitlementSelector>? selectors)
    {
        using var found = RequestReconstruction.Run(mirror, selectors, null, null, asOf);
        foreach (var assignment in Of(found)) yield return assignment;
    }

    private static IEnumerable<TrailAssignment> Of(RequestReconstruction found)
    {
        foreach (var request in found.Requests)
        {
            if (request.Group == null || request.Type.ChangesAssignment()
                || (request.DeliveredTicks == null && request.End == null) || !found.IsAskedFor(request)) continue;
            yield return new TrailAssignment
            {
                AssignmentId = request.AssignmentId,
                UserId = request.User?.Id,
                PackageId = request.Package?.Id,
                PolicyId = request.Policy?.Id,
                RequestId = request.RequestId,
                DeliveredAt = request.DeliveredTicks is { } ticks ? UtcTime.Of(ticks) : null,
                EndedAt = request.End?.EndedTicks is { } gone ? UtcTime.Of(gone) : null,
                EndRequestedAt = request.End is { } end ? UtcTime.Of(end.AskedTicks) : null,
                EndReason = request.End?.Reason,
            };
        }
    }
}
