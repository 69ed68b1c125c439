namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Linking;

/// <summary>How an event was linked to its request; the names are shown.</summary>
internal enum LinkKind
{
    RequestId,
    AssignmentId,
    CorrelationId,
    PersonPackageTime,
}
