using EntraAuditTools.Core.Mirror;
using EntraAuditTools.Core.Queries.Entitlement;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>Whom access is for when it is not simply a user who asked: service principals, agents, somebody on whose behalf, a custom extension.</summary>
public sealed class UnusualSubjectTests
{
    private const string Package = "10000000-0000-4000-8000-000000000010", Robot = "10000000-0000-4000-8000-000000000050", Mona = "10000000-0000-4000-8000-000000000001";

    /// <summary>Graph beta, 2026: agentUser is a user, agentIdentity a service principal.</summary>
    [Theory]
    [InlineData("users", "#microsoft.graph.agentUser", "\"userPrincipalName\":\"agent@x.example\",\"userType\":\"Member\"", "User")]
    [InlineData("servicePrincipals", "#microsoft.graph.agentIdentity", "\"appId\":\"10000000-0000-4000-8000-000000000003\"", "ServicePrincipal")]
    public void Agents_are_taken_in_as_what_they_are_a_kind_of(string set, string type, string more, string kind)
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText($$"""{"@odata.context":"https://graph.microsoft.com/beta/$metadata#{{set}}","value":[{"@odata.type":"{{type}}","id":"{{Robot}}","displayName":"Sales agent",{{more}}}]}""");
        Assert.Equal((1, 0, kind), (result.Added, result.NotSupported, result.Kind));
    }

    /// <summary>Graph, accessPackageDynamicApprovalStage: a custom extension names the approvers.</summary>
    [Fact]
    public void A_dynamic_stage_is_not_approved_by_nobody()
    {
        using var mirror = new TestMirror();
        mirror.ImportText($$$"""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignmentPolicies","value":[{"id":"10000000-0000-4000-8000-000000000020","displayName":"Everyone",
             "allowedTargetScope":"allMemberUsers","accessPackage":{"id":"{{{Package}}}","displayName":"Pack"},"requestorSettings":{"enableTargetsToSelfAddAccess":true},
             "requestApprovalSettings":{"isApprovalRequiredForAdd":true,"stages":[{"@odata.type":"#microsoft.graph.accessPackageDynamicApprovalStage","durationBeforeAutomaticDenial":"P14D"}]}}]}
            """);
        using var reader = MirrorReader.Open(mirror.Path);
        var policy = Assert.Single(AccessPackageQuery.Run(reader, new()).Single().Policies);
        Assert.Equal(["whom a custom extension names (within 14 days)"], policy.ApprovalStages);
    }

    /// <summary>The log's own words (activity reference, "on behalf of service principal"): the holder is the service principal, the asker its sponsor.</summary>
    [Fact]
    public void A_service_principal_holds_what_its_sponsor_asked_for()
    {
        using var mirror = new TestMirror();
        string Record(int number, string activity, string initiator) => $$"""
            {"id":"ELM_{{number}}","category":"EntitlementManagement","correlationId":"10000000-0000-4000-8000-000000000406","result":"success","activityDisplayName":"{{activity}}","activityDateTime":"2026-11-04T10:0{{number}}:00Z",
             "loggedByService":"Entitlement Management","initiatedBy":{{initiator}},"targetResources":[{"type":"AccessPackageAssignmentRequest","id":"10000000-0000-4000-8000-000000000304"},
             {"type":"AccessPackage","id":"{{Package}}","displayName":"Pack"},{"type":"ServicePrincipal","id":"{{Robot}}","displayName":"Robot"}],"additionalDetails":[]}
            """;
        mirror.ImportText("[" + Record(1, "User requests an access package assignment on behalf of service principal", $$$"""{"user":{"id":"{{{Mona}}}","userPrincipalName":"mona@x.example"}}""") + ","
            + Record(2, "Fulfill access package assignment request", """{"app":{"displayName":"Azure AD Identity Governance - Entitlement Management","servicePrincipalId":"10000000-0000-4000-8000-000000000999"}}""") + "]");
        using var reader = MirrorReader.Open(mirror.Path);
        var request = Assert.Single(AccessPackageRequestQuery.Run(reader, new()));
        Assert.Equal((Robot, Mona), (request.User?.Id, request.RequestedBy?.Id));
        Assert.Equal(Robot, Assert.Single(AccessPackageAssignmentQuery.Run(reader, new())).User?.Id);
    }

    /// <summary>Graph, onBehalfAdd: a manager asks for an employee; whom is told by the target alone, which the export may lack.</summary>
    [Fact]
    public void A_request_on_behalf_without_its_target_is_nobodys()
    {
        using var mirror = new TestMirror();
        mirror.ImportText($$$"""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignmentRequests","value":[{"id":"10000000-0000-4000-8000-000000000113","requestType":"onBehalfAdd","state":"pendingApproval",
             "status":"PendingApproval","createdDateTime":"2026-11-01T09:00:00Z","requestor":{"objectId":"{{{Mona}}}","displayName":"Mona Manager","principalName":"mona@x.example","subjectType":"user"},"accessPackage":{"id":"{{{Package}}}","displayName":"Pack"}}]}
            """);
        using var reader = MirrorReader.Open(mirror.Path);
        var request = Assert.Single(AccessPackageRequestQuery.Run(reader, new()));
        Assert.Null(request.User);
        Assert.Equal("Mona Manager", request.RequestedBy?.DisplayName);
    }
}
