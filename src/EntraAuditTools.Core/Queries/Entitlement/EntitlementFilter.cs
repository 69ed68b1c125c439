namespace EntraAuditTools.Core.Queries.Entitlement;

/// <summary>What all questions about entitlement management have in common. Properties left null do not filter.</summary>
public abstract class EntitlementFilter
{
    /// <summary>Whom and what; any of them. Null for everything.</summary>
    public IReadOnlyList<EntitlementSelector>? Selectors { get; init; }

    /// <summary>The time to answer for; null for now (the newest that is known).</summary>
    public DateTimeOffset? AsOf { get; init; }

    public IReadOnlyList<string>? Tenant { get; init; }

    /// <summary>How many of the first to leave out.</summary>
    public long Skip { get; init; }

    /// <summary>How many to return at most; null for all.</summary>
    public long? First { get; init; }
}

/// <summary>Which assignments to return.</summary>
public sealed class AccessPackageAssignmentFilter : EntitlementFilter
{
    /// <summary>Name or id of the policy.</summary>
    public IReadOnlyList<string>? Policy { get; init; }

    /// <summary>Name or id of the catalog.</summary>
    public IReadOnlyList<string>? Catalog { get; init; }

    /// <summary>Delivered, Expired…; null for those that are held (or about to be: Delivering, Scheduled), <c>*</c> for all.</summary>
    public IReadOnlyList<string>? State { get; init; }

    /// <summary>Those that end within so long from the time asked for; null for any.</summary>
    public TimeSpan? ExpiringWithin { get; init; }

    /// <summary>Those held at any time at or after this; null for no such bound.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Those held at any time before this; null for no such bound.</summary>
    public DateTimeOffset? Before { get; init; }
}

/// <summary>Which access packages to return.</summary>
public sealed class AccessPackageFilter : EntitlementFilter
{
    /// <summary>Name or id of the catalog.</summary>
    public IReadOnlyList<string>? Catalog { get; init; }

    /// <summary>Name, id or URL of a resource of which the package gives a role.</summary>
    public IReadOnlyList<string>? Resource { get; init; }

    /// <summary>Only those that the selectors' user has. Needs a user.</summary>
    public bool Assigned { get; init; }

    /// <summary>Only those that the selectors' user can request, or may be able to: Yes and Unknown. Needs a user.</summary>
    public bool CanRequest { get; init; }
}

/// <summary>Which resource roles to return.</summary>
public sealed class ResourceAssignmentFilter : EntitlementFilter
{
    /// <summary>Name, id or URL of the resource.</summary>
    public IReadOnlyList<string>? Resource { get; init; }

    /// <summary>Name of the role.</summary>
    public IReadOnlyList<string>? Role { get; init; }
}

/// <summary>Which conflicts to return.</summary>
public sealed class AccessPackageConflictFilter : EntitlementFilter
{
    /// <summary>IncompatibleAccessPackage, IncompatibleGroup, SelfApproval.</summary>
    public IReadOnlyList<string>? Kind { get; init; }
}

/// <summary>Which connected organizations to return. The selectors are not used.</summary>
public sealed class ConnectedOrganizationFilter : EntitlementFilter
{
    /// <summary>Name or id.</summary>
    public IReadOnlyList<string>? Name { get; init; }

    /// <summary>configured, proposed, removed; null for those that are not removed.</summary>
    public IReadOnlyList<string>? State { get; init; }

    /// <summary>A domain of an identity source.</summary>
    public IReadOnlyList<string>? Domain { get; init; }
}

/// <summary>Which requests to return.</summary>
public sealed class AccessPackageRequestFilter : EntitlementFilter
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

/// <summary>Which events of access packages to return. Of the selectors, only packages and users (who started it) are used.</summary>
public sealed class AccessPackageActivityFilter : EntitlementFilter
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

/// <summary>Which changes of application role assignments to return. Of the selectors, only users (the principal) are used.</summary>
public sealed class AppRoleAssignmentActivityFilter : EntitlementFilter
{
    /// <summary>Name of the application, or object id of its service principal.</summary>
    public IReadOnlyList<string>? Application { get; init; }

    /// <summary>Also those that came from an access package.</summary>
    public bool IncludeEntitlement { get; init; }

    /// <summary>At or after this time.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? Before { get; init; }
}
