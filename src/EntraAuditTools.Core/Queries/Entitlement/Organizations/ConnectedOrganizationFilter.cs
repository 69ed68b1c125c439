using EntraAuditTools.Core.Queries.Entitlement.Entities;

namespace EntraAuditTools.Core.Queries.Entitlement.Organizations;

/// <summary>Which connected organizations to return. The selectors are not used.</summary>
internal sealed class ConnectedOrganizationFilter : EntitlementFilter
{
    /// <summary>Name or id.</summary>
    public IReadOnlyList<string>? Name { get; init; }

    /// <summary>configured, proposed, removed; null for those that are not removed.</summary>
    public IReadOnlyList<string>? State { get; init; }

    /// <summary>A domain of an identity source.</summary>
    public IReadOnlyList<string>? Domain { get; init; }
}
