using EntraAuditTools.Core.Queries.Entitlement.Entities;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests;

/// <summary>Which requests to return.</summary>
internal sealed class AccessPackageRequestFilter : EntitlementFilter
{
    /// <summary>PendingApproval, Fulfilled…</summary>
    public IReadOnlyList<string>? Status { get; init; }

    /// <summary>UserRequest, DirectAssignment…</summary>
    public IReadOnlyList<string>? Type { get; init; }

    /// <summary>Requested at or after this time.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Requested before this time.</summary>
    public DateTimeOffset? Before { get; init; }
}
