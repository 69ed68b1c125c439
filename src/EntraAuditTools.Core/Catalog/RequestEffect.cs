namespace EntraAuditTools.Core.Catalog;

/// <summary>What an activity does to a request's status.</summary>
internal enum RequestEffect
{
    None,

    /// <summary>The request is made.</summary>
    Submit,

    /// <summary>Approvers are asked.</summary>
    Ask,

    /// <summary>Somebody becomes an approver: the user among its targets.</summary>
    AddApprover,

    /// <summary>A stage is approved; another may follow.</summary>
    ApproveStage,

    /// <summary>A stage is done and another follows.</summary>
    CompleteStage,
    Approve,
    AutoApprove,
    Deny,
    TimeOut,
    Cancel,
    Schedule,
    Ready,
    Fulfill,
    PartlyFulfill,
    Fail,

    /// <summary>A delivery that failed is tried again.</summary>
    Retry,

    /// <summary>The assignment is gone: what a removal asks for.</summary>
    End,

    /// <summary>The request is deleted together with its user; open ones end without a result.</summary>
    Discard,

    /// <summary>A decision of an access review, which can be why access is taken.</summary>
    Review,
}
