namespace EntraAuditTools.Core.Eligibility;

/// <summary>One of a policy's specific targets (Graph <c>subjectSet</c>, beta <c>userSet</c>).</summary>
/// <param name="Type">Its kind without "#microsoft.graph.": <c>singleUser</c>, <c>groupMembers</c>…</param>
/// <param name="Id">Id of the object that it names; null for kinds that name none.</param>
/// <param name="Name">What the export calls it; null when it doesn't say.</param>
/// <param name="Level">Of managers, from 1; null for other kinds.</param>
internal sealed record RequestTarget(string Type, string? Id, string? Name, int? Level = null);

/// <summary>What an assignment policy says on requests. Null means "not given".</summary>
internal sealed record RequestPolicy
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    /// <summary>v1.0's <c>allowedTargetScope</c>.</summary>
    public string? Scope { get; init; }

    /// <summary>v1.0 <c>specificAllowedTargets</c>, beta <c>requestorSettings.allowedRequestors</c>.</summary>
    public IReadOnlyList<RequestTarget>? Targets { get; init; }

    /// <summary>v1.0 <c>requestorSettings.enableTargetsToSelfAddAccess</c>, beta <c>requestorSettings.acceptRequests</c>.</summary>
    public bool? AcceptsRequests { get; init; }

    /// <summary>v1.0 <c>requestorSettings.enableOnBehalfRequestorsToAddAccess</c>.</summary>
    public bool? AcceptsOnBehalf { get; init; }

    /// <summary>v1.0 <c>requestorSettings.onBehalfRequestors</c>: who may ask for others.</summary>
    public IReadOnlyList<RequestTarget>? OnBehalfRequestors { get; init; }

    /// <summary>Whether it has v1.0's <c>automaticRequestSettings</c>, which only policies that assign by a rule have.</summary>
    public bool? IsAutomatic { get; init; }

    /// <summary>v1.0 <c>expiration.endDateTime</c> of type <c>afterDateTime</c>, beta <c>expirationDateTime</c>, UTC: when every assignment
    /// of the policy ends.</summary>
    public DateTimeOffset? EndsOn { get; init; }

    public bool? ApprovalRequired { get; init; }

    /// <summary>How reasons call it.</summary>
    public string Label => $"\"{Name ?? Id}\"";
}
