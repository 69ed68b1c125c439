namespace EntraAuditTools;

/// <summary>
/// A request for an access package and how it went: from the audit trail (categories EntitlementManagement and UserManagement), joined with
/// the request object (Graph <c>accessPackageAssignmentRequest</c>) where it was imported.
/// </summary>
public sealed class AccessPackageRequest
{
    private readonly Lazy<RecordList<AuditEvidence>> evidence;

    /// <summary>Creates a request whose evidence is read on first use.</summary>
    public AccessPackageRequest(Func<RecordList<AuditEvidence>> evidence) => this.evidence = new Lazy<RecordList<AuditEvidence>>(evidence);

    /// <summary>Who is to get, keep or lose access; null when not known.</summary>
    public EntitlementSubject? User { get; init; }

    /// <summary>The package; null when not known.</summary>
    public EntitlementReference? AccessPackage { get; init; }

    /// <summary>The policy; null when not known.</summary>
    public EntitlementReference? Policy { get; init; }

    /// <summary><c>UserRequest</c>, <c>DirectAssignment</c>, <c>AutoAssignment</c>, <c>Extension</c>, <c>Update</c>, <c>Removal</c>, or
    /// <c>Unknown</c>.</summary>
    public string Type { get; init; } = "Unknown";

    /// <summary><c>Submitted</c>, <c>Scheduled</c>, <c>PendingApproval</c>, <c>Approved</c>, <c>Denied</c>, <c>TimedOut</c>,
    /// <c>Canceled</c>, <c>ReadyToFulfill</c>, <c>PartiallyFulfilled</c>, <c>Fulfilled</c>, <c>Failed</c>, or <c>Unknown</c>.</summary>
    public string Status { get; init; } = "Unknown";

    /// <summary>Who asked: the user, or the administrator who assigned directly; null when not known.</summary>
    public EntitlementSubject? RequestedBy { get; init; }

    /// <summary>When, UTC; null when not known.</summary>
    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary><see cref="RequestedAt"/> as ISO 8601 text in UTC with seven digits, for files; null when it is.</summary>
    public string? RequestedAtUtc => IsoText.Of(RequestedAt);

    /// <summary>The requestor's justification; null when there is none or it is not known.</summary>
    public string? Justification { get; init; }

    /// <summary>The requestor's answers to the policy's questions.</summary>
    public RecordList<AuditDetail> Answers { get; init; } = new([]);

    /// <summary>Decisions and open stages, in order.</summary>
    public RecordList<AccessPackageApproval> Approvals { get; init; } = new([]);

    /// <summary>Whether it was made so as to bypass the approval that the policy requires; null when no export contains it.</summary>
    public bool? ApprovalBypassed { get; init; }

    /// <summary>For whom it waits, as text; null when it does not wait for approval, or when not known.</summary>
    public string? WaitingFor { get; init; }

    /// <summary>How long it has waited for approval; null when it does not.</summary>
    public TimeSpan? Waiting { get; init; }

    /// <summary><see cref="Waiting"/> in seconds, to measure and for files; null when it is.</summary>
    public double? WaitingSeconds => Waiting?.TotalSeconds;

    /// <summary>When access was given, UTC; null when it was not, or when not known.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary><see cref="DeliveredAt"/> as ISO 8601 text in UTC with seven digits, for files; null when it is.</summary>
    public string? DeliveredAtUtc => IsoText.Of(DeliveredAt);

    /// <summary>When the assignment that it led to ended, UTC; null while it lasts, or when not known.</summary>
    public DateTimeOffset? AssignmentEndedAt { get; init; }

    /// <summary><see cref="AssignmentEndedAt"/> as ISO 8601 text in UTC with seven digits, for files; null when it is.</summary>
    public string? AssignmentEndedAtUtc => IsoText.Of(AssignmentEndedAt);

    /// <summary><c>Expired</c>, <c>CanceledByUser</c>, <c>RemovedByAdministrator</c>, <c>RemovedByApprover</c>, <c>AccessReview</c>,
    /// <c>PolicyRule</c>, <c>UserDeleted</c>, or <c>Unknown</c>; null while it lasts.</summary>
    public string? EndReason { get; init; }

    /// <summary>Why it failed or was denied, in the service's or the approver's words; null when there is nothing to say.</summary>
    public string? StatusReason { get; init; }

    /// <summary>From the request to the decision (or the automatic approval); null when there is none yet.</summary>
    public TimeSpan? TimeToDecision { get; init; }

    /// <summary><see cref="TimeToDecision"/> in seconds, to measure and for files; null when it is.</summary>
    public double? TimeToDecisionSeconds => TimeToDecision?.TotalSeconds;

    /// <summary>From the decision to delivery; null when there is none yet.</summary>
    public TimeSpan? TimeToDelivery { get; init; }

    /// <summary><see cref="TimeToDelivery"/> in seconds, to measure and for files; null when it is.</summary>
    public double? TimeToDeliverySeconds => TimeToDelivery?.TotalSeconds;

    /// <summary>From the request to its end state; null when it is open.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary><see cref="Elapsed"/> in seconds, to measure and for files; null when it is.</summary>
    public double? ElapsedSeconds => Elapsed?.TotalSeconds;

    /// <summary>Object id of the user; null when not known.</summary>
    public string? UserId => User?.Id;

    /// <summary>User principal name of the user; null when not known.</summary>
    public string? UserPrincipalName => User?.UserPrincipalName;

    /// <summary>Id of the package; null when not known.</summary>
    public string? AccessPackageId => AccessPackage?.Id;

    /// <summary>Id of the request; null when not known.</summary>
    public string? RequestId { get; init; }

    /// <summary>Id of the assignment that it gave, changed or removed; null when not known.</summary>
    public string? AssignmentId { get; init; }

    /// <summary>What it is taken from: <c>AuditLog</c>, <c>RequestObject</c>, or <c>AuditLog, RequestObject</c>.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>Where the two sources contradict each other: what the other one says; null when they agree.</summary>
    public string? Disagreement { get; init; }

    /// <summary>Tenant; null when no export names it.</summary>
    public string? TenantId { get; init; }

    /// <summary>All events in order.</summary>
    public RecordList<AccessPackageRequestEvent> Events { get; init; } = new([]);

    /// <summary>Where it comes from: each import that brought an event or the request object.</summary>
    public RecordList<AuditEvidence> Evidence => evidence.Value;

    /// <summary>"user: package (status)".</summary>
    public override string ToString() => $"{User}: {AccessPackage} ({Status})";
}
