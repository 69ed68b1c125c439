namespace EntraAuditTools.SampleTenant;

/// <summary>What truly became of a request: the label that answers are checked against.</summary>
public enum RequestOutcome
{
    /// <summary>Approved, delivered, still assigned.</summary>
    Approved,

    /// <summary>Needed no approval; delivered.</summary>
    AutoApproved,
    Denied,

    /// <summary>No approver acted.</summary>
    TimedOut,

    /// <summary>Delivered, and ended when its time was over.</summary>
    Expired,

    /// <summary>Cancelled by the requestor before a decision.</summary>
    Canceled,

    /// <summary>Approved, but delivery failed.</summary>
    Failed,

    /// <summary>Approved; one resource of several could not be given.</summary>
    PartiallyDelivered,

    /// <summary>Delivered; later given back by the user.</summary>
    RemovedByUser,

    /// <summary>Delivered; later taken away by an administrator.</summary>
    RemovedByAdministrator,

    /// <summary>Assigned by an administrator without a request.</summary>
    DirectAssignment,

    /// <summary>Delivered; extended by a second request.</summary>
    Extended,

    /// <summary>Approved for a day to come.</summary>
    Scheduled,

    /// <summary>Waiting for the approver at the end of the log.</summary>
    Pending,

    /// <summary>Given by the rule of an automatic policy; still assigned.</summary>
    AutoAssigned,

    /// <summary>Given by the rule of an automatic policy; taken away when the rule no longer matched.</summary>
    RemovedByRule,

    /// <summary>Delivered; later taken away because a reviewer said no.</summary>
    RemovedByReview,

    /// <summary>Delivered; gone with its user.</summary>
    UserDeleted,
}

/// <summary>A decision in one stage of approval.</summary>
/// <param name="Stage">1 for the first.</param>
/// <param name="Approver">Who decided.</param>
/// <param name="Decision">What was said.</param>
/// <param name="After">Ticks after the request.</param>
/// <param name="Justification">The approver's words; null without any.</param>
public sealed record RequestDecision(int Stage, Person Approver, ApprovalLabelDecision Decision, long After, string? Justification);

/// <summary>One request for an access package with its true outcome. Offsets are ticks after the request; null did not happen.</summary>
public sealed record EntitlementRequest(string RequestId, string AssignmentId, string CorrelationId, RequestOutcome Outcome, Person Subject,
    AccessPackageModel Package, PackagePolicy Policy, Person Approver, string Justification)
{
    /// <summary>UTC ticks of the request.</summary>
    public required long Start { get; init; }

    public long? DecidedAfter { get; init; }

    public long? DeliveredAfter { get; init; }

    public long? EndedAfter { get; init; }

    /// <summary>An administrator who takes part: assigns directly, or removes.</summary>
    public required Person Administrator { get; init; }

    /// <summary>The access reviews service works under a correlation id of its own.</summary>
    public required string ApprovalCorrelationId { get; init; }

    /// <summary>The later request that removed or extended the assignment; null when there was none.</summary>
    public string? SecondRequestId { get; init; }

    /// <summary>Whether an assignment object came of it; a failed delivery leaves one too.</summary>
    public bool HasAssignment => DeliveredAfter is not null || Outcome == RequestOutcome.Failed;

    /// <summary>When the assignment is to end (UTC ticks): by the policy, or on the day that was asked for.</summary>
    public long ScheduledEnd => Outcome == RequestOutcome.Expired ? Start + EndedAfter!.Value
        : Start + Policy.DurationInDays * TimeSpan.TicksPerDay;

    /// <summary>
    /// Made by a user, by an administrator or by a policy's rule. Requests that follow on it are no requests of their own here.
    /// </summary>
    public required RequestLabelKind Kind { get; init; }

    /// <summary>Who asked: the subject, a manager or an administrator; null for the service itself.</summary>
    public required Person? RequestedBy { get; init; }

    /// <summary>The scenario that it is part of.</summary>
    public required RequestScenario Scenario { get; init; }

    /// <summary>Every decision that was made, by stage.</summary>
    public required IReadOnlyList<RequestDecision> Decisions { get; init; }

    /// <summary>Approvers of all stages in order, those who never decided included; empty without approval.</summary>
    public required IReadOnlyList<Person> StageApprovers { get; init; }

    /// <summary>When delivery failed, also when it worked after a retry; null when it never did.</summary>
    public long? FailedAfter { get; init; }

    /// <summary>What <see cref="SecondRequestId"/> asks for; null without one.</summary>
    public RequestLabelKind? SecondKind { get; init; }

    /// <summary>When the second request was made; null without one.</summary>
    public long? SecondAfter { get; init; }

    /// <summary>When the second request was fulfilled; null without one.</summary>
    public long? SecondFulfilledAfter { get; init; }

    /// <summary>
    /// Every request that left a request object, by the time that its scenario begins. Requests to remove, extend or change an assignment
    /// are <see cref="SecondRequestId"/>; one that failed at once leaves no object.
    /// </summary>
    public static IEnumerable<EntitlementRequest> All(Tenant tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return tenant.Plan.Long
            .Where(scenario => ScenarioCatalog.RequestScenarioOf(scenario.Kind) is not null)
            .SelectMany(scenario => RequestTrail.Of(new ScenarioContext(tenant, scenario.Seed, scenario.Start),
                ScenarioCatalog.RequestScenarioOf(scenario.Kind)!.Value).Requests());
    }
}
