using EntraAuditTools.Core.Queries.Entitlement.Entities;

namespace EntraAuditTools.Core.Queries.Entitlement.Assignments;

/// <summary>Which assignments to return.</summary>
internal sealed class AccessPackageAssignmentFilter : EntitlementFilter
{
    /// <summary>Name or id of the policy.</summary>
    public IReadOnlyList<string>? Policy { get; init; }

    /// <summary>Name or id of the catalog.</summary>
    public IReadOnlyList<string>? Catalog { get; init; }

    /// <summary>Delivered, Expired…; null for those that are held (or about to be: Delivering, Scheduled), <c>*</c> for all.</summary>
    public IReadOnlyList<string>? State { get; init; }

    /// <summary>Those that end within that span from the time asked for; null for any.</summary>
    public TimeSpan? ExpiringWithin { get; init; }

    /// <summary>Those held at any time at or after this; null for no such bound.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Those held at any time before this; null for no such bound.</summary>
    public DateTimeOffset? Before { get; init; }
}
