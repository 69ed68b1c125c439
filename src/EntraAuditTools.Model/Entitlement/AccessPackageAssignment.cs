namespace EntraAuditTools;

/// <summary>
/// The assignment of an access package to a user (Graph <c>accessPackageAssignment</c>): what the portal lists under an access package's
/// Assignments, as of the time that was asked for.
/// </summary>
public sealed class AccessPackageAssignment
{
    private readonly Lazy<RecordList<AuditEvidence>> evidence;
    private readonly Func<string> original;

    /// <summary>Creates an assignment whose evidence and original are read on first use.</summary>
    public AccessPackageAssignment(Func<RecordList<AuditEvidence>> evidence, Func<string> original)
    {
        this.original = original;
        this.evidence = new Lazy<RecordList<AuditEvidence>>(evidence);
    }

    /// <summary>Who has the package; null when no export contains it.</summary>
    public EntitlementSubject? User { get; init; }

    /// <summary>The package; null when no export contains it.</summary>
    public EntitlementReference? AccessPackage { get; init; }

    /// <summary>The policy through which it was assigned; null when no export contains it.</summary>
    public EntitlementReference? Policy { get; init; }

    /// <summary>The package's catalog; null when no export contains it.</summary>
    public EntitlementReference? Catalog { get; init; }

    /// <summary><c>Delivered</c>, <c>PartiallyDelivered</c>, <c>Delivering</c>, <c>DeliveryFailed</c>, <c>Expired</c>, <c>Scheduled</c>;
    /// <c>Removed</c> when it is known to be gone; <c>Unknown</c>.</summary>
    public string State { get; init; } = "Unknown";

    /// <summary>
    /// Further status in the service's words, for instance <c>NearExpiry1DayNotificationTriggered</c>; null when no export contains it.
    /// </summary>
    public string? Status { get; init; }

    /// <summary>Since when, UTC; null when no export contains it.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary><see cref="Start"/> as ISO 8601 text in UTC with seven digits, for files; null when it is.</summary>
    public string? StartUtc => IsoText.Of(Start);

    /// <summary>Until when, UTC: when it ended, or when it will by its schedule; null when it has no end, or (<see cref="EndKnown"/> false)
    /// none is known.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary><see cref="End"/> as ISO 8601 text in UTC with seven digits, for files; null when it is.</summary>
    public string? EndUtc => IsoText.Of(End);

    /// <summary>
    /// Whether the end is known: false when no export contains the schedule, so that an empty <see cref="End"/> does not mean "no end".
    /// </summary>
    public bool EndKnown { get; init; }

    /// <summary>When it ended, UTC; null while it lasts, or when not known.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary><see cref="EndedAt"/> as ISO 8601 text in UTC with seven digits, for files; null when it is.</summary>
    public string? EndedAtUtc => IsoText.Of(EndedAt);

    /// <summary>Object id of the user; null when no export contains it.</summary>
    public string? UserId => User?.Id;

    /// <summary>User principal name; null when no export contains it.</summary>
    public string? UserPrincipalName => User?.UserPrincipalName;

    /// <summary>Id of the package; null when no export contains it.</summary>
    public string? AccessPackageId => AccessPackage?.Id;

    /// <summary>Id of the assignment; null for one that only the audit trail or a portal download contains.</summary>
    public string? AssignmentId { get; init; }

    /// <summary>Id of the request that led to it; null when no export contains it.</summary>
    public string? RequestId { get; init; }

    /// <summary>What the answer is taken from: <c>Observed</c> (an export), <c>Schedule</c> (start and end dates), <c>AuditLog</c> (its
    /// Fulfill and Remove events), <c>NotInCompleteExport</c>.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>Where sources contradict each other: what the other one says; null when they agree.</summary>
    public string? Disagreement { get; init; }

    /// <summary>When the export that contains the state was taken, UTC; null when only the audit trail contains it.</summary>
    public DateTimeOffset? ObservedAt { get; init; }

    /// <summary>Whether <see cref="ObservedAt"/> is assumed (from the records' own dates or the file's).</summary>
    public bool ObservedAtAssumed { get; init; }

    /// <summary>
    /// Whether only the time of a file says that <see cref="State"/> had begun at the time asked for: neither a date of its own nor
    /// <c>-ObservedAt</c>. False where no time was asked for.
    /// </summary>
    public bool StateAssumed { get; init; }

    /// <summary>Tenant; null when no export names it.</summary>
    public string? TenantId { get; init; }

    /// <summary>Where it comes from: each import that brought it, with file and SHA-256.</summary>
    public RecordList<AuditEvidence> Evidence => evidence.Value;

    /// <summary>The original record as JSON text.</summary>
    public string GetOriginal() => original();

    /// <summary>"user: package (state)".</summary>
    public override string ToString() => $"{User}: {AccessPackage} ({State})";
}
