using EntraAuditTools.Core.Queries.Entitlement.Requests;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Questions.Entitlement;

/// <summary>What is the status of this request, and how did it get there?</summary>
internal static class RequestsQuestion
{
    /// <summary>States of requests, in their usual order.</summary>
    public static readonly IReadOnlyList<string> StatusWords =
    [
        "Submitted", "Scheduled", "PendingApproval", "Approved", "Denied", "TimedOut", "Canceled", "ReadyToFulfill", "PartiallyFulfilled",
        "Fulfilled", "Failed", "Unknown",
    ];

    /// <summary>Kinds of request.</summary>
    public static readonly IReadOnlyList<string> TypeWords =
        ["UserRequest", "DirectAssignment", "AutoAssignment", "Extension", "Update", "Removal", "Unknown"];

    /// <summary>The question.</summary>
    public static readonly RecordQuestion<AccessPackageRequest> Instance =
        new("Get-AccessPackageRequest", "What is the status of this request, and how did it get there? Newest first.")
        {
            What = "Requests for access packages",
            Fields =
            [
                .. EntitlementFields.WhoseAndWhich,
                new("Status", "status", "PendingApproval, Fulfilled…") { TakesAll = true, ClosedList = StatusWords },
                new("Type", "type", "UserRequest, DirectAssignment…") { TakesAll = true, ClosedList = TypeWords },
                TimeFields.AsOf,
                EntitlementFields.RequestId,
                EntitlementFields.AssignmentId,
                .. TimeFields.All,
            ],
            Examples = ["--status PendingApproval", "--user 'Lio Ferro' --json", "--access-package 'Engineering*' --last 30d --csv"],
            Logs = _ => [KindNames.AuditActivity],
            TableRows = 50,
            PagesItself = true,
            Run = (mirror, input) => AccessPackageRequestQuery.Run(mirror, new AccessPackageRequestFilter
            {
                Selectors = input.Selectors,
                Status = input.Texts("Status"),
                Type = input.Texts("Type"),
                AsOf = input.Time("AsOf")?.ToUniversalTime(),
                After = input.Window.After,
                Before = input.Window.Before,
                Tenant = input.Texts("Tenant"),
                Skip = input.Skip,
                First = input.First,
            }),
        };
}
