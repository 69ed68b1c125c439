using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Organizations;
using EntraAuditTools.Core.Queries.Entitlement.Packages;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Questions.Completion;

/// <summary>Completes with what objects have: roles of resources, domains of organizations.</summary>
internal static class RoleCompletion
{
    private const int MostPackages = 2_000, MostNamed = 3;

    /// <summary>
    /// Roles that packages give, those of most packages first; of the resource and the packages that the command line names.
    /// </summary>
    public static IEnumerable<CompletedValue> Roles(CompletionRequest request)
    {
        if (request.Mirror is not { } mirror) return [];
        var resources = request.Given("Resource");
        var packages = request.Given("AccessPackage") is { } named ? new[] { new EntitlementSelector { AccessPackage = named } } : null;
        var filter = new AccessPackageFilter { Selectors = packages, Resource = resources, First = MostPackages };
        var roles = AccessPackageQuery.Run(mirror, filter)
            .SelectMany(package => package.ResourceRoles)
            .Where(role => role.Role is { Length: > 0 } && (resources is null || IsOf(role.Resource, resources)))
            .GroupBy(role => role.Role!, StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.OrdinalIgnoreCase);
        return new TypedText(request.Typed).Best(roles, group => [group.Key]).Take(CompletionRequest.Limit)
            .Select(group => new CompletedValue(group.Key, Tip: "of "
                + string.Join(", ", group.Select(role => role.Resource?.ToString()).OfType<string>().Distinct().Take(MostNamed))));
    }

    /// <summary>Domains of connected organizations, of those that the command line names; the tip says whose.</summary>
    public static IEnumerable<CompletedValue> Domains(CompletionRequest request)
    {
        if (request.Mirror is not { } mirror) return [];
        var organizations = ConnectedOrganizationQuery.Run(mirror, new ConnectedOrganizationFilter
        {
            Name = request.Given("Name"), State = request.Given("State"), Tenant = request.Given("Tenant"),
        });
        var domains = organizations
            .SelectMany(organization => organization.Domains.Select(domain => (Domain: domain, organization.DisplayName)))
            .DistinctBy(found => found.Domain, StringComparer.OrdinalIgnoreCase)
            .OrderBy(found => found.Domain, StringComparer.OrdinalIgnoreCase);
        return new TypedText(request.Typed).Best(domains, found => [found.Domain, found.DisplayName]).Take(CompletionRequest.Limit)
            .Select(found => new CompletedValue(found.Domain, Tip: found.DisplayName));
    }

    private static bool IsOf(EntitlementResource? resource, IReadOnlyList<string> texts)
    {
        var names = new[] { resource?.DisplayName, resource?.Id, resource?.Url }.OfType<string>().ToList();
        return texts.Select(text => new WildcardText(text)).Any(pattern => names.Exists(name => pattern.IsMatch(name)));
    }
}
