using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Tests.Formats.Entitlement;

/// <summary>Where relations come from when a record has none, and which lists are whole.</summary>
public sealed class RelationTests
{
    private const string PackageId = "a1000000-0000-4000-8000-000000000001";
    private const string GroupId = "b1000000-0000-4000-8000-000000000001";

    [Theory]
    [InlineData(Entitlement.V1 + "accessPackages('" + PackageId + "')/assignmentPolicies")]
    [InlineData("https://graph.microsoft.com/v1.0/identityGovernance/entitlementManagement/accessPackages/" + PackageId + "/assignmentPolicies?$top=5")]
    [InlineData(Entitlement.V1 + "accessPackages('A1000000-0000-4000-8000-000000000001')/assignmentPolicies")]
    public void A_policy_is_of_the_package_in_its_address(string context) =>
        Assert.Equal([(FactNames.Package, EntityKind.AccessPackage, PackageId)],
            Entitlement.Read("""{"id":"y","allowedTargetScope":"notSpecified"}""", context).Links);

    [Fact]
    public void What_the_record_says_counts_more_than_address_and_admin() =>
        Assert.Equal(
            [(FactNames.Package, EntityKind.AccessPackage, "own")],
            Entitlement.Read("""{"id":"y","accessPackageId":"own","canExtend":false}""", Entitlement.Beta
                + "accessPackages('other')/accessPackageAssignmentPolicies", new(null, PackageId, null, null)).Links);

    [Fact]
    public void The_admin_names_a_package_by_id_or_by_name()
    {
        const string Assignment = """{"id":"n","state":"delivered","status":"Delivered","expiredDateTime":null}""";
        var byId = Entitlement.Read(Assignment, hints: new(null, PackageId.ToUpperInvariant(), null, null));
        Assert.Equal([(FactNames.Package, EntityKind.AccessPackage, PackageId)], byId.Links);
        Assert.Null(byId.ParentName);

        var byName = Entitlement.Read(Assignment, hints: new(null, "Sales", null, null));
        Assert.Empty(byName.Links);
        Assert.Equal(new NamedParent(EntityKind.AccessPackage, "Sales", FactNames.Package, null), byName.NamedParent);

        var roleScope = Entitlement.Read("""{"id":"r_s","role":{"id":"r"},"scope":{"id":"s"}}""", hints: new(null, "Sales", null, null));
        Assert.Equal(new NamedParent(EntityKind.AccessPackage, "Sales", null, EdgeRole.RoleScope), roleScope.NamedParent);
    }

    [Theory]
    [InlineData(Entitlement.V1 + "accessPackages('p')/incompatibleAccessPackages", """{"id":"1"}""", nameof(EdgeRole.IncompatiblePackage),
        nameof(EntityKind.AccessPackage))]
    [InlineData(Entitlement.V1 + "accessPackages('p')/incompatibleGroups", """{"id":"1"}""", nameof(EdgeRole.IncompatibleGroup),
        nameof(EntityKind.AccessPackage))]
    [InlineData(Entitlement.V1 + "accessPackages('p')/resourceRoleScopes", """{"id":"1"}""", nameof(EdgeRole.RoleScope), nameof(EntityKind.AccessPackage))]
    [InlineData(Entitlement.V1 + "connectedOrganizations('p')/internalSponsors", """{"id":"1"}""", nameof(EdgeRole.InternalSponsor),
        nameof(EntityKind.ConnectedOrganization))]
    [InlineData(Entitlement.Beta + "connectedOrganizations('p')/externalSponsors", """{"@odata.type":"#microsoft.graph.user","id":"1"}""",
        nameof(EdgeRole.ExternalSponsor), nameof(EntityKind.ConnectedOrganization))]
    [InlineData("https://graph.microsoft.com/v1.0/$metadata#groups('p')/members", """{"@odata.type":"#microsoft.graph.group","id":"1"}""",
        nameof(EdgeRole.Member), nameof(EntityKind.Group))]
    [InlineData("https://graph.microsoft.com/v1.0/$metadata#groups('p')/members/microsoft.graph.user", """{"id":"1"}""",
        nameof(EdgeRole.Member), nameof(EntityKind.Group))]
    [InlineData("https://graph.microsoft.com/v1.0/$metadata#groups('p')/transitiveMembers", """{"id":"1"}""",
        nameof(EdgeRole.TransitiveMember), nameof(EntityKind.Group))]
    public void An_address_names_the_parent(string context, string record, string role, string parent)
    {
        var read = Entitlement.Read(record, context);
        Assert.Equal((Enum.Parse<EdgeRole>(role), Enum.Parse<EntityKind>(parent), "p"), read.Parent);
        Assert.Empty(read.Lists);
    }

    [Fact]
    public void Packages_that_name_this_one_as_incompatible_point_the_other_way()
    {
        Assert.Equal([(EdgeRole.IncompatiblePackage, EntityKind.AccessPackage, "p")],
            Entitlement.Read("""{"id":"1"}""", Entitlement.V1 + "accessPackages('p')/accessPackagesIncompatibleWith").Edges);
        var nested = Entitlement.Read(
            """{"id":"p","displayName":"x","isHidden":false,"description":null,"accessPackagesIncompatibleWith":[{"id":"1"}]}""").Nested.Single();
        Assert.Equal([(EdgeRole.IncompatiblePackage, EntityKind.AccessPackage, "p")], nested.Edges);
        Assert.Empty(nested.Lists);
    }

    [Fact]
    public void The_admin_names_a_group_by_id_or_by_name()
    {
        const string Page = "https://graph.microsoft.com/v1.0/$metadata#directoryObjects";
        Assert.Equal((EdgeRole.Member, EntityKind.Group, GroupId),
            Entitlement.Read("""{"@odata.type":"#microsoft.graph.user","id":"1"}""", Page, new(null, null, GroupId, null)).Parent);
        Assert.Equal(new NamedParent(EntityKind.Group, "Sellers", null, EdgeRole.Member),
            Entitlement.Read("""{"id":"1"}""", null, new(null, null, "Sellers", null)).NamedParent);
    }

    [Fact]
    public void An_application_is_named_by_record_address_or_admin()
    {
        Assert.Contains((FactNames.Resource, EntityKind.ServicePrincipal, "own"),
            Entitlement.Read("""{"id":"1","appRoleId":"r","principalId":"u","resourceId":"own"}""",
                "https://graph.microsoft.com/v1.0/$metadata#servicePrincipals('s')/appRoleAssignedTo").Links);
        Assert.Contains((FactNames.Resource, EntityKind.ServicePrincipal, "s"),
            Entitlement.Read("""{"id":"1","appRoleId":"r","principalId":"u"}""",
                "https://graph.microsoft.com/v1.0/$metadata#servicePrincipals('s')/appRoleAssignedTo").Links);
        Assert.Equal("Payroll", Entitlement.Read("""{"id":"1","appRoleId":"r","principalId":"u"}""", null, new(null, null, null, "Payroll")).ParentName);
    }

    [Theory]
    [InlineData(14, "", true)]
    [InlineData(15, "", false)]
    [InlineData(20, "", false)]
    [InlineData(1, ",\"members@odata.nextLink\":\"https://graph.microsoft.com/v1.0/groups/g/members?$skiptoken=x\"", false)]
    [InlineData(0, "", true)]
    public void Expanded_members_are_all_only_when_they_are_few(int count, string rest, bool isComplete)
    {
        var members = string.Join(',', Enumerable.Range(0, count).Select(i => "{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"u" + i + "\"}"));
        var read = Entitlement.Read("{\"id\":\"g\",\"groupTypes\":[],\"members\":[" + members + "]" + rest + "}");
        Assert.Equal([(EdgeRole.Member, isComplete)], read.Lists);
        Assert.Equal(count, read.Edges.Count);
    }

    [Theory]
    [InlineData("\"incompatibleGroups\":[{\"id\":\"g\"}]", true, 1)]
    [InlineData("\"incompatibleGroups\":[]", true, 0)]
    [InlineData("\"incompatibleGroups\":[{\"id\":\"g\"},{\"displayName\":\"?\"}]", false, 1)]
    [InlineData("\"incompatibleGroups\":[{\"id\":\"g\"}],\"incompatibleGroups@odata.nextLink\":\"https://x\"", false, 1)]
    [InlineData("\"incompatibleGroups\":{\"value\":[{\"id\":\"g\"}],\"Count\":1}", true, 1)]
    [InlineData("\"incompatibleGroups\":{\"id\":\"g\"}", true, 1)]
    [InlineData("\"incompatibleGroups\":[\"Microsoft.Graph.PowerShell.Models.MicrosoftGraphGroup\"]", false, 0)]
    public void Other_lists_are_all_unless_something_is_missing(string list, bool isComplete, int count)
    {
        var read = Entitlement.Read("{\"id\":\"p\",\"displayName\":\"x\",\"isHidden\":false,\"description\":\"\"," + list + "}");
        Assert.Equal([(EdgeRole.IncompatibleGroup, isComplete)], read.Lists);
        Assert.Equal(count, read.Edges.Count);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"\"")]
    [InlineData("\"System.Object[]\"")]
    public void A_list_that_was_not_asked_for_is_no_empty_one(string list)
    {
        var read = Entitlement.Read("{\"id\":\"p\",\"displayName\":\"x\",\"isHidden\":false,\"description\":\"\",\"incompatibleGroups\":" + list + "}");
        Assert.Empty(read.Lists);
        Assert.Equal(list == "\"System.Object[]\"", read.IsCut);
    }

    [Fact]
    public void A_subject_that_is_not_in_the_directory_has_entitlement_managements_id()
    {
        var read = Entitlement.Read(
            """{"id":"q","requestType":"userAdd","state":"pendingApproval","status":"x","requestor":{"id":"s1","objectId":null,"displayName":"Eve","email":"eve@fabrikam.example","connectedOrganizationId":"o1"}}""");
        Assert.Contains((FactNames.Subject, EntityKind.User, "subject:s1"), read.Links);
        Assert.DoesNotContain(Entitlement.Read(
            """{"id":"q","requestType":"userAdd","state":"pendingApproval","status":"x","requestor":{"id":"s1","displayName":"Eve"}}""").Links, l => l.Fact == FactNames.Subject);
        Assert.Equal("\"s1\"", read.Fact(FactNames.SubjectId));
        Assert.Equal("subject:s1", read.Nested.Single().Id);
        Assert.Equal("\"o1\"", read.Nested.Single().Fact(FactNames.ConnectedOrganization));
    }

    [Fact]
    public void Betas_target_id_is_the_subjects_own_id_and_no_object_id()
    {
        var read = Entitlement.Read("""{"id":"n","assignmentState":"Delivered","targetId":"s1"}""");
        Assert.Empty(read.Links);
        Assert.Equal("\"s1\"", read.Fact(FactNames.SubjectId));
    }

    [Fact]
    public void Whoever_asks_for_somebody_else_is_the_requestor()
    {
        var read = Entitlement.Read(
            """{"id":"q","requestType":"onBehalfAdd","state":"delivered","status":"Fulfilled","requestor":{"id":"s1","objectId":"boss"},"assignment":{"id":"n","target":{"id":"s2","objectId":"ada","displayName":"Ada"}}}""");
        Assert.Contains((FactNames.Subject, EntityKind.User, "ada"), read.Links);
        Assert.Contains((FactNames.Requestor, EntityKind.User, "boss"), read.Links);
        Assert.Equal("\"s2\"", read.Fact(FactNames.SubjectId));
    }

    [Fact]
    public void A_request_for_an_assignment_that_is_still_to_be_made_knows_package_and_policy()
    {
        var read = Entitlement.Read(
            """{"id":"q","requestType":"UserAdd","requestState":"PendingApproval","requestStatus":"x","accessPackageAssignment":{"id":"00000000-0000-0000-0000-000000000000","accessPackageId":"p","assignmentPolicyId":"y"}}""");
        Assert.Equal([(FactNames.Package, EntityKind.AccessPackage, "p"), (FactNames.Policy, EntityKind.Policy, "y")], read.Links);
        Assert.Empty(read.Nested);
    }

    [Fact]
    public void An_assignment_knows_the_request_that_made_it()
    {
        var read = Entitlement.Read(
            """{"id":"n","assignmentState":"Delivered","accessPackageId":"p","assignmentPolicyId":"y","accessPackageAssignmentRequests":[{"id":"q2","requestType":"UserUpdate","requestState":"Delivered"},{"id":"q1","requestType":"AdminAdd","requestState":"Delivered"}],"accessPackageAssignmentResourceRoles":[{"id":"z","originSystem":"AadGroup","status":"Fulfilled"}]}""");
        Assert.Contains((FactNames.Request, EntityKind.Request, "q1"), read.Links);
        Assert.All(read.Nested.Where(n => n.Kind == EntityKind.Request),
            n => Assert.Equal([(FactNames.Package, EntityKind.AccessPackage, "p"), (FactNames.Policy, EntityKind.Policy, "y"),
                (FactNames.Assignment, EntityKind.Assignment, "n")], n.Links));
        Assert.Equal("[\"n\"]", read.Nested.Single(n => n.Kind == EntityKind.ResourceAssignment).Fact(FactNames.Assignments));
    }

    [Fact]
    public void Links_to_packages_pass_down_to_policies_and_catalogs()
    {
        var read = Entitlement.Read(
            """{"id":"n","assignmentState":"Delivered","catalogId":"c","accessPackage":{"id":"p","displayName":"x"},"accessPackageAssignmentPolicy":{"id":"y","displayName":"z"}}""");
        Assert.Equal("\"p\"", read.Nested.Single(n => n.Kind == EntityKind.Policy).Fact(FactNames.Package));
        Assert.Equal("\"c\"", read.Nested.Single(n => n.Kind == EntityKind.AccessPackage).Fact(FactNames.Catalog));
    }

    [Fact]
    public void Null_objects_say_nothing() =>
        Assert.Equal("""{"expired":null,"state":"expired","status":"x"}""",
            Entitlement.Read("""{"id":"n","state":"expired","status":"x","expiredDateTime":null,"schedule":null,"accessPackage":null,"assignmentPolicy":null,"target":null}""").Facts());
}
