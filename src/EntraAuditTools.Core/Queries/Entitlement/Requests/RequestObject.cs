namespace EntraAuditTools.Core.Queries.Entitlement.Requests;

/// <summary>What a request object (Graph <c>accessPackageAssignmentRequest</c>, with its approval) tells, in the words of requests.</summary>
internal sealed record RequestObject(string RequestId)
{
    /// <summary>Entities that tell it, for evidence.</summary>
    public required IReadOnlyCollection<long> Entities { get; init; }

    /// <summary>Kind of request; null when it does not say.</summary>
    public string? Type { get; init; }

    /// <summary><see cref="RequestStates"/>' word; null when it does not say.</summary>
    public string? Status { get; init; }

    /// <summary>State and status as exported.</summary>
    public string? Words { get; init; }

    /// <summary>When it was exported, UTC ticks.</summary>
    public long ObservedTicks { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Completed { get; init; }

    public string? Justification { get; init; }

    public IReadOnlyList<AuditDetail> Answers { get; init; } = [];

    public IReadOnlyList<AccessPackageApproval> Approvals { get; init; } = [];

    public EntitlementSubject? Subject { get; init; }

    /// <summary>Who asked for somebody else; null when nobody did.</summary>
    public EntitlementSubject? Requestor { get; init; }

    public EntitlementReference? Package { get; init; }

    public EntitlementReference? Policy { get; init; }

    public string? AssignmentId { get; init; }

    public string? TenantId { get; init; }
}

/// <summary>Where request objects come from.</summary>
internal interface IRequestObjects
{
    /// <summary>The objects that the selectors are about, at least; all when there are none.</summary>
    IReadOnlyCollection<RequestObject> Find(IReadOnlyList<EntitlementSelector>? selectors);

    /// <summary>The objects of requests made in a span.</summary>
    IReadOnlyCollection<RequestObject> InSpan(DateTimeOffset? after, DateTimeOffset? before);

    /// <summary>Objects by the ids of their requests, as far as there are any.</summary>
    IReadOnlyCollection<RequestObject> ById(IEnumerable<string> requestIds);

    /// <summary>A person by all that was exported; null when nothing was.</summary>
    EntitlementSubject? Person(string? id);

    /// <summary>A package by all that was exported; null when nothing was.</summary>
    EntitlementReference? Package(string? id);

    /// <summary>Whom a policy asks to approve in a stage (from 1), as text; null when nothing tells it.</summary>
    string? Approvers(string? policyId, int stage);

    /// <summary>How assignments ended by what was exported of them, by their ids; those that exports tell no end of are left out.</summary>
    IReadOnlyDictionary<string, AssignmentEnd> Ends(IEnumerable<string> assignmentIds);

    /// <summary>Imports that told entities.</summary>
    RecordList<AuditEvidence> Evidence(IReadOnlyCollection<long> entities);
}
