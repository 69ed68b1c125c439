using EntraAuditTools.Core.Catalog;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Objects;

/// <summary>How the assignment that came of a request ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="EndedTicks">When an event says that it is gone, UTC ticks; null when none does.</param>
/// <param name="AskedTicks">When the end was asked for, or else heard of, UTC ticks.</param>
internal sealed record AssignmentEnd(EndReason Reason, long? EndedTicks, long AskedTicks);
