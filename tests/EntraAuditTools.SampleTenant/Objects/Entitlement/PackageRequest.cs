namespace EntraAuditTools.SampleTenant;

/// <summary>What a request was at some time.</summary>
/// <param name="At">Since when, in UTC ticks.</param>
/// <param name="State">A state of v1.0; the beta writes it with a capital.</param>
/// <param name="Status">More words for it.</param>
public sealed record RequestStep(long At, string State, string Status)
{
    /// <summary>Nothing more follows by itself.</summary>
    public bool Closed => State is "delivered" or "deliveryFailed" or "denied" or "canceled" or "partiallyDelivered";
}

/// <summary>What an approver did in a stage.</summary>
/// <param name="Id">Id of the stage; with a single stage that of the request.</param>
/// <param name="Approver">Who; null when nobody acted.</param>
/// <param name="At">When, in UTC ticks; null when nobody acted.</param>
/// <param name="Result">Approve, Deny or NotReviewed.</param>
/// <param name="Justification">The approver's words; null when there are none.</param>
public sealed record ExpectedApproval(string Id, Person? Approver, long? At, string Result, string? Justification);

/// <summary>An assignmentRequest over its whole life.</summary>
/// <param name="Id">Id of the request, and of its approval.</param>
/// <param name="Type">requestType of v1.0.</param>
/// <param name="Subject">Who is to get the package: Graph calls whoever requests for himself, and whom an administrator assigns, the
/// requestor.</param>
/// <param name="Package">The package.</param>
/// <param name="Policy">The policy.</param>
/// <param name="AssignmentId">The assignment it makes, changes or removes; null when none was made.</param>
public sealed record PackageRequest(string Id, string Type, EntitlementSubject Subject, AccessPackageModel Package, PackagePolicy Policy,
    string? AssignmentId)
{
    /// <summary>Oldest first; the first is the request itself.</summary>
    public required IReadOnlyList<RequestStep> Steps { get; init; }

    /// <summary>When the assignment is made, in UTC ticks; null when it was there before or never comes.</summary>
    public long? AssignmentMade { get; init; }

    /// <summary>Whom Graph calls the requestor where that is not the subject: who asked on behalf of the subject; else null.</summary>
    public EntitlementSubject? Requestor { get; init; }

    public string? Justification { get; init; }

    /// <summary>The audit log has it.</summary>
    public bool InAuditLog { get; init; }

    /// <summary>What the requestor answered to the policy's question; null when it asks none.</summary>
    public string? Answer { get; init; }

    /// <summary>For when access is asked, in UTC ticks.</summary>
    public long ScheduledStart { get; init; }

    /// <summary>Until when, in UTC ticks; null for never.</summary>
    public long? ScheduledEnd { get; init; }

    /// <summary>Empty when no approval is required.</summary>
    public IReadOnlyList<ExpectedApproval> Approvals { get; init; } = [];

    /// <summary>UTC ticks.</summary>
    public long Created => Steps[0].At;

    /// <summary>What it was at a time, in UTC ticks; null before it was made.</summary>
    public RequestStep? At(long ticks) => Steps.LastOrDefault(step => step.At <= ticks);

    /// <summary>Whether an export of a time, in UTC ticks, has it.</summary>
    public bool ExistsAt(long ticks) => Created <= ticks && Package.ExistsAt(ticks);

    /// <summary>Somebody waits for it: no second one can be made.</summary>
    public bool OpenAt(long ticks) => Type.EndsWith("Add", StringComparison.Ordinal) && At(ticks) is { Closed: false };
}
