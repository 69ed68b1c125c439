using EntraAuditTools.Core.Queries.Entitlement.Resources;
using EntraAuditTools.Core.Questions.Asking;
using EntraAuditTools.Core.Questions.Completion;

namespace EntraAuditTools.Core.Questions.Entitlement;

/// <summary>
/// Which resource roles does this user have through entitlement management, from which package and policy, from when to when?
/// </summary>
internal static class ResourcesQuestion
{
    /// <summary>The question.</summary>
    public static readonly RecordQuestion<ResourceAssignment> Instance = new("Get-ResourceAssignment",
        "Which resource roles does this user have through access packages, from when to when?")
    {
        What = "Resource roles",
        Fields =
        [
            .. EntitlementFields.WhoseAndWhich,
            EntitlementFields.Resource,
            new("Role", "role", "Name of the role.") { Completes = RoleCompletion.Roles },
            EntitlementFields.AssignmentId,
            TimeFields.AsOf,
        ],
        Examples =
        [
            "--user 'Ingrid Solberg'", "--resource 'Ledger Readers' --csv", "--access-package 'Night shift' --as-of 2026-10-15 --json",
        ],
        TableRows = 50,
        PagesItself = true,
        Run = (mirror, input) => ResourceAssignmentQuery.Run(mirror, new ResourceAssignmentFilter
        {
            Selectors = input.Selectors,
            Resource = input.Texts("Resource"),
            Role = input.Texts("Role"),
            AsOf = input.Time("AsOf")?.ToUniversalTime(),
            Tenant = input.Texts("Tenant"),
            Skip = input.Skip,
            First = input.First,
        }),
    };
}
