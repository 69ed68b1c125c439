using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>Kinds of object that are exported as lists of their own.</summary>
public enum EntitlementKind
{
    Catalogs,

    /// <summary>Expanded: with catalog, resource role scopes, incompatible packages and groups.</summary>
    AccessPackages,

    /// <summary>Expanded: with the package.</summary>
    AssignmentPolicies,

    /// <summary>Expanded: with target, package and policy. Ended ones too.</summary>
    Assignments,

    /// <summary>Expanded: with requestor, package and assignment.</summary>
    AssignmentRequests,

    /// <summary>Expanded: with sponsors.</summary>
    ConnectedOrganizations,

    /// <summary>Resource roles that were given; the beta alone has them.</summary>
    ResourceAssignments,

    Users,

    /// <summary>Expanded: with members, up to 20.</summary>
    Groups,

    /// <summary>With their roles.</summary>
    ServicePrincipals,

    /// <summary>With their roles.</summary>
    Applications,
}

/// <summary>How a list is exported.</summary>
public enum EntitlementShape
{
    /// <summary>Graph v1.0 page, with <c>$expand</c>.</summary>
    Graph,

    /// <summary>Graph v1.0 page without <c>$expand</c>: no foreign keys.</summary>
    GraphPlain,

    /// <summary>Graph v1.0 page, expanded ones with id and name only.</summary>
    GraphNames,

    /// <summary>Graph beta page, with <c>$expand</c>.</summary>
    Beta,

    /// <summary>Graph beta page without <c>$expand</c>: foreign keys.</summary>
    BetaPlain,

    /// <summary>Graph PowerShell SDK objects with -ExpandProperty, PowerShell 7, ConvertTo-Json -Depth 10.</summary>
    Sdk,

    /// <summary>The same without -ExpandProperty: objects with nothing in them where the expanded ones would be.</summary>
    SdkPlain,

    /// <summary>As <see cref="Sdk"/>, from Windows PowerShell 5.1: /Date(ms)/.</summary>
    SdkWindowsPowerShell,
}

/// <summary>Entitlement management and the directory objects that its answers need, as exported at a time.</summary>
public static class EntitlementShapes
{
    internal const string Governance = "identityGovernance/entitlementManagement/";

    /// <summary>Writes one list as it stood at a time. Returns how many objects.</summary>
    /// <param name="kind">Which list.</param>
    /// <param name="shape">How.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="at">The time.</param>
    /// <param name="top">No more than so many, as <c>$top</c> and -Top give; negative for so many of the last; null for all.</param>
    /// <exception cref="ArgumentException">The shape does not know the kind: resource assignments outside the beta.</exception>
    public static long Write(EntitlementKind kind, EntitlementShape shape, Stream stream, Tenant tenant, DateTimeOffset at, int? top = null)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        var source = new EntitlementSource(tenant.Entitlement, at.UtcTicks);
        var items = source.Items(kind, shape);
        items = top < 0 ? items.TakeLast(-top.Value) : items.Take(top ?? int.MaxValue);
        if (shape is EntitlementShape.Sdk or EntitlementShape.SdkPlain or EntitlementShape.SdkWindowsPowerShell)
            return EntitlementSdk.Write(stream, kind, items, shape);
        return Page(stream, Version(shape), EntitlementSource.Context(kind, shape), null, items);
    }

    /// <summary>The same as a chain of pages in a folder, <c>page-001.json</c> and so on. Returns how many pages.</summary>
    public static int WriteFolder(EntitlementKind kind, EntitlementShape shape, string folder, Tenant tenant, DateTimeOffset at,
        int pageSize)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        var source = new EntitlementSource(tenant.Entitlement, at.UtcTicks);
        Directory.CreateDirectory(folder);
        var pages = source.Items(kind, shape).Chunk(pageSize).ToList();
        for (int number = 0; number < Math.Max(1, pages.Count); number++)
        {
            string? next = number + 1 < pages.Count
                ? $"https://graph.microsoft.com/{Version(shape)}/{EntitlementSource.Path(kind, shape)}?$skiptoken={number + 1:x16}" : null;
            using var stream = File.Create(System.IO.Path.Combine(folder, $"page-{number + 1:000}.json"));
            Page(stream, Version(shape), EntitlementSource.Context(kind, shape), next, pages.Count == 0 ? [] : pages[number]);
        }

        return Math.Max(1, pages.Count);
    }

    /// <summary>The resources of a catalog with their roles and scopes: only the context names the catalog.</summary>
    public static long WriteCatalogResources(Stream stream, Tenant tenant, DateTimeOffset at, AccessCatalog catalog, bool beta = false)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(catalog);
        string path = beta ? $"{Governance}accessPackageCatalogs('{catalog.Id}')/accessPackageResources"
            : $"{Governance}catalogs('{catalog.Id}')/resources";
        return Page(stream, beta ? "beta" : "v1.0",
            path + (beta ? "(accessPackageResourceRoles(),accessPackageResourceScopes())" : "(scopes(),roles())"), null,
            new EntitlementSource(tenant.Entitlement, at.UtcTicks).CatalogResources(catalog, beta, path));
    }

    /// <summary>An approval read by its id, which is the request's.</summary>
    public static void WriteApproval(Stream stream, PackageRequest request, DateTimeOffset at, bool beta = false)
    {
        ArgumentNullException.ThrowIfNull(request);
        string stages = beta ? "steps" : "stages";
        string context = $"https://graph.microsoft.com/{(beta ? "beta" : "v1.0")}/$metadata#{Governance}accessPackageAssignmentApprovals";
        using var output = new JsonOutput(stream);
        var json = output.Json;
        json.WriteStartObject();
        json.WriteString("@odata.context", context + "/$entity");
        json.WriteString("id", request.Id);
        json.WriteString(stages + "@odata.context", $"{context}('{request.Id}')/{stages}");
        json.WriteStartArray(stages);
        EntitlementJson.ApprovalStages(json, request, at.UtcTicks);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>
    /// A page of /groups/{id}/members or /groups/{id}/transitiveMembers: nothing in it names the group. Lists that are cut are whole here.
    /// </summary>
    public static long WriteMembers(Stream stream, DirectoryGroup group, bool transitive = false)
    {
        ArgumentNullException.ThrowIfNull(group);
        var people = transitive ? group.TransitiveMembers : group.Members;
        var groups = transitive ? Inner(group) : group.Groups;
        return Page(stream, "v1.0", "directoryObjects", null,
            people.Select(person => (Action<Utf8JsonWriter>)(json => EntitlementJson.Member(json, person)))
                .Concat(groups.Select(inner => (Action<Utf8JsonWriter>)(json => EntitlementJson.Member(json, inner)))));

        static IEnumerable<DirectoryGroup> Inner(DirectoryGroup group) => group.Groups.Concat(group.Groups.SelectMany(Inner));
    }

    /// <summary>A page of the sponsors of an organization: only the context names it.</summary>
    public static long WriteSponsors(Stream stream, ConnectedOrganizationModel organization, bool external)
    {
        ArgumentNullException.ThrowIfNull(organization);
        return Page(stream, "v1.0", $"{Governance}connectedOrganizations('{organization.Id}')/{(external ? "external" : "internal")}Sponsors", null,
            (external ? organization.ExternalSponsors : organization.InternalSponsors)
            .Select(person => (Action<Utf8JsonWriter>)(json => EntitlementJson.Member(json, person))));
    }

    /// <summary>
    /// A page of /servicePrincipals/{id}/appRoleAssignedTo: who has the application's roles, through packages and otherwise.
    /// </summary>
    public static long WriteAppRoleAssignedTo(Stream stream, Tenant tenant, DateTimeOffset at, EnterpriseApplication application)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(application);
        return Page(stream, "v1.0", $"servicePrincipals('{application.ServicePrincipalId}')/appRoleAssignedTo", null,
            EntitlementSource.AppRoleAssignedTo(tenant, at, application));
    }

    internal static long Page(Stream stream, string version, string context, string? next, IEnumerable<Action<Utf8JsonWriter>> items)
    {
        long count = 0;
        using var output = new JsonOutput(stream);
        output.Json.WriteStartObject();
        output.Json.WriteString("@odata.context", $"https://graph.microsoft.com/{version}/$metadata#{context}");
        if (next is not null)
            output.Json.WriteString("@odata.nextLink", next);
        output.Json.WriteStartArray("value");
        foreach (var write in items)
        {
            write(output.Json);
            output.Breathe();
            count++;
        }

        output.Json.WriteEndArray();
        output.Json.WriteEndObject();
        return count;
    }

    private static string Version(EntitlementShape shape) => shape is EntitlementShape.Beta or EntitlementShape.BetaPlain ? "beta" : "v1.0";
}
