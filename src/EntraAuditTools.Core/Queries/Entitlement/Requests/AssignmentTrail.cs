using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests;

/// <summary>Assignments from the requests of the audit trail.</summary>
/// <param name="mirror">The mirror, which stays open meanwhile.</param>
/// <param name="asOf">Later events are left out; null for all. Ends that lie behind a date are often of use for it, too.</param>
internal sealed class AssignmentTrail(MirrorReader mirror, DateTimeOffset? asOf = null) : IAssignmentTrail
{
    /// <inheritdoc/>
    public IEnumerable<TrailRequest> Requests(IReadOnlyList<EntitlementSelector>? selectors, DateTimeOffset? asOf)
    {
        using var found = RequestInvestigation.Run(mirror, selectors, null, null, asOf);
        var requests = new List<TrailRequest>();
        foreach (var account in found.Accounts)
        {
            // Where nothing tells what was asked for, only that approvers were asked or that it is under way says that it gives.
            if (account.Draft == null || account.Type is "Removal" or "Extension" or "Update"
                || (account.Type == "Unknown" && account.Status == RequestStates.Submitted) || !found.IsAskedFor(account)) continue;
            if (account.User?.Id is { } user && account.Package?.Id is { } package)
                requests.Add(new(account.RequestId, user, package, account.Status, account.FirstHeard.UtcTicks));
        }

        return requests;
    }

    /// <inheritdoc/>
    public IEnumerable<TrailAssignment> Find(IReadOnlyList<EntitlementSelector>? selectors)
    {
        using var found = RequestInvestigation.Run(mirror, selectors, null, null, asOf);
        foreach (var account in found.Accounts)
        {
            if (account.Draft == null || account.Type is "Removal" or "Extension" or "Update"
                || (account.DeliveredTicks == null && account.End == null) || !found.IsAskedFor(account)) continue;
            yield return new TrailAssignment
            {
                AssignmentId = account.AssignmentId,
                UserId = account.User?.Id,
                PackageId = account.Package?.Id,
                PolicyId = account.Policy?.Id,
                RequestId = account.RequestId,
                DeliveredAt = account.DeliveredTicks is { } ticks ? UtcTime.Of(ticks) : null,
                EndedAt = account.End?.EndedTicks is { } gone ? UtcTime.Of(gone) : null,
                EndRequestedAt = account.End is { } end ? UtcTime.Of(end.AskedTicks) : null,
                EndReason = account.End?.Reason,
            };
        }
    }
}
