using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.States;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Objects;

/// <summary>
/// What a request object (Graph <c>accessPackageAssignmentRequest</c>, with its approval) says, in the words of requests.
/// </summary>
internal sealed record RequestObject(string RequestId)
{
    /// <summary>Entities that contain it, for evidence.</summary>
    public required IReadOnlyCollection<long> Entities { get; init; }

    /// <summary>Kind of request; null when it does not say.</summary>
    public RequestType? Type { get; init; }

    /// <summary>Null when it does not say.</summary>
    public RequestStatus? Status { get; init; }

    /// <summary>State and status as exported.</summary>
    public string? Words { get; init; }

    /// <summary>When it was exported, UTC ticks.</summary>
    public long ObservedTicks { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Completed { get; init; }

    public string? Justification { get; init; }

    public IReadOnlyList<AuditDetail> Answers { get; init; } = [];

    public IReadOnlyList<ApprovalStep> Approvals { get; init; } = [];

    /// <summary>Calls of custom extensions.</summary>
    public IReadOnlyList<ExtensionCallout> Callouts { get; init; } = [];

    /// <summary>Whether it asked to bypass the approval that the policy requires; null when it does not say.</summary>
    public bool? BypassesApproval { get; init; }

    public EntitlementSubject? Subject { get; init; }

    /// <summary>Who asked for somebody else; null when nobody did.</summary>
    public EntitlementSubject? Requestor { get; init; }

    public EntitlementReference? Package { get; init; }

    public EntitlementReference? Policy { get; init; }

    public string? AssignmentId { get; init; }

    public string? TenantId { get; init; }
}
