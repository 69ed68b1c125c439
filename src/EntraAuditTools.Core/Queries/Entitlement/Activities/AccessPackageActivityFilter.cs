using EntraAuditTools.Core.Queries.Entitlement.Entities;

namespace EntraAuditTools.Core.Queries.Entitlement.Activities;

/// <summary>Which events of access packages to return. Of the selectors, only packages and users (who started it) are used.</summary>
internal sealed class AccessPackageActivityFilter : EntitlementFilter
{
    /// <summary>Names of activities.</summary>
    public IReadOnlyList<string>? Operation { get; init; }

    /// <summary>success, failure…</summary>
    public IReadOnlyList<string>? Result { get; init; }

    /// <summary>At or after this time.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? Before { get; init; }
}
