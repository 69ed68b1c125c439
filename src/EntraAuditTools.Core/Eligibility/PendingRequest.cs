namespace EntraAuditTools.Core.Eligibility;

/// <summary>A request of the subject that is not yet decided or delivered at the time asked for.</summary>
/// <param name="Id">Its id; null when only the audit log contains the request and does not name it.</param>
/// <param name="State">Its state, for reasons.</param>
internal sealed record PendingRequest(string? Id, string State);
