using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Entitlement.Resources;
using EntraAuditTools.Core.Queries.Values;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Completion;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Questions.Entitlement;

/// <summary>Who got or lost a role of this application other than through an access package?</summary>
internal static class AppRolesQuestion
{
    private const string IncludeEntitlement = "IncludeEntitlement";

    /// <summary>The question.</summary>
    public static readonly RecordQuestion<AppRoleAssignmentActivity> Instance = new("Get-AppRoleAssignmentActivity",
        "Who got or lost a role of this application other than through an access package? Newest first.")
    {
        What = "Changes of application role assignments",
        Fields =
        [
            new("Application", "application", "Name of the application, or object id of its service principal.")
            {
                Noun = "application", Held = NameColumn.Identity, Completes = NameCompletion.RoleApplications,
            },
            EntitlementFields.User,
            EntitlementFields.Tenant,
            new("Result", "result", "success, failure.")
            {
                Noun = "result", Held = ActivityColumn.Result, TakesAll = true,
                Completes = LogCompletion.Of(AuditActivityQuery.Fields, "Result"),
            },
            new(IncludeEntitlement, "with those that came from an access package", "Show those too that came from an access package.")
                { IsSwitch = true },
            .. TimeFields.All,
        ],
        Examples = ["--last 90d", "--application 'Drydock Build' --include-entitlement", "--user joao.novak@harborline.example --csv"],
        Logs = _ => [KindNames.AuditActivity],
        TableRows = 50,
        Notes = input => input.Has(IncludeEntitlement) ? [] : ["without those that came from an access package"],
        PagesItself = true,
        Run = (mirror, input) => AppRoleAssignmentActivityQuery.Run(mirror, new AppRoleAssignmentActivityFilter
        {
            Selectors = input.Selectors,
            Application = input.Texts("Application"),
            Result = input.Texts("Result"),
            IncludeEntitlement = input.Has(IncludeEntitlement),
            After = input.Window.After,
            Before = input.Window.Before,
            Tenant = input.Texts("Tenant"),
            Skip = input.Skip,
            First = input.First,
        }),
    };
}
