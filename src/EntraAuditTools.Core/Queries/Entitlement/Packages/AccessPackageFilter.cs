using EntraAuditTools.Core.Queries.Entitlement.Entities;

namespace EntraAuditTools.Core.Queries.Entitlement.Packages;

/// <summary>Which access packages to return.</summary>
internal sealed class AccessPackageFilter : EntitlementFilter
{
    /// <summary>Name or id of the catalog.</summary>
    public IReadOnlyList<string>? Catalog { get; init; }

    /// <summary>Name, id or URL of a resource of which the package gives a role.</summary>
    public IReadOnlyList<string>? Resource { get; init; }

    /// <summary>
    /// UPN, id or name of the person who asks for the users, or, without users, for those whom that person manages; null where the users
    /// ask.
    /// </summary>
    public string? RequestedBy { get; init; }

    /// <summary>Only those that the selectors' user has. Needs a user.</summary>
    public bool Assigned { get; init; }

    /// <summary>Only those that the selectors' user can request, or may be able to: Yes and Unknown. Needs a user.</summary>
    public bool CanRequest { get; init; }
}
