namespace EntraAuditTools.SampleTenant;

/// <summary>One request while its scenario is made. All facts are drawn when it is made; only what becomes of it is set later.</summary>
internal sealed class RequestPart(RequestLabelKind kind, long at, Person subject, Person? requestedBy, AccessPackageModel package,
    PackagePolicy policy, string id, string assignmentId)
{
    public RequestLabelKind Kind => kind;

    /// <summary>Ticks after the scenario's start.</summary>
    public long At => at;

    public Person Subject => subject;

    /// <summary>Null for the service.</summary>
    public Person? RequestedBy => requestedBy;

    public AccessPackageModel Package => package;

    public PackagePolicy Policy => policy;

    public string Id => id;

    /// <summary>Of the assignment that comes of it, or that it is about.</summary>
    public string AssignmentId => assignmentId;

    public required string CorrelationId { get; init; }

    public required string ApprovalCorrelationId { get; init; }

    public required string FulfilmentCorrelationId { get; init; }

    /// <summary>The directory's writes; mostly those of the fulfilment.</summary>
    public required string DirectoryCorrelationId { get; init; }

    public required CorrelationChange CorrelationChange { get; init; }

    /// <summary>Phases whose events do not name the request.</summary>
    public required IReadOnlyList<RequestPhase> Nameless { get; init; }

    /// <summary>Whether events of the delivery name the assignment.</summary>
    public required bool NamesAssignment { get; init; }

    /// <summary>Whether an event whose actor is the subject has him as a target too.</summary>
    public required bool NamesSubjectTwice { get; init; }

    /// <summary>Whether the event of the fulfilment has the user as its actor, as the documentation says.</summary>
    public required bool FulfilledBySubject { get; init; }

    public required Person Administrator { get; init; }

    public string? Justification { get; init; }

    /// <summary>The request whose assignment this one removes, extends or changes; null for those that stand alone.</summary>
    public RequestPart? Of { get; init; }

    /// <summary>Approvers by stage; empty without approval.</summary>
    public IReadOnlyList<Person> Approvers { get; init; } = [];

    public RequestOutcome Outcome { get; set; }

    /// <summary>Ticks after the scenario's start, like the two that follow; null when it did not happen.</summary>
    public long? Decided { get; set; }

    public long? Delivered { get; set; }

    public long? Ended { get; set; }

    public string Correlation(RequestPhase phase) => phase switch
    {
        RequestPhase.Approval => ApprovalCorrelationId,
        RequestPhase.Decision or RequestPhase.Ready =>
            CorrelationChange == CorrelationChange.AtApproval ? ApprovalCorrelationId : CorrelationId,
        RequestPhase.Delivery or RequestPhase.Fulfilment => CorrelationChange switch
        {
            CorrelationChange.AtApproval => ApprovalCorrelationId,
            CorrelationChange.AtFulfilment => FulfilmentCorrelationId,
            _ => CorrelationId,
        },
        _ => CorrelationId,
    };
}
