namespace EntraAuditTools.Core.Queries.Entitlement.Requests;

/// <summary>When assignments began and ended, and why, by the audit trail.</summary>
internal interface IAssignmentTrail
{
    /// <summary>The assignments that the selectors are about; all when there are none. One that nothing says was delivered is not among them.</summary>
    IEnumerable<TrailAssignment> Find(IReadOnlyList<EntitlementSelector>? selectors);
}
