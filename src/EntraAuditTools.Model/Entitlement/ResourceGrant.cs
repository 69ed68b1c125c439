namespace EntraAuditTools;

/// <summary>One way by which a user has a resource role: an assignment of an access package that gives it.</summary>
public sealed class ResourceGrant
{
    /// <summary>The package; null when no export contains it.</summary>
    public EntitlementReference? AccessPackage { get; init; }

    /// <summary>The policy; null when no export contains it.</summary>
    public EntitlementReference? Policy { get; init; }

    /// <summary>Since when, UTC; null when no export contains it.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Until when, UTC; null when it has no end, or (<see cref="EndKnown"/> false) none is known.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>
    /// Whether the end is known: false when no export contains the assignment's schedule, so that an empty <see cref="End"/> does not mean
    /// "no end".
    /// </summary>
    public bool EndKnown { get; init; }

    /// <summary>State of the assignment, or of the role where an export gives it.</summary>
    public string State { get; init; } = "Unknown";

    /// <summary>Id of the assignment; null when no export contains it.</summary>
    public string? AssignmentId { get; init; }

    /// <summary>
    /// <c>Observed</c>: an export of resource role assignments contains it; <c>Derived</c>: the package gives the role and is assigned.
    /// </summary>
    public string Basis { get; init; } = "Derived";

    /// <summary>"package via policy".</summary>
    public override string ToString() => Policy is null ? $"{AccessPackage}" : $"{AccessPackage} via {Policy}";
}
