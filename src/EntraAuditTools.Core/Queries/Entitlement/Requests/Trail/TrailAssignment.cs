using EntraAuditTools.Core.Catalog;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Trail;

/// <summary>What the audit trail says of an assignment. Null where it says nothing.</summary>
internal sealed record TrailAssignment
{
    public string? AssignmentId { get; init; }

    public string? UserId { get; init; }

    public string? PackageId { get; init; }

    public string? PolicyId { get; init; }

    /// <summary>The request that gave it.</summary>
    public string? RequestId { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When it was gone, by an event that says so.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When its end was asked for; also when no event says that it is gone.</summary>
    public DateTimeOffset? EndRequestedAt { get; init; }

    /// <summary>Null while it lasts.</summary>
    public EndReason? EndReason { get; init; }

    /// <summary>
    /// When it was no more, UTC ticks, though no event says so: a complete export lacked it, or the same person's next assignment of the
    /// package had begun. Null when nothing shows it.
    /// </summary>
    public long? GoneTicks { get; init; }

    /// <summary>Whether <see cref="GoneTicks"/> is of a complete export.</summary>
    public bool IsGoneByExport { get; init; }
}
