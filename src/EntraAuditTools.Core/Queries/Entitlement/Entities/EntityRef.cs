using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>An entity as others name it.</summary>
/// <param name="Number">Its number in this mirror.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its newest name; null when no export contains it.</param>
/// <param name="UserPrincipalName">Its newest UPN; null when no export contains it.</param>
/// <param name="Tenant">Its tenant as a term; 0 when unknown.</param>
internal sealed record EntityRef(long Number, EntityKind Kind, string Id, string? Name, string? UserPrincipalName, long Tenant)
{
    /// <summary>As objects show it.</summary>
    public EntitlementReference ToReference() => new() { Id = Id, DisplayName = Name };
}
