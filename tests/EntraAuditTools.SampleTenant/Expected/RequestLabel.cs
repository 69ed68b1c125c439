namespace EntraAuditTools.SampleTenant;

/// <summary>What kind of request a label is about.</summary>
public enum RequestLabelKind
{
    /// <summary>A user asked, for themself or for somebody else.</summary>
    UserRequest,

    /// <summary>An administrator assigned the package.</summary>
    DirectAssignment,

    /// <summary>A policy's rule gave the package.</summary>
    AutoAssignment,

    /// <summary>A user asked to keep an assignment for longer.</summary>
    Extension,

    /// <summary>A user asked to change an assignment in another way.</summary>
    Update,

    /// <summary>Somebody asked to end an assignment: its user, an administrator or the service.</summary>
    Removal,
}

/// <summary>How far a request came.</summary>
public enum RequestLabelStatus
{
    Submitted,
    Scheduled,
    PendingApproval,
    Approved,
    Denied,
    TimedOut,
    Canceled,
    ReadyToFulfill,
    PartiallyFulfilled,
    Fulfilled,
    Failed,
}

/// <summary>Why an assignment ended.</summary>
public enum AssignmentEndLabel
{
    /// <summary>Its time was over.</summary>
    Expired,
    CanceledByUser,
    RemovedByAdministrator,
    AccessReview,

    /// <summary>The rule that gave it no longer matched.</summary>
    PolicyRule,
    UserDeleted,
}

/// <summary>What an approver said.</summary>
public enum ApprovalLabelDecision
{
    Approved,
    Denied,
}

/// <summary>The strongest thing that ties an event to its request.</summary>
public enum RequestLink
{
    /// <summary>
    /// A target is the request: of type AccessPackageAssignmentRequest, or Other in the events of the access reviews service.
    /// </summary>
    RequestId,

    /// <summary>It names the assignment, and another event of the log names that together with the request.</summary>
    AssignmentId,

    /// <summary>Its correlation id is that of another event which is tied by an id.</summary>
    CorrelationId,

    /// <summary>Only who got which package when; for writes of the directory only person, resource and time.</summary>
    PersonPackageTime,
}

/// <summary>Where the correlation id of a request changes.</summary>
public enum CorrelationChange
{
    None,

    /// <summary>From the decision on.</summary>
    AtApproval,

    /// <summary>From the delivery of the first resource on.</summary>
    AtFulfilment,
}

/// <summary>One decision, as far as the log still shows it.</summary>
/// <param name="Stage">1 for the first; as it happened, also when the events of an earlier stage are missing.</param>
/// <param name="Approver">Who decided.</param>
/// <param name="Decision">What was said.</param>
/// <param name="Time">Of the access reviews service's event (UTC); where that is missing, of entitlement management's, a second
/// later.</param>
/// <param name="Justification">The approver's words; null when no event that is there has them.</param>
/// <param name="EventIds">The one or two events that show it.</param>
public sealed record ApprovalLabel(int Stage, Person Approver, ApprovalLabelDecision Decision, DateTimeOffset Time, string? Justification,
    IReadOnlyList<string> EventIds);

/// <summary>
/// What is true of one request in the audit log. Who, what and <see cref="TrueStatus"/> are what happened; every other value is what
/// can still be known from the events that are in the log: a time is null, a decision is left out, when its event is missing. Events
/// are missing where a scenario says so, and at the end of the last scenario of a log that is full.
/// </summary>
public sealed record RequestLabel
{
    /// <summary>Id of the request.</summary>
    public required string RequestId { get; init; }

    /// <summary>Whether an event of the log names the request; false for some that failed at once.</summary>
    public required bool RequestIdInEvents { get; init; }

    /// <summary>The assignment that came of it, or that it removes or changes; null when none came of it.</summary>
    public string? AssignmentId { get; init; }

    /// <summary>Whether an event of this request names the assignment.</summary>
    public required bool AssignmentIdInEvents { get; init; }

    /// <summary>The scenario that it is part of.</summary>
    public required RequestScenario Scenario { get; init; }

    public required RequestLabelKind Kind { get; init; }

    /// <summary>Who gets, has or loses the package.</summary>
    public required Person Subject { get; init; }

    /// <summary>Who asked: the subject, a manager or an administrator; null for the service itself.</summary>
    public Person? RequestedBy { get; init; }

    public required AccessPackageModel Package { get; init; }

    public required PackagePolicy Policy { get; init; }

    /// <summary>Time (UTC) of the first event of all; null when that is missing.</summary>
    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary>The requestor's words; null without any, or when the first event is missing.</summary>
    public string? Justification { get; init; }

    /// <summary>
    /// What <see cref="StatusByActivity"/> says of the last event in the log that it knows; Failed when the first event of all failed;
    /// null when it knows none.
    /// </summary>
    public RequestLabelStatus? ExpectedStatus { get; init; }

    /// <summary>The same over all that happened, missing events included.</summary>
    public required RequestLabelStatus TrueStatus { get; init; }

    /// <summary>Decisions by stage.</summary>
    public required IReadOnlyList<ApprovalLabel> Approvals { get; init; }

    /// <summary>Whom events named as approvers of the stages that are not decided; empty unless pending.</summary>
    public required IReadOnlyList<Person> WaitingFor { get; init; }

    /// <summary>Time (UTC) of the event that says fulfilled, or partially fulfilled; for a removal when the package was taken.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>The request that removed the assignment; null when none did, also when its user was deleted.</summary>
    public string? EndedByRequestId { get; init; }

    /// <summary>Time (UTC) of the event that asked for the end of the assignment; null when there is none.</summary>
    public DateTimeOffset? EndRequestedAt { get; init; }

    /// <summary>Time (UTC) of the event that says the assignment is gone; null when there is none.</summary>
    public DateTimeOffset? AssignmentEndedAt { get; init; }

    /// <summary>
    /// Why, by the events in the log. The service's own removals are known by what is there: a review's decision just before under
    /// the same correlation id, an assignment that a rule had given, and else the end of its time. Null when no event shows it.
    /// </summary>
    public AssignmentEndLabel? EndReason { get; init; }

    /// <summary>Ids of its events of entitlement management and access reviews, oldest first.</summary>
    public required IReadOnlyList<string> EventIds { get; init; }

    /// <summary>Ids of the writes of the Core Directory that delivered or took the resources, oldest first.</summary>
    public required IReadOnlyList<string> DirectoryEventIds { get; init; }

    /// <summary>Events of entitlement management and access reviews that happened and are not in the log.</summary>
    public required int MissingEvents { get; init; }

    public required CorrelationChange CorrelationChange { get; init; }

    /// <summary>Whether it was written with the names of the documentation instead of the catalog's.</summary>
    public required bool DocumentationNames { get; init; }

    /// <summary>
    /// Whether another request of the same kind of the same person for the same package runs at the same time, so that what only
    /// person, package and time tie could be of either.
    /// </summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>
    /// The label of every request that has an event in the log, by the time of its first. Takes the scenarios of requests again from the
    /// beginning, so ask once.
    /// </summary>
    public static IReadOnlyList<RequestLabel> All(Tenant tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return RequestLabelling.All(tenant);
    }

    internal IReadOnlyDictionary<string, RequestLink> Links { get; init; } = new Dictionary<string, RequestLink>();

    /// <summary>What ties an event to this request.</summary>
    /// <param name="eventId">One of <see cref="EventIds"/> or <see cref="DirectoryEventIds"/>.</param>
    /// <exception cref="KeyNotFoundException">The event is not of this request.</exception>
    public RequestLink LinkOf(string eventId) => Links[eventId];

    /// <summary>
    /// The status that an activity leaves a request in, by the documentation's table and the catalog's words. Names that are not here
    /// change nothing: a fulfilled resource assignment is not a fulfilled request.
    /// </summary>
    public static IReadOnlyDictionary<string, RequestLabelStatus> StatusByActivity { get; } = new Dictionary<string,
        RequestLabelStatus>(StringComparer.Ordinal)
    {
        ["User requests access package assignment"] = RequestLabelStatus.Submitted,
        ["Administrator directly assigns user to access package"] = RequestLabelStatus.Submitted,
        ["Entitlement Management creates access package assignment request for user"] = RequestLabelStatus.Submitted,
        ["User requests to extend access package assignment"] = RequestLabelStatus.Submitted,
        ["Create access package assignment user update request"] = RequestLabelStatus.Submitted,
        ["User requests to remove access package assignment"] = RequestLabelStatus.Submitted,
        ["Administrator directly removes user access package assignment"] = RequestLabelStatus.Submitted,
        ["Entitlement Management removes access package assignment request for user"] = RequestLabelStatus.Submitted,
        ["Create request"] = RequestLabelStatus.PendingApproval,
        ["Create request approval"] = RequestLabelStatus.PendingApproval,
        ["Add approver to request approval"] = RequestLabelStatus.PendingApproval,
        ["Approval stage completed for access package assignment request"] = RequestLabelStatus.PendingApproval,
        ["Request approved"] = RequestLabelStatus.Approved,
        ["Approve access package assignment request"] = RequestLabelStatus.Approved,
        ["Auto approve access package assignment request"] = RequestLabelStatus.Approved,
        ["Request denied"] = RequestLabelStatus.Denied,
        ["Deny access package assignment request"] = RequestLabelStatus.Denied,
        ["Request expired"] = RequestLabelStatus.TimedOut,
        ["Access package assignment request timed out (no approver action taken)"] = RequestLabelStatus.TimedOut,
        ["Cancel request"] = RequestLabelStatus.Canceled,
        ["Cancel access package assignment request"] = RequestLabelStatus.Canceled,
        ["Schedule a future access package assignment"] = RequestLabelStatus.Scheduled,
        ["Ready to fulfill access package assignment request"] = RequestLabelStatus.ReadyToFulfill,
        ["Failed access package assignment request"] = RequestLabelStatus.Failed,
        ["Partially fulfill access package assignment request"] = RequestLabelStatus.PartiallyFulfilled,
        ["Fulfill access package assignment request"] = RequestLabelStatus.Fulfilled,
        ["Fulfill access package assignment"] = RequestLabelStatus.Fulfilled,
        ["Extend access package assignment"] = RequestLabelStatus.Fulfilled,
        ["Remove access package assignment"] = RequestLabelStatus.Fulfilled,
    };
}
