using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.States;

/// <summary>How far a request came, by its events.</summary>
/// <param name="Status">The status.</param>
/// <param name="By">The event that brought it; null when none did.</param>
internal readonly record struct RequestState(RequestStatus Status, EntitlementEvent? By);
