namespace EntraAuditTools;

/// <summary>
/// A policy of an access package: who can request it, who approves, for how long (Graph <c>accessPackageAssignmentPolicy</c>).
/// </summary>
public sealed class AccessPackagePolicy
{
    /// <summary>Id of the policy.</summary>
    public string? Id { get; init; }

    /// <summary>Display name; null when no export contains it.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Description; null when there is none or no export contains it.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Who can request, in the words of Graph v1.0's <c>allowedTargetScope</c>, for instance <c>allMemberUsers</c>; null when no export
    /// contains it.
    /// </summary>
    public string? AllowedRequestors { get; init; }

    /// <summary>Users, groups and organizations that are listed one by one, as text.</summary>
    public RecordList<string> SpecificRequestors { get; init; } = new([]);

    /// <summary>Whether it takes requests at all; null when no export contains it.</summary>
    public bool? AcceptsRequests { get; init; }

    /// <summary>Whether access has to be approved; null when no export contains it.</summary>
    public bool? ApprovalRequired { get; init; }

    /// <summary>Who approves, stage by stage, as text.</summary>
    public RecordList<string> ApprovalStages { get; init; } = new([]);

    /// <summary>How assignments end: <c>no end</c>, <c>after 90 days</c>, <c>on 2027-01-31</c>; null when no export contains it.</summary>
    public string? Expiration { get; init; }

    /// <summary>Whether it assigns by a rule, without requests; null when no export contains it.</summary>
    public bool? IsAutomatic { get; init; }

    /// <summary>
    /// Whether others can request for those whom it is for ("Allow managers to request on behalf of employees"); null when no export
    /// contains it.
    /// </summary>
    public bool? AcceptsOnBehalf { get; init; }

    /// <summary>Who can request for others, as text.</summary>
    public RecordList<string> OnBehalfRequestors { get; init; } = new([]);

    /// <summary>Whether they can also change the access of others; null when no export contains it.</summary>
    public bool? CanBeUpdatedOnBehalf { get; init; }

    /// <summary>Whether they can also remove the access of others; null when no export contains it.</summary>
    public bool? CanBeRemovedOnBehalf { get; init; }

    /// <summary>Whether people can give back their own access; null when no export contains it.</summary>
    public bool? CanRemoveOwnAccess { get; init; }

    /// <summary>Whether people can ask to extend or change their access; null when no export contains it.</summary>
    public bool? CanExtend { get; init; }

    /// <summary>Whether that has to be approved; null when no export contains it.</summary>
    public bool? ApprovalRequiredToExtend { get; init; }

    /// <summary>Whether requests need a justification; null when no export contains it.</summary>
    public bool? JustificationRequired { get; init; }

    /// <summary>
    /// Whether requestors can say from when to when they want access ("Users can request specific timeline"); null when no export contains
    /// it.
    /// </summary>
    public bool? CustomSchedule { get; init; }

    /// <summary>Whether assignments are reviewed ("Require access reviews"); null when no export contains it.</summary>
    public bool? AccessReviews { get; init; }

    /// <summary>
    /// How assignments are reviewed: frequency, reviewers, duration, start, what happens without an answer; null when there are no reviews
    /// or no export contains it.
    /// </summary>
    public string? AccessReviewSettings { get; init; }

    /// <summary>What requestors are asked, as text.</summary>
    public RecordList<string> Questions { get; init; } = new([]);

    /// <summary>Which custom extensions are called when, as text.</summary>
    public RecordList<string> CustomExtensions { get; init; } = new([]);

    /// <summary>
    /// For a policy that assigns by a rule: whether access goes when somebody leaves its scope; null when no export contains it.
    /// </summary>
    public bool? RemovesOnLeaving { get; init; }

    /// <summary>How long access stays then, for instance <c>7 days</c>; null when no export contains it.</summary>
    public string? GracePeriod { get; init; }

    /// <summary>Display name, else id.</summary>
    public override string ToString() => DisplayName ?? Id ?? string.Empty;
}
