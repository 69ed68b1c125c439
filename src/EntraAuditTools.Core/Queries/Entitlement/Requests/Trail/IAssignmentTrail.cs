using EntraAuditTools.Core.Queries.Entitlement.Entities;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Trail;

/// <summary>What the audit trail tells of assignments.</summary>
internal interface IAssignmentTrail
{
    /// <summary>Assignments that the trail tells of, for some selectors; null for all.</summary>
    IEnumerable<TrailAssignment> Find(IReadOnlyList<EntitlementSelector>? selectors);

    /// <summary>Requests for access that the trail tells of, as they were at a time; null for all that is known.</summary>
    IEnumerable<TrailRequest> Requests(IReadOnlyList<EntitlementSelector>? selectors, DateTimeOffset? asOf);
}
