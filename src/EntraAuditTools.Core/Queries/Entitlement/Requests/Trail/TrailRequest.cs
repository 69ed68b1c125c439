using EntraAuditTools.Core.Queries.Entitlement.Requests.States;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Trail;

/// <summary>A request to give access, as the audit trail (with its object, where that was exported) shows it.</summary>
/// <param name="RequestId">Its id; null when no event names it.</param>
/// <param name="UserId">Who is to have access.</param>
/// <param name="PackageId">To what.</param>
/// <param name="Status">How far it came.</param>
/// <param name="RequestedTicks">When it was made, or first heard of, UTC ticks.</param>
internal sealed record TrailRequest(string? RequestId, string UserId, string PackageId, RequestStatus Status, long RequestedTicks)
{
    /// <summary>Whether it is not yet decided, or not yet delivered: until then it cannot be made again.</summary>
    public bool IsOpen => Status.IsOpen();
}
