namespace EntraAuditTools.Core.Queries.Entitlement.Requests.States;

/// <summary>
/// How far a request came, in the order in which it moves forward: what ends it without access comes last. The names are shown. Sources:
/// the states of entitlement-management-process ("Request process"), and Graph's <c>accessPackageRequestState</c>.
/// </summary>
internal enum RequestStatus
{
    /// <summary>No event brought a status.</summary>
    Unknown,
    Submitted,
    PendingApproval,
    Approved,

    /// <summary>Approved for a later day.</summary>
    Scheduled,

    /// <summary>Approved or in no need of it, and not yet delivered ("delivering").</summary>
    ReadyToFulfill,

    /// <summary>The delivery failed ("deliveryFailed").</summary>
    Failed,

    /// <summary>Some of the resources were delivered ("partiallyDelivered").</summary>
    PartiallyFulfilled,

    /// <summary>Delivered.</summary>
    Fulfilled,
    Denied,

    /// <summary>Nobody decided in time ("Expired").</summary>
    TimedOut,
    Canceled,
}

/// <summary>What follows from a status.</summary>
internal static class RequestStatuses
{
    /// <summary>Whether no more is to come.</summary>
    public static bool IsEnd(this RequestStatus status) => status >= RequestStatus.Failed;

    /// <summary>Whether access was refused.</summary>
    public static bool IsRefused(this RequestStatus status) => status >= RequestStatus.Denied;

    /// <summary>Whether it was made and is not yet decided, or not yet delivered.</summary>
    public static bool IsOpen(this RequestStatus status) => status is > RequestStatus.Unknown and < RequestStatus.Failed;

    /// <summary>Whether access was given, all of it or some.</summary>
    public static bool IsDelivered(this RequestStatus status) => status is RequestStatus.Fulfilled or RequestStatus.PartiallyFulfilled;
}
