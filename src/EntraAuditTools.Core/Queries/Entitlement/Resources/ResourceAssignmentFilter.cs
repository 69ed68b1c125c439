using EntraAuditTools.Core.Queries.Entitlement.Entities;

namespace EntraAuditTools.Core.Queries.Entitlement.Resources;

/// <summary>Which resource roles to return.</summary>
internal sealed class ResourceAssignmentFilter : EntitlementFilter
{
    /// <summary>Name, id or URL of the resource.</summary>
    public IReadOnlyList<string>? Resource { get; init; }

    /// <summary>Name of the role.</summary>
    public IReadOnlyList<string>? Role { get; init; }
}
