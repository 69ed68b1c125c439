using System.Collections;
using System.Management.Automation;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Organizations;
using EntraAuditTools.Core.Queries.Entitlement.Packages;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>
/// Completes roles that packages give, those of most packages first; of the resource and of the packages that the command line names.
/// </summary>
public sealed class ResourceRoleCompleter : MirrorCompleter
{
    private const int MostPackages = 2_000;

    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> FromMirror(MirrorReader mirror, string command, string parameter, string typed,
        IDictionary bound)
    {
        var resources = Given(bound, "Resource");
        var packages = Given(bound, "AccessPackage") is { } named ? new[] { new EntitlementSelector { AccessPackage = named } } : null;
        var filter = new AccessPackageFilter { Selectors = packages, Resource = resources, First = MostPackages };
        var roles = AccessPackageQuery.Run(mirror, filter)
            .SelectMany(package => package.ResourceRoles)
            .Where(role => role.Role is { Length: > 0 } && (resources is null || IsOf(role.Resource, resources)))
            .GroupBy(role => role.Role!, StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.OrdinalIgnoreCase);
        return new TypedText(typed).Best(roles, group => [group.Key]).Take(Limit).Select(group => CompletionText.Literal(group.Key,
            tip: $"of {string.Join(", ", group.Select(role => role.Resource?.ToString()).OfType<string>().Distinct().Take(3))}"));
    }

    private static bool IsOf(EntitlementResource? resource, string[] texts)
    {
        var names = new[] { resource?.DisplayName, resource?.Id, resource?.Url }.OfType<string>().ToList();
        return texts.Select(text => new WildcardPattern(text, WildcardOptions.IgnoreCase)).Any(pattern => names.Exists(pattern.IsMatch));
    }
}

/// <summary>Completes domains of connected organizations, of those that the command line names; the tooltip says whose.</summary>
public sealed class OrganizationDomainCompleter : MirrorCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> FromMirror(MirrorReader mirror, string command, string parameter, string typed,
        IDictionary bound)
    {
        var organizations = ConnectedOrganizationQuery.Run(mirror,
            new ConnectedOrganizationFilter { Name = Given(bound, "Name"), State = Given(bound, "State"), Tenant = Given(bound, "Tenant") });
        var domains = organizations.SelectMany(organization => organization.Domains.Select(domain => (Domain: domain, organization.DisplayName)))
            .DistinctBy(found => found.Domain, StringComparer.OrdinalIgnoreCase)
            .OrderBy(found => found.Domain, StringComparer.OrdinalIgnoreCase);
        return new TypedText(typed).Best(domains, found => [found.Domain, found.DisplayName]).Take(Limit)
            .Select(found => CompletionText.Literal(found.Domain, tip: found.DisplayName));
    }
}
