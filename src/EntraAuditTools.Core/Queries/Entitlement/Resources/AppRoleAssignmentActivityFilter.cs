using EntraAuditTools.Core.Queries.Entitlement.Entities;

namespace EntraAuditTools.Core.Queries.Entitlement.Resources;

/// <summary>Which changes of application role assignments to return. Of the selectors, only users (the principal) are used.</summary>
internal sealed class AppRoleAssignmentActivityFilter : EntitlementFilter
{
    /// <summary>Name of the application, or object id of its service principal.</summary>
    public IReadOnlyList<string>? Application { get; init; }

    /// <summary>success, failure.</summary>
    public IReadOnlyList<string>? Result { get; init; }

    /// <summary>Also those that came from an access package.</summary>
    public bool IncludeEntitlement { get; init; }

    /// <summary>At or after this time.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? Before { get; init; }
}
