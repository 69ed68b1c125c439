namespace EntraAuditTools.Core.Tests.Requests;

/// <summary>Where the rows of the tables of requests come from.</summary>
internal static class RequestSources
{
    // Of entra-docs, docs/id-governance/entitlement-management-….
    public const string Process = "process, \"Request process\"";
    public const string Expiry = "process, \"Expired access request emails\"";
    public const string TwoStages = "process, \"Multi-stage approval access request emails\"";
    public const string Approval = "access-package-approval-policy, \"Approval\"";
    public const string Reports = "reports, \"Determine the status of a user's request\"";
    public const string Reprocess = "troubleshoot, \"Reprocess a request\"";
    public const string CancelPending = "troubleshoot, \"Cancel a pending request\"";

    /// <summary>Of Graph v1.0.</summary>
    public const string GraphStates = "accessPackageAssignmentRequest, accessPackageRequestState";

    /// <summary>The reference of audit activities of 2024-10, and what tenants write beside it (FORMATS 6).</summary>
    public const string Reference = "reference-audit-activities";
    public const string Tenants = "FORMATS 6, activities that tenants write";
    public const string Lifecycle = "FORMATS 6, lifecycle";

    /// <summary>docs/request-matching.md: its numbered rules, and what it assumes.</summary>
    public const string Named = "request-matching, How 2", Ids = "request-matching, How 3", Persons = "request-matching, How 4",
        Rest = "request-matching, How 5", Order = "request-matching, How: order of import", Assumed = "request-matching, assumptions";
}
