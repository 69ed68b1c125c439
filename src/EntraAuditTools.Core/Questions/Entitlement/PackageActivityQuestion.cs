using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Entitlement.Activities;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Completion;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Questions.Entitlement;

/// <summary>What happened to this access package? The portal's workbook "Access Package Activity", with failures.</summary>
internal static class PackageActivityQuestion
{
    /// <summary>The question.</summary>
    public static readonly RecordQuestion<AccessPackageActivity> Instance =
        new("Get-AccessPackageActivity", "What happened to this access package? Newest first.")
        {
            What = "Events of access packages",
            Fields =
            [
                .. EntitlementFields.WhoseAndWhich,
                new("Operation", "operation", "Name of the activity.")
                {
                    Completes = LogCompletion.Of(AuditActivityQuery.Fields, "Activity"),
                },
                new("Result", "result", "success, failure.")
                {
                    TakesAll = true, Completes = LogCompletion.Of(AuditActivityQuery.Fields, "Result"),
                },
                .. TimeFields.All,
            ],
            Examples = ["--access-package 'Campaign studio' --last 90d", "--result failure", "--operation 'User requests*' --json"],
            Logs = _ => [KindNames.AuditActivity],
            TableRows = 50,
            PagesItself = true,
            Run = (mirror, input) => AccessPackageActivityQuery.Run(mirror, new AccessPackageActivityFilter
            {
                Selectors = input.Selectors,
                Operation = input.Texts("Operation"),
                Result = input.Texts("Result"),
                After = input.Window.After,
                Before = input.Window.Before,
                Tenant = input.Texts("Tenant"),
                Skip = input.Skip,
                First = input.First,
            }),
        };
}
