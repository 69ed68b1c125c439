using System.Text.Json;
using static EntraAuditTools.SampleTenant.EntitlementShapes;

namespace EntraAuditTools.SampleTenant;

/// <summary>The objects of a list, each as something that writes it.</summary>
internal sealed class EntitlementSource(EntitlementManagement entitlement, long at)
{
    private readonly EntitlementBetaJson beta = new(entitlement, at);
    private readonly Lazy<Dictionary<string, PackageAssignment>> assignments =
        new(() => entitlement.Assignments.ToDictionary(assignment => assignment.Id, StringComparer.Ordinal));

    public IEnumerable<Action<Utf8JsonWriter>> Items(EntitlementKind kind, EntitlementShape shape)
    {
        bool isBeta = shape is EntitlementShape.Beta or EntitlementShape.BetaPlain;
        bool expanded = shape is not (EntitlementShape.GraphPlain or EntitlementShape.BetaPlain or EntitlementShape.SdkPlain);
        bool names = shape == EntitlementShape.GraphNames;
        return kind switch
        {
            EntitlementKind.Catalogs => Each(entitlement.Catalogs, (json, catalog) =>
            {
                if (isBeta)
                    beta.Catalog(json, catalog);
                else
                    EntitlementJson.Catalog(json, catalog);
            }),
            EntitlementKind.AccessPackages => Each(Packages, (json, package) => Package(json, package, isBeta, expanded, names)),
            EntitlementKind.AssignmentPolicies =>
                Each(Packages.SelectMany(package => package.PoliciesAt(at).Select(policy => (package, policy))), (json, item) =>
            {
                if (isBeta)
                    beta.Policy(json, item.policy, item.package);
                else
                    Policy(json, item.policy, item.package, expanded, names);
            }),
            EntitlementKind.Assignments => Each(entitlement.Assignments.Where(assignment => assignment.ExistsAt(at)), (json, assignment) =>
            {
                if (isBeta)
                    beta.Assignment(json, assignment, expanded);
                else
                    Assignment(json, assignment, expanded, names);
            }),
            EntitlementKind.AssignmentRequests => Each(entitlement.Requests.Where(request => request.ExistsAt(at)), (json, request) =>
            {
                if (isBeta)
                    beta.Request(json, request, AssignmentOf(request), expanded);
                else
                    Request(json, request, expanded, names);
            }),
            EntitlementKind.ConnectedOrganizations =>
                Each(entitlement.ConnectedOrganizations.Where(organization => organization.ExistsAt(at)), (json, organization) =>
            {
                if (isBeta)
                    beta.Organization(json, organization, expanded);
                else
                    EntitlementJson.Organization(json, organization, at, null, expanded);
            }),
            EntitlementKind.ResourceAssignments when isBeta =>
                Each(ExpectedEntitlement.Of(entitlement.Tenant, new DateTimeOffset(at, TimeSpan.Zero)).Resources, (json, role) =>
                beta.ResourceAssignment(json, role, [.. role.Grants.Select(grant => assignments.Value[grant.AssignmentId])])),
            EntitlementKind.Users => Each(entitlement.People, (json, person) =>
                DirectoryJson.User(json, person, entitlement.Tenant.Domain)),
            EntitlementKind.Groups =>
                Each(entitlement.Groups.Where(group => group.Export != MemberExport.None), (json, group) =>
                    DirectoryJson.Group(json, group, expanded)),
            EntitlementKind.ServicePrincipals =>
                Each(entitlement.Applications, (json, application) => DirectoryJson.Application(json, application, servicePrincipal: true)),
            EntitlementKind.Applications =>
                Each(entitlement.Applications, (json, application) =>
                    DirectoryJson.Application(json, application, servicePrincipal: false)),
            _ => throw new ArgumentException($"{shape} has no {kind}.", nameof(kind)),
        };
    }

    public IEnumerable<Action<Utf8JsonWriter>> CatalogResources(AccessCatalog catalog, bool isBeta, string path) =>
        Each(Packages.Where(package => package.Catalog == catalog).SelectMany(package => package.ResourcesAt(at))
            .GroupBy(resource => resource.ResourceId), (json, same) =>
        {
            List<PackageResource> roles = [.. same.DistinctBy(resource => resource.RoleId)];
            long created = catalog.Created.Ticks + TimeSpan.TicksPerHour;
            if (isBeta)
            {
                EntitlementBetaJson.Resource(json, roles, created);
                return;
            }

            string one = $"https://graph.microsoft.com/v1.0/$metadata#{path}('{same.Key}')/";
            json.WriteStartObject();
            EntitlementJson.Resource(json, roles[0], created);
            json.WriteString("scopes@odata.context", one + "scopes");
            json.WriteStartArray("scopes");
            json.WriteStartObject();
            EntitlementJson.Scope(json, roles[0]);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteString("roles@odata.context", one + "roles");
            json.WriteStartArray("roles");
            foreach (var role in roles)
            {
                json.WriteStartObject();
                EntitlementJson.Role(json, role);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    public static IEnumerable<Action<Utf8JsonWriter>> AppRoleAssignedTo(Tenant tenant, DateTimeOffset at, EnterpriseApplication application)
    {
        var roles = ExpectedEntitlement.Of(tenant, at).Resources.Where(role => role.Resource.Application == application)
            .Select(role => (Id: role.Subject.ObjectId!, role.Subject.DisplayName, Type: role.Subject.IsServicePrincipal
                ? "ServicePrincipal" : "User", Role: role.Resource.RoleOriginId, role.Grants[0].Start))
            // One that is due to no package.
            .Append((Id: tenant.Groups[0].Id, DisplayName: tenant.Groups[0].DisplayName, Type: "Group", Role: application.Roles[0].Id,
                Start: tenant.Options.From.UtcTicks - 100 * TimeSpan.TicksPerDay));
        return Each(roles, (json, role) =>
        {
            json.WriteStartObject();
            json.WriteString("id", SampleRandom.Of(role.Id + "/" + role.Role).Code(43));
            json.WriteNull("deletedDateTime");
            json.WriteString("appRoleId", role.Role);
            json.WriteString("createdDateTime", Iso8601.Text(role.Start, "Z"));
            json.WriteString("principalDisplayName", role.DisplayName);
            json.WriteString("principalId", role.Id);
            json.WriteString("principalType", role.Type);
            json.WriteString("resourceDisplayName", application.DisplayName);
            json.WriteString("resourceId", application.ServicePrincipalId);
            json.WriteEndObject();
        });
    }

    /// <summary>The path of a list.</summary>
    public static string Path(EntitlementKind kind, EntitlementShape shape)
    {
        bool isBeta = shape is EntitlementShape.Beta or EntitlementShape.BetaPlain;
        return kind switch
        {
            EntitlementKind.Catalogs => Governance + (isBeta ? "accessPackageCatalogs" : "catalogs"),
            EntitlementKind.AccessPackages => Governance + "accessPackages",
            EntitlementKind.AssignmentPolicies => Governance + (isBeta ? "accessPackageAssignmentPolicies" : "assignmentPolicies"),
            EntitlementKind.Assignments => Governance + (isBeta ? "accessPackageAssignments" : "assignments"),
            EntitlementKind.AssignmentRequests => Governance + (isBeta ? "accessPackageAssignmentRequests" : "assignmentRequests"),
            EntitlementKind.ConnectedOrganizations => Governance + "connectedOrganizations",
            EntitlementKind.ResourceAssignments => Governance + "accessPackageAssignmentResourceRoles",
            EntitlementKind.ServicePrincipals => "servicePrincipals",
            EntitlementKind.Applications => "applications",
            EntitlementKind.Groups => "groups",
            _ => "users",
        };
    }

    /// <summary>What follows the number sign in the context of a page.</summary>
    public static string Context(EntitlementKind kind, EntitlementShape shape)
    {
        string path = Path(kind, shape);
        string names = shape == EntitlementShape.GraphNames ? "id,displayName" : "";
        return path + (kind, shape) switch
        {
            (EntitlementKind.Users, _) =>
                "(id,displayName,userPrincipalName,mail,userType,accountEnabled,department,externalUserState,creationType,identities)",
            (EntitlementKind.ResourceAssignments, _) =>
                "(accessPackageAssignments(),accessPackageResourceRole(),accessPackageResourceScope(),accessPackageSubject())",
            (_, EntitlementShape.GraphPlain or EntitlementShape.BetaPlain) => "",
            (EntitlementKind.Groups, _) => "(members())",
            (EntitlementKind.ConnectedOrganizations, _) => "(internalSponsors(),externalSponsors())",
            (EntitlementKind.AccessPackages, EntitlementShape.Beta) =>
                "(accessPackageResourceRoleScopes(accessPackageResourceRole(accessPackageResource()),accessPackageResourceScope()),incompatibleAccessPackages(),incompatibleGroups())",
            (EntitlementKind.Assignments, EntitlementShape.Beta) => "(target(),accessPackage(),accessPackageAssignmentPolicy())",
            (EntitlementKind.AssignmentRequests, EntitlementShape.Beta) => "(requestor(),accessPackage(),accessPackageAssignment())",
            (_, EntitlementShape.Beta) => "",
            (EntitlementKind.AccessPackages, _) =>
                $"(catalog({names}),resourceRoleScopes(role(resource()),scope()),incompatibleAccessPackages({names}),incompatibleGroups({names}))",
            (EntitlementKind.AssignmentPolicies, _) => $"(accessPackage({names}))",
            (EntitlementKind.Assignments, EntitlementShape.GraphNames) =>
                "(target(),accessPackage(id,displayName),assignmentPolicy(id,displayName))",
            (EntitlementKind.Assignments, _) => "(target(connectedOrganization(id,displayName)),accessPackage(),assignmentPolicy())",
            (EntitlementKind.AssignmentRequests, EntitlementShape.GraphNames) =>
                "(requestor(),accessPackage(id,displayName),assignment(id))",
            (EntitlementKind.AssignmentRequests, _) => "(requestor(connectedOrganization(id,displayName)),accessPackage(),assignment())",
            _ => "",
        };
    }

    private IEnumerable<AccessPackageModel> Packages => entitlement.Packages.Where(package => package.ExistsAt(at));

    private PackageAssignment? AssignmentOf(PackageRequest request) =>
        request.AssignmentId is { } id && !(request.AssignmentMade > at) && assignments.Value.TryGetValue(id, out var assignment)
        && assignment.ExistsAt(at) ? assignment : null;

    private ConnectedOrganizationModel? OrganizationOf(EntitlementSubject subject) =>
        entitlement.ConnectedOrganizations.FirstOrDefault(organization =>
            organization.Home.Id == subject.Organization?.Id && organization.ExistsAt(at));

    private void Package(Utf8JsonWriter json, AccessPackageModel package, bool isBeta, bool expanded, bool names)
    {
        if (!expanded)
        {
            if (isBeta)
                beta.Package(json, package);
            else
                EntitlementJson.Package(json, package);
            return;
        }

        if (isBeta)
        {
            beta.Package(json, package, () =>
            {
                beta.RoleScopes(json, package);
                Incompatible(json, package, (writer, other) => beta.Package(writer, other));
            });
            return;
        }

        EntitlementJson.Package(json, package, () =>
        {
            json.WritePropertyName("catalog");
            if (names)
                Name(json, package.Catalog.Id, package.Catalog.DisplayName);
            else
                EntitlementJson.Catalog(json, package.Catalog);
            EntitlementJson.RoleScopes(json, "resourceRoleScopes", package, at);
            Incompatible(json, package, (writer, other) =>
            {
                if (names)
                    Name(writer, other.Id, other.DisplayName);
                else
                    EntitlementJson.Package(writer, other);
            });
        });
    }

    private void Incompatible(Utf8JsonWriter json, AccessPackageModel package, Action<Utf8JsonWriter, AccessPackageModel> write)
    {
        json.WriteStartArray("incompatibleAccessPackages");
        foreach (string id in package.IncompatiblePackages)
        {
            if (entitlement.Packages.First(other => other.Id == id) is var other && other.ExistsAt(at))
                write(json, other);
        }

        json.WriteEndArray();
        json.WriteStartArray("incompatibleGroups");
        foreach (var group in package.IncompatibleGroups)
            Name(json, group.Id, group.DisplayName);
        json.WriteEndArray();
    }

    private static void Policy(Utf8JsonWriter json, PackagePolicy policy, AccessPackageModel package, bool expanded, bool names) =>
        EntitlementJson.Policy(json, policy, package,
            $"https://graph.microsoft.com/v1.0/$metadata#{Governance}assignmentPolicies('{policy.Id}')/questions", () =>
        {
            if (!expanded)
                return;
            json.WritePropertyName("accessPackage");
            if (names)
                Name(json, package.Id, package.DisplayName);
            else
                EntitlementJson.Package(json, package);
        });

    private void Assignment(Utf8JsonWriter json, PackageAssignment assignment, bool expanded, bool names)
    {
        var then = assignment.At(at);
        EntitlementJson.Assignment(json, assignment, then, () =>
        {
            if (!expanded)
                return;
            json.WritePropertyName("target");
            EntitlementJson.Subject(json, assignment.Subject, OrganizationOf(assignment.Subject), !names);
            json.WritePropertyName("accessPackage");
            if (names)
                Name(json, assignment.Package.Id, assignment.Package.DisplayName);
            else
                EntitlementJson.Package(json, assignment.Package);
            json.WritePropertyName("assignmentPolicy");
            if (names)
                Name(json, then.Policy.Id, then.Policy.DisplayName);
            else
                EntitlementJson.Policy(json, then.Policy, assignment.Package);
        });
    }

    private void Request(Utf8JsonWriter json, PackageRequest request, bool expanded, bool names) =>
        EntitlementJson.Request(json, request, at, () =>
        {
            if (!expanded)
                return;
            json.WritePropertyName("requestor");
            EntitlementJson.Subject(json, request.Requestor ?? request.Subject, OrganizationOf(request.Requestor ?? request.Subject),
                !names);
            json.WritePropertyName("accessPackage");
            if (names)
                Name(json, request.Package.Id, request.Package.DisplayName);
            else
                EntitlementJson.Package(json, request.Package);
            json.WritePropertyName("assignment");
            if (AssignmentOf(request) is not { } assignment)
            {
                json.WriteNullValue();
            }
            else if (names)
            {
                json.WriteStartObject();
                json.WriteString("id", assignment.Id);
                json.WriteEndObject();
            }
            else
            {
                EntitlementJson.Assignment(json, assignment, assignment.At(at));
            }
        });

    private static void Name(Utf8JsonWriter json, string id, string name)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("displayName", name);
        json.WriteEndObject();
    }

    private static IEnumerable<Action<Utf8JsonWriter>> Each<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write) =>
        items.Select(item => (Action<Utf8JsonWriter>)(json => write(json, item)));
}
