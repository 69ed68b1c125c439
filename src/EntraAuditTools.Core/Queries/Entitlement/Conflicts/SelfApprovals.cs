using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Requests;

namespace EntraAuditTools.Core.Queries.Entitlement.Conflicts;

/// <summary>Requests that their own requestor approved.</summary>
internal static class SelfApprovals
{
    /// <summary>They, newest first.</summary>
    public static IEnumerable<AccessPackageConflict> Find(MirrorReader mirror, AccessPackageConflictFilter filter)
    {
        var requests = AccessPackageRequestQuery.Outlines(mirror,
            new AccessPackageRequestFilter { Selectors = filter.Selectors, AsOf = filter.AsOf, Tenant = filter.Tenant });
        return requests.Select(Of).OfType<AccessPackageConflict>();
    }

    /// <summary>The conflict of a request; null when nobody approved for themselves.</summary>
    public static AccessPackageConflict? Of(AccessPackageRequest request)
    {
        if (request.Approvals.FirstOrDefault(item => item.Decision == "Approved"
            && (IsSame(item.Approver, request.RequestedBy) || IsSame(item.Approver, request.User))) is not { } approval) return null;
        return new AccessPackageConflict
        {
            Kind = "SelfApproval",
            User = request.User,
            AccessPackage = request.AccessPackage,
            Since = approval.Time,
            Reason = $"{approval.Approver} approved stage {approval.Stage} of the request that "
                + $"{(IsSame(approval.Approver, request.RequestedBy) ? "they made" : "is for them")}.",
            RequestId = request.RequestId,
        };
    }

    private static bool IsSame(EntitlementSubject? a, EntitlementSubject? b) =>
        a?.Id != null && string.Equals(a.Id, b?.Id, StringComparison.OrdinalIgnoreCase);
}
