namespace EntraAuditTools.Core.Queries.Entitlement.Requests.States;

/// <summary>What became of a stage of an approval; the names are shown.</summary>
internal enum ApprovalDecision
{
    /// <summary>It is open.</summary>
    Pending,
    Approved,
    Denied,

    /// <summary>Nobody decided in time.</summary>
    TimedOut,

    /// <summary>The policy wants none.</summary>
    NotRequired,

    /// <summary>The policy wants one, and the request was made so as to go without.</summary>
    Bypassed,
}
