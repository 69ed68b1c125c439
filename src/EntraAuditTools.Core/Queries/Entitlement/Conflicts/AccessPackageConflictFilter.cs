using EntraAuditTools.Core.Queries.Entitlement.Entities;

namespace EntraAuditTools.Core.Queries.Entitlement.Conflicts;

/// <summary>Which conflicts to return.</summary>
internal sealed class AccessPackageConflictFilter : EntitlementFilter
{
    /// <summary>IncompatibleAccessPackage, IncompatibleGroup, SelfApproval.</summary>
    public IReadOnlyList<string>? Kind { get; init; }
}
