namespace EntraAuditTools.Core.Queries.Entitlement;

/// <summary>Which conflicts to return.</summary>
public sealed class AccessPackageConflictFilter : EntitlementFilter
{
    /// <summary>IncompatibleAccessPackage, IncompatibleGroup, SelfApproval.</summary>
    public IReadOnlyList<string>? Kind { get; init; }
}
