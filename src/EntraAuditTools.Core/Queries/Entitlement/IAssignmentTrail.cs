namespace EntraAuditTools.Core.Queries.Entitlement;

/// <summary>What the audit trail tells of an assignment.</summary>
internal sealed record TrailAssignment
{
    /// <summary>Null when no event names it: then it is found by user and package.</summary>
    public string? AssignmentId { get; init; }

    /// <summary>Object id; null when no event tells it.</summary>
    public string? UserId { get; init; }

    /// <summary>Null when no event tells it.</summary>
    public string? PackageId { get; init; }

    /// <summary>When it was delivered (Fulfill), UTC; null when no event tells it.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When it ended (Remove), UTC; null when no event tells it.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary><c>Expired</c>, <c>CanceledByUser</c>…; null while it lasts, or when no event tells it.</summary>
    public string? EndReason { get; init; }

    /// <summary>The request that led to it; null when no event tells it.</summary>
    public string? RequestId { get; init; }
}

/// <summary>Where questions about assignments look up the audit trail.</summary>
internal interface IAssignmentTrail
{
    /// <summary>
    /// The assignments of which the trail tells, of any of some ids, of any of some users, or of any of some packages; each list null when it
    /// is not asked by, all null for every one. Lists that are given all have to match.
    /// </summary>
    IEnumerable<TrailAssignment> For(IReadOnlyCollection<string>? assignmentIds, IReadOnlyCollection<string>? userIds, IReadOnlyCollection<string>? packageIds);
}
