using System.Text;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Requests;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>Rows of the portal's download of assignments name user, policy and sometimes package by words: what they mean is found later.</summary>
public sealed class PortalLinksTests : IDisposable
{
    private const string Package = "9f573551-0000-4000-8000-000000000001";
    private const string Other = "9f573551-0000-4000-8000-000000000002";
    private const string Person = "2bc42425-0000-4000-8000-000000000004";
    private const string Graph = "https://graph.microsoft.com/v1.0/$metadata#";
    private const string Entitlement = Graph + "identityGovernance/entitlementManagement/";

    private const string Download = """
        Name,User principal name,Email,Policy,Status,Start date,End date,User lifecycle
        Ana Hansen,ana@contoso.example,ana@contoso.example,Sales staff,Delivered,2026-07-24T01:10:30Z,2097-07-24T01:10:30Z,
        Bo Ek,bo@contoso.example,bo@contoso.example,Everybody,Delivered,2026-07-25T01:10:30Z,,
        """;

    private readonly TestMirror mirror = new();

    public void Dispose() => mirror.Dispose();

    [Fact]
    public void Words_that_nobody_explains_are_shown_as_they_are()
    {
        var result = mirror.ImportText(Download, "Assignments.csv");
        Assert.Contains("-AccessPackage", string.Join(' ', result.Notes), StringComparison.Ordinal);
        var (ana, bo) = All() is [var b, var a] ? (a, b) : throw new InvalidOperationException("two rows expected");
        Assert.Equal(("Ana Hansen", "ana@contoso.example", null, "Sales staff", null),
            (ana.User?.DisplayName, ana.UserPrincipalName, ana.UserId, ana.Policy?.DisplayName, ana.AccessPackage?.DisplayName));
        Assert.Equal("Bo Ek", bo.User?.DisplayName);
        Assert.Equal("Ana Hansen", Assert.Single(All(new() { Selectors = [new() { User = ["ana*"] }] })).User?.DisplayName);
        Assert.Empty(All(new() { Selectors = [new() { User = ["cleo*"] }] }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void User_and_package_are_found_whatever_was_imported_first(bool downloadLast)
    {
        if (!downloadLast) mirror.ImportText(Download, "Assignments.csv");
        mirror.ImportText($$"""{"@odata.context":"{{Graph}}users","value":[{"id":"{{Person}}","displayName":"Ana Maria Hansen","userPrincipalName":"ANA@contoso.example","userType":"Member"}]}""", "users.json");
        mirror.ImportText($$"""
            {"@odata.context":"{{Entitlement}}assignmentPolicies(accessPackage())","value":[
              {"id":"c8c2c3d3-0000-4000-8000-000000000003","displayName":"Sales staff","accessPackage":{"id":"{{Package}}","displayName":"Sales"} },
              {"id":"c8c2c3d3-0000-4000-8000-000000000005","displayName":"Everybody","accessPackage":{"id":"{{Package}}","displayName":"Sales"} },
              {"id":"c8c2c3d3-0000-4000-8000-000000000006","displayName":"Everybody","accessPackage":{"id":"{{Other}}","displayName":"Data room"} }]}
            """, "policies.json");
        if (downloadLast) mirror.ImportText(Download, "Assignments.csv");

        var ana = Assert.Single(All(new() { Selectors = [new() { User = [Person], AccessPackage = ["Sales"] }] }));
        Assert.Equal((Person, "Ana Maria Hansen", Package, "c8c2c3d3-0000-4000-8000-000000000003"),
            (ana.UserId, ana.User?.DisplayName, ana.AccessPackageId, ana.Policy?.Id));
        // A name that two policies have says nothing of the package.
        var bo = Assert.Single(All(new() { Selectors = [new() { User = ["bo@contoso.example"] }] }));
        Assert.Equal((null, "Everybody", null), (bo.AccessPackageId, bo.Policy?.DisplayName, bo.Policy?.Id));
        Assert.Empty(All(new() { Selectors = [new() { AccessPackage = ["Data room"] }] }));
    }

    [Fact]
    public void The_name_that_the_admin_gave_holds_before_its_package_is_known()
    {
        var file = mirror.Write("Assignments.csv", Encoding.UTF8.GetBytes(Download));
        var result = Assert.Single(mirror.Import(new ImportOptions { MirrorPath = mirror.Path, AccessPackage = "Sales" }, file));
        Assert.Equal((2, 0), (result.Added, result.Rejected));
        Assert.Contains("'Sales'", Assert.Single(result.Notes), StringComparison.Ordinal);
        Assert.Equal(["Sales", "Sales"], All(new() { Selectors = [new() { AccessPackage = ["sales"] }] }).Select(assignment => assignment.AccessPackage?.DisplayName));
        mirror.ImportText($$"""{"@odata.context":"{{Entitlement}}accessPackages","value":[{"id":"{{Package}}","displayName":"Sales"},{"id":"{{Other}}","displayName":"Data room"}]}""", "packages.json");
        Assert.Equal([Package, Package], All(new() { Selectors = [new() { AccessPackage = [Package] }] }).Select(assignment => assignment.AccessPackageId));
        Assert.Empty(All(new() { Selectors = [new() { AccessPackage = [Other] }] }));
    }

    [Fact]
    public void A_row_without_its_package_that_repeats_an_assignment_is_not_shown_twice()
    {
        mirror.ImportText(Download, "Assignments.csv");
        mirror.ImportText($$"""
            {"@odata.context":"{{Entitlement}}assignments(target(),accessPackage())","value":[{"id":"a6bb6942-0000-4000-8000-000000000002","state":"delivered","status":"Delivered",
              "schedule":{"startDateTime":"2026-07-24T01:10:12.5Z","expiration":{"type":"noExpiration"} },
              "target":{"id":"4711","objectId":"{{Person}}","displayName":"Ana Hansen","principalName":"ana@contoso.example"},"accessPackage":{"id":"{{Package}}","displayName":"Sales"} }]}
            """, "assignments.json");
        var ana = Assert.Single(All(), assignment => assignment.UserPrincipalName == "ana@contoso.example");
        Assert.Equal("a6bb6942-0000-4000-8000-000000000002", ana.AssignmentId);
        Assert.Equal(2, All().Count);
    }

    [Fact]
    public void Somebody_who_is_not_in_the_directory_yet_is_named()
    {
        mirror.ImportText($$"""
            {"@odata.context":"{{Entitlement}}assignmentRequests(requestor(),accessPackage())","value":[{"id":"efee524f-0000-4000-8000-000000000001","requestType":"userAdd","state":"pendingApproval",
              "status":"PendingApproval","createdDateTime":"2026-10-29T00:00:00Z","completedDateTime":null,
              "requestor":{"id":"283849d8-0000-4000-8000-000000000001","objectId":null,"displayName":"Femi Adeyemi","principalName":"femi@cormorant.example","subjectType":"user"},
              "accessPackage":{"id":"{{Package}}","displayName":"Sales"} }]}
            """, "requests.json");
        using var reader = MirrorReader.Open(mirror.Path);
        var request = Assert.Single(AccessPackageRequestQuery.Run(reader, new() { Selectors = [new() { User = ["femi@cormorant.example"] }] }));
        Assert.Equal(("Femi Adeyemi", "femi@cormorant.example", null), (request.User?.DisplayName, request.UserPrincipalName, request.UserId));
    }

    private List<AccessPackageAssignment> All(AccessPackageAssignmentFilter? filter = null)
    {
        using var reader = MirrorReader.Open(mirror.Path);
        return AccessPackageAssignmentQuery.Run(reader, filter ?? new()).ToList();
    }
}
