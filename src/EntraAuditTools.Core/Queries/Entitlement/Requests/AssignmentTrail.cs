using EntraAuditTools.Core.Mirror;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests;

/// <summary>Assignments from the requests of the audit trail.</summary>
/// <param name="mirror">The mirror, which stays open meanwhile.</param>
/// <param name="asOf">Later events are left out; null for all. Ends that lie behind a date are often of use for it, too.</param>
internal sealed class AssignmentTrail(MirrorReader mirror, DateTimeOffset? asOf = null) : IAssignmentTrail
{
    /// <inheritdoc/>
    public IEnumerable<TrailAssignment> Find(IReadOnlyList<EntitlementSelector>? selectors)
    {
        using var found = RequestInvestigation.Run(mirror, selectors, null, null, asOf);
        foreach (var account in found.Accounts)
        {
            if (account.Draft == null || account.Type is "Removal" or "Extension" or "Update" || (account.DeliveredTicks == null && account.End == null) || !found.IsAskedFor(account)) continue;
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
