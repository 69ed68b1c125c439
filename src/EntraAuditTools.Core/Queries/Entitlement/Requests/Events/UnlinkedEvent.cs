namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Events;

/// <summary>What could tie an event to a request, read before the event itself, which mostly is of no use.</summary>
/// <param name="Row">Row of the activity.</param>
/// <param name="Assignment">Null when it names none.</param>
/// <param name="Identities">Its targets, and its initiator where it has no user among them.</param>
/// <param name="HasUser">Whether a user is among its targets.</param>
internal readonly record struct UnlinkedEvent(long Row, string? Assignment, long[] Identities, bool HasUser);
