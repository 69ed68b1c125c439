using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Linking;

/// <summary>An event of a request.</summary>
internal readonly record struct LinkedEvent(EntitlementEvent Event, LinkKind By);
