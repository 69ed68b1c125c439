using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>
/// A tree with a file for each object, as EntraExporter writes it from the beta. A package's own folder holds its policies, assignments
/// and resource scopes; the last do not name their package.
/// </summary>
public static class EntitlementTree
{
    /// <summary>Writes the tree of a tenant as it stood. Returns how many files.</summary>
    public static int Write(string folder, Tenant tenant, DateTimeOffset at)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(tenant);
        var entitlement = tenant.Entitlement;
        long ticks = at.UtcTicks;
        var beta = new EntitlementBetaJson(entitlement, ticks);
        string root = Path.Combine(folder, "IdentityGovernance", "EntitlementManagement");
        int files = 0;
        using var text = new JsonText(indented: true);
        void One(string path, string id, Action<Utf8JsonWriter> write)
        {
            string own = Path.Combine(path, id);
            Directory.CreateDirectory(own);
            File.WriteAllText(Path.Combine(own, id + ".json"), text.Text(write).Replace("\r\n", "\n", StringComparison.Ordinal));
            files++;
        }

        foreach (var package in entitlement.Packages.Where(package => package.ExistsAt(ticks)))
        {
            string packages = Path.Combine(root, "AccessPackages");
            string own = Path.Combine(packages, package.Id);
            One(packages, package.Id, json => beta.Package(json, package));
            foreach (var policy in package.PoliciesAt(ticks))
                One(Path.Combine(own, "AssignmentPolicies"), policy.Id, json => beta.Policy(json, policy, package));
            foreach (var assignment in entitlement.Assignments
                .Where(assignment => assignment.Package.Id == package.Id && assignment.ExistsAt(ticks)))
                One(Path.Combine(own, "Assignments"), assignment.Id, json => beta.Assignment(json, assignment, expanded: false));
            foreach (var resource in package.ResourcesAt(ticks))
                One(Path.Combine(own, "ResourceScopes"), resource.RoleScopeId, json => beta.RoleScope(json, package, resource));
        }

        foreach (var organization in entitlement.ConnectedOrganizations.Where(organization => organization.ExistsAt(ticks)))
        {
            string organizations = Path.Combine(root, "ConnectedOrganizations");
            One(organizations, organization.Id, json => beta.Organization(json, organization, sponsors: false));
            foreach (var sponsor in organization.InternalSponsors)
                One(Path.Combine(organizations, organization.Id, "InternalSponsors"), sponsor.Id, json =>
                    EntitlementJson.Member(json, sponsor));
            foreach (var sponsor in organization.ExternalSponsors)
                One(Path.Combine(organizations, organization.Id, "ExternalSponsors"), sponsor.Id, json =>
                    EntitlementJson.Member(json, sponsor));
        }

        return files;
    }
}
