using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Packages;
using EntraAuditTools.Core.Queries.Entitlement.Requests;
using EntraAuditTools.Core.Queries.Entitlement.Resources;

namespace EntraAuditTools.Cli.Demo;

/// <summary>What an administrator asks of entitlement management, answered from the sample tenant.</summary>
internal static class EntitlementAnswers
{
    // A person with several packages, and one with none.
    private const string Holder = "Ingrid Solberg", Newcomer = "Noor Aldana";

    public static void Write(MirrorReader mirror)
    {
        Screen.WriteHeading("Which access does she have, through which package, and until when?",
            $"Get-ResourceAssignment -User '{Holder}'");
        Screen.WriteTable(
            ["Resource", "Role", "Access package", "Policy", "Start (UTC)", "End (UTC)"],
            ResourceAssignmentQuery.Run(mirror, new ResourceAssignmentFilter { Selectors = Of(Holder) })
            .SelectMany(role => role.Grants.Select(grant => (IReadOnlyList<string>)
            [
                role.Resource?.ToString() ?? string.Empty, role.Role ?? string.Empty, grant.AccessPackage?.ToString() ?? string.Empty,
                grant.Policy?.ToString() ?? string.Empty,
                ActivityTable.Time(grant.Start), grant.EndKnown && grant.End == null ? "no end" : ActivityTable.Time(grant.End),
            ])));

        Screen.WriteHeading("What could a newcomer request, and by which policy?", $"Get-AccessPackage -User '{Newcomer}' -CanRequest");
        Screen.WriteTable(
            ["Access package", "Can request", "Reason"],
            AccessPackageQuery.Run(mirror, new AccessPackageFilter { Selectors = Of(Newcomer), CanRequest = true, First = 8 })
                .Select(package => (IReadOnlyList<string>)[package.DisplayName ?? string.Empty, package.CanRequest ?? string.Empty,
                    package.Reason ?? string.Empty]));

        Screen.WriteHeading("Who asked for access lately, and what became of it?", "Get-AccessPackageRequest -First 8");
        Screen.WriteTable(
            ["Requested (UTC)", "User", "Access package", "Type", "Status"],
            AccessPackageRequestQuery.Run(mirror, new AccessPackageRequestFilter { First = 8 }).Select(request => (IReadOnlyList<string>)
            [
                ActivityTable.Time(request.RequestedAt), request.User?.ToString() ?? string.Empty, request.AccessPackage?.ToString()
                ?? string.Empty, request.Type, request.Status,
            ]));
    }

    private static EntitlementSelector[] Of(string user) => [new() { User = [user] }];
}
