namespace EntraAuditTools;

/// <summary>A policy of an access package: who can request it, who approves, for how long (Graph <c>accessPackageAssignmentPolicy</c>).</summary>
public sealed class AccessPackagePolicy
{
    /// <summary>Id of the policy.</summary>
    public string? Id { get; init; }

    /// <summary>Display name; null when no export tells it.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Description; null when there is none or no export tells it.</summary>
    public string? Description { get; init; }

    /// <summary>Who can request, in the words of Graph v1.0's <c>allowedTargetScope</c>, for instance <c>allMemberUsers</c>; null when no export tells it.</summary>
    public string? AllowedRequestors { get; init; }

    /// <summary>Users, groups and organizations that are listed one by one, as text.</summary>
    public RecordList<string> SpecificRequestors { get; init; } = new([]);

    /// <summary>Whether it takes requests at all; null when no export tells it.</summary>
    public bool? AcceptsRequests { get; init; }

    /// <summary>Whether access has to be approved; null when no export tells it.</summary>
    public bool? ApprovalRequired { get; init; }

    /// <summary>Who approves, stage by stage, as text.</summary>
    public RecordList<string> ApprovalStages { get; init; } = new([]);

    /// <summary>How assignments end: <c>no end</c>, <c>after 90 days</c>, <c>on 2027-01-31</c>; null when no export tells it.</summary>
    public string? Expiration { get; init; }

    /// <summary>Whether it assigns by a rule, without requests; null when no export tells it.</summary>
    public bool? IsAutomatic { get; init; }

    /// <summary>Display name, else id.</summary>
    public override string ToString() => DisplayName ?? Id ?? string.Empty;
}
