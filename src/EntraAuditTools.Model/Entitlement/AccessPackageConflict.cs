namespace EntraAuditTools;

/// <summary>Access that must not go together (separation of duties), or a request that its own requestor approved.</summary>
public sealed class AccessPackageConflict
{
    /// <summary><c>IncompatibleAccessPackage</c>, <c>IncompatibleGroup</c> or <c>SelfApproval</c>.</summary>
    public string Kind { get; init; } = string.Empty;

    /// <summary>Who; null when no export contains it.</summary>
    public EntitlementSubject? User { get; init; }

    /// <summary>The package that declares the incompatibility, or that was requested.</summary>
    public EntitlementReference? AccessPackage { get; init; }

    /// <summary>The other package, or the group; null for self-approvals.</summary>
    public EntitlementReference? ConflictsWith { get; init; }

    /// <summary>Since when both are held, or when the request was approved, UTC; null when not known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>What is wrong, as a sentence.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>Object id of the user; null when no export contains it.</summary>
    public string? UserId => User?.Id;

    /// <summary>Id of the package; null when no export contains it.</summary>
    public string? AccessPackageId => AccessPackage?.Id;

    /// <summary>Id of the assignment of <see cref="AccessPackage"/>; null when no export contains it.</summary>
    public string? AssignmentId => Assignment?.AssignmentId;

    /// <summary>Id of the request that approved itself; null for the other kinds.</summary>
    public string? RequestId { get; init; }

    /// <summary>The assignment of <see cref="AccessPackage"/>; null for self-approvals that led to none.</summary>
    public AccessPackageAssignment? Assignment { get; init; }

    /// <summary>The assignment of the other package; null for groups and self-approvals.</summary>
    public AccessPackageAssignment? OtherAssignment { get; init; }

    /// <summary>"user: package and other".</summary>
    public override string ToString() =>
        ConflictsWith is null ? $"{User}: {AccessPackage} ({Kind})" : $"{User}: {AccessPackage} and {ConflictsWith}";
}
