namespace EntraAuditTools.SampleTenant;

/// <summary>What happens to one or two requests, with all the events it leaves in the audit log.</summary>
public enum RequestScenario
{
    /// <summary>One stage of approval; delivered, still assigned.</summary>
    OneStage,

    /// <summary>Needs no approval; delivered.</summary>
    AutoApproved,

    /// <summary>Denied by the approver of the first stage.</summary>
    DeniedAtStageOne,

    /// <summary>No approver acted within 14 days.</summary>
    TimedOut,

    /// <summary>Delivered, and ended when its time was over.</summary>
    Expired,

    /// <summary>Cancelled by the requestor before a decision.</summary>
    Canceled,

    /// <summary>Approved, but delivery failed for good.</summary>
    FailedDelivery,

    /// <summary>Approved; one resource of several could not be given.</summary>
    PartiallyFulfilled,

    /// <summary>Delivered; later given back by the user.</summary>
    RemovedByUser,

    /// <summary>Delivered; later taken away by an administrator.</summary>
    RemovedByAdministrator,

    /// <summary>Assigned by an administrator without a request.</summary>
    DirectAssignment,

    /// <summary>Delivered; the user asked to keep it for longer.</summary>
    Extended,

    /// <summary>Approved for a day that has not come.</summary>
    Scheduled,

    /// <summary>Waits for the approver of the first stage at the end of the log.</summary>
    Pending,

    /// <summary>Two stages of approval; delivered.</summary>
    TwoStages,

    /// <summary>The approver did not act; an alternate approver was added and approved.</summary>
    Escalated,

    /// <summary>Approved in the first stage, denied in the second.</summary>
    DeniedAtStageTwo,

    /// <summary>Approved in the first stage, waits for the second at the end of the log.</summary>
    PendingAtStageTwo,

    /// <summary>The requestor is the approver and approves.</summary>
    SelfApproved,

    /// <summary>Requested for the user by somebody else, a manager.</summary>
    OnBehalf,

    /// <summary>Given by a policy whose rule matches the user; still assigned.</summary>
    AutoAssigned,

    /// <summary>Given by a policy's rule, and taken away when the rule no longer matched.</summary>
    RemovedByRule,

    /// <summary>Delivered; taken away because a reviewer said no.</summary>
    RemovedByReview,

    /// <summary>Delivered; gone because the user was deleted.</summary>
    UserDeleted,

    /// <summary>Delivery failed, an administrator had it reprocessed, then it was delivered.</summary>
    Retried,

    /// <summary>Approved for a later day, and delivered on that day.</summary>
    ScheduledThenDelivered,

    /// <summary>Delivered; the user later changed the answers given.</summary>
    Updated,

    /// <summary>Denied; requested again two days later and approved.</summary>
    RequestedAgain,

    /// <summary>One person requests two packages within a minute; both are delivered.</summary>
    TwoAtOnce,

    /// <summary>Requested, delivered, given back, requested again.</summary>
    SamePackageTwice,

    /// <summary>The request itself failed: one event, result failure.</summary>
    Refused,

    /// <summary>One stage of approval, and events between that no list of activities has.</summary>
    UnknownActivities,

    /// <summary>One stage of approval; delivered; some of its records are certainly missing.</summary>
    RecordsMissing,
}
