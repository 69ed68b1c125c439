using EntraAuditTools.Core.Mirror;
using EntraAuditTools.Core.Queries.Entitlement.Requests;

namespace EntraAuditTools.Core.Queries.Entitlement;

/// <summary>The audit trail of assignments, from the requests that were put together from it.</summary>
/// <param name="mirror">The mirror, which stays open meanwhile.</param>
internal sealed class RequestTrail(MirrorReader mirror) : IAssignmentTrail
{
    private bool? hasEvents;

    /// <inheritdoc/>
    public IEnumerable<TrailAssignment> For(IReadOnlyCollection<string>? assignmentIds, IReadOnlyCollection<string>? userIds, IReadOnlyCollection<string>? packageIds)
    {
        // Without entitlement events there is nothing to look for among a million assignments.
        hasEvents ??= mirror.Query("SELECT EXISTS (SELECT 1 FROM entitlement_event)", row => row.GetInt64(0)).First() != 0;
        if (hasEvents == false) yield break;
        var selector = new EntitlementSelector { AssignmentId = Texts(assignmentIds), User = Texts(userIds), AccessPackage = Texts(packageIds) };
        foreach (var found in new AssignmentTrail(mirror).Find([selector]))
        {
            yield return new TrailAssignment
            {
                AssignmentId = found.AssignmentId,
                UserId = found.UserId,
                PackageId = found.PackageId,
                DeliveredAt = found.DeliveredAt,
                EndedAt = found.EndedAt,
                EndReason = found.EndReason,
                RequestId = found.RequestId,
            };
        }
    }

    private static List<string>? Texts(IReadOnlyCollection<string>? ids) => ids?.Select(WildcardText.Escape).ToList();
}
