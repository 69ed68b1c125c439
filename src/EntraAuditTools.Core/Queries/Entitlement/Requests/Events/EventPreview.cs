namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Events;

/// <summary>What could link an event to a request, read before the event itself, which mostly is of no use.</summary>
/// <param name="Row">Row of the activity.</param>
/// <param name="HasAssignment">Whether it names an assignment.</param>
/// <param name="Identities">Its targets, and its initiator where it has no user among them.</param>
internal readonly record struct EventPreview(long Row, bool HasAssignment, long[] Identities);
