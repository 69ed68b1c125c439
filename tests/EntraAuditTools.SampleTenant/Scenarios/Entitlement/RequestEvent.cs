namespace EntraAuditTools.SampleTenant;

/// <summary>The parts of a request's trail: where ids and correlation ids may change or be missing.</summary>
internal enum RequestPhase
{
    Request,
    Approval,
    Decision,
    Ready,
    Delivery,
    Fulfilment,
}

/// <summary>What an event says beyond the status that its activity stands for.</summary>
internal enum RequestMoment
{
    None,

    /// <summary>The first event of all.</summary>
    Requested,

    /// <summary>Somebody is named as approver of a stage.</summary>
    ApproverAdded,

    /// <summary>A decision in a stage.</summary>
    Decided,

    /// <summary>The package was delivered, wholly or partly.</summary>
    Delivered,

    /// <summary>A reviewer's no is applied.</summary>
    Reviewed,

    /// <summary>The assignment is gone.</summary>
    Ended,
}

/// <summary>One event of a trail.</summary>
/// <param name="Part">The request it belongs to; null for what only happens around it.</param>
/// <param name="At">Ticks after the scenario's start.</param>
/// <param name="Make">Makes it.</param>
internal sealed record RequestEvent(RequestPart? Part, long At, Func<SampleRandom, long, AuditEvent> Make)
{
    public required string Activity { get; init; }

    /// <summary>A write of the Core Directory.</summary>
    public bool IsDirectory { get; init; }

    public bool Failed { get; init; }

    public RequestMoment Moment { get; init; }

    /// <summary>Of a decision or an added approver.</summary>
    public int Stage { get; init; }

    public Person? Approver { get; init; }

    public ApprovalLabelDecision Decision { get; init; }

    /// <summary>The approver's words, where this event has them.</summary>
    public string? Words { get; init; }

    /// <summary>The application whose role it gives or takes; null for everything else.</summary>
    public EnterpriseApplication? Application { get; init; }

    /// <summary>Happened, but is not in the log.</summary>
    public bool Missing { get; set; }
}
