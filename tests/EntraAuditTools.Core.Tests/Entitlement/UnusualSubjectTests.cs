using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Packages;
using EntraAuditTools.Core.Queries.Entitlement.Requests;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>Whom access is for when it is not simply a user who asked: service principals, agents, somebody on whose behalf, a custom extension.</summary>
public sealed class UnusualSubjectTests
{
    private const string Package = "10000000-0000-4000-8000-000000000010", Robot = "10000000-0000-4000-8000-000000000050",
        Mona = "10000000-0000-4000-8000-000000000001";

    /// <summary>Graph beta, 2026: agentUser is a user, agentIdentity a service principal.</summary>
    [Theory]
    [InlineData("users", "#microsoft.graph.agentUser", "\"userPrincipalName\":\"agent@x.example\",\"userType\":\"Member\"", "User")]
    [InlineData("servicePrincipals", "#microsoft.graph.agentIdentity", "\"appId\":\"10000000-0000-4000-8000-000000000003\"", "ServicePrincipal")]
    public void Agents_are_taken_in_as_what_they_are_a_kind_of(string set, string type, string more, string kind)
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText(
            $$"""{"@odata.context":"https://graph.microsoft.com/beta/$metadata#{{set}}","value":[{"@odata.type":"{{type}}","id":"{{Robot}}","displayName":"Sales agent",{{more}}}]}""");
        Assert.Equal((1, 0, kind), (result.Added, result.NotSupported, result.Kind));
    }

    /// <summary>
    /// Graph: agentIdentity (type, or servicePrincipalType "ServiceIdentity"), allowedTargetScope "allDirectoryAgentIdentities". A wildcard finds
    /// service principals only where a policy lets them in, a name always.
    /// </summary>
    [Theory]
    [InlineData("*", "agentIdentity", null, "Yes")]
    [InlineData("*", null, "ServiceIdentity", "Yes")]
    [InlineData("*", null, null, "Unknown")]
    [InlineData("*", "agentIdentityBlueprintPrincipal", "Application", null)]
    [InlineData("*", null, "ManagedIdentity", null)]
    [InlineData("Robot", null, "ManagedIdentity", "No")]
    [InlineData(Robot, "agentIdentity", "ServiceIdentity", "Yes")]
    public void Agent_identities_can_request_what_is_for_them(string asked, string? type, string? principalType, string? expected)
    {
        using var mirror = new TestMirror();
        var kind = type == null ? string.Empty : $"\"@odata.type\":\"#microsoft.graph.{type}\",";
        var word = principalType == null ? "null" : $"\"{principalType}\"";
        mirror.ImportText($$$"""{"@odata.context":"https://graph.microsoft.com/beta/$metadata#servicePrincipals","value":[{{{{kind}}}"id":"{{{Robot}}}","appId":"10000000-0000-4000-8000-000000000003","displayName":"Robot","servicePrincipalType":{{{word}}} }]}""");
        mirror.ImportText($$$"""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/accessPackages(catalog(),assignmentPolicies())","value":[
             {"id":"{{{Package}}}","displayName":"For agents","isHidden":false,"catalog":{"id":"10000000-0000-4000-8000-000000000009","state":"published","isExternallyVisible":false},
              "assignmentPolicies":[{"id":"10000000-0000-4000-8000-000000000020","displayName":"All agents","allowedTargetScope":"allDirectoryAgentIdentities","requestorSettings":{"enableTargetsToSelfAddAccess":true},"requestApprovalSettings":{"isApprovalRequiredForAdd":true,"stages":[]}}]},
             {"id":"10000000-0000-4000-8000-000000000011","displayName":"For members","isHidden":false,"catalog":{"id":"10000000-0000-4000-8000-000000000009","state":"published","isExternallyVisible":false},
              "assignmentPolicies":[{"id":"10000000-0000-4000-8000-000000000021","displayName":"Members","allowedTargetScope":"allMemberUsers","requestorSettings":{"enableTargetsToSelfAddAccess":true}}]}]}
            """);
        using var reader = MirrorReader.Open(mirror.Path);
        var found = AccessPackageQuery.Run(reader, new() { Selectors = [new() { User = [asked] }] }).ToList();
        Assert.Equal(asked == "*" ? [] : ["No"], found.Where(package => package.DisplayName == "For members").Select(package => package.CanRequest!));
        var answer = found.SingleOrDefault(package => package.DisplayName == "For agents");
        Assert.Equal(expected, answer?.CanRequest);
        if (answer == null) return;
        Assert.Equal(expected == "Yes" ? "AgentIdentity" : "ServicePrincipal", answer.User?.Type);
        Assert.Equal(expected == "No" ? null : true, answer.ApprovalRequired);
        Assert.Equal(answer.ApprovalRequired, Assert.Single(answer.Decisions).ApprovalRequired);
    }

    /// <summary>What a service principal holds names it by its id; its name stands in its own export.</summary>
    [Theory]
    [InlineData("Robot")]
    [InlineData("rob*")]
    [InlineData(Robot)]
    public void What_a_service_principal_holds_is_found_by_its_own_name(string asked)
    {
        using var mirror = new TestMirror();
        mirror.ImportText($$$"""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#servicePrincipals","value":[{"id":"{{{Robot}}}","appId":"10000000-0000-4000-8000-000000000003","displayName":"Robot","servicePrincipalType":"Application"}]}""");
        mirror.ImportText($$$"""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignments(target(),accessPackage())","value":[{"id":"10000000-0000-4000-8000-000000000701","state":"delivered","status":"Delivered",
             "expiredDateTime":null,"schedule":{"startDateTime":"2026-10-02T00:00:00Z","expiration":{"type":"noExpiration"}},"target":{"objectId":"{{{Robot}}}","displayName":null,"subjectType":"servicePrincipal"},"accessPackage":{"id":"{{{Package}}}","displayName":"Pack"}}]}
            """, "assignments.json");
        using var reader = MirrorReader.Open(mirror.Path);
        IReadOnlyList<EntitlementSelector> selectors = [new() { User = [asked] }];
        var held = Assert.Single(AccessPackageAssignmentQuery.Run(reader, new() { Selectors = selectors })).User;
        Assert.Equal((Robot, "Robot", "ServicePrincipal"), (held?.Id, held?.DisplayName, held?.Type));
        Assert.Equal("Robot", Assert.Single(AccessPackageQuery.Run(reader, new() { Selectors = selectors, Assigned = true })).User?.DisplayName);
    }

    /// <summary>A whole export of users lists no service principals: one that holds access is not gone for that.</summary>
    [Fact]
    public void A_whole_export_of_users_says_nothing_of_service_principals()
    {
        using var mirror = new TestMirror();
        mirror.ImportText($$$"""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignments(target(),accessPackage(catalog(),assignmentPolicies()))","value":[{"id":"10000000-0000-4000-8000-000000000701","state":"expired","status":"Expired",
             "expiredDateTime":"2026-10-02T00:00:00Z","target":{"objectId":"{{{Robot}}}","displayName":"Robot","subjectType":"servicePrincipal"},"accessPackage":{"id":"{{{Package}}}","displayName":"Pack","isHidden":false,
             "catalog":{"id":"10000000-0000-4000-8000-000000000009","state":"published","isExternallyVisible":false},"assignmentPolicies":[{"id":"10000000-0000-4000-8000-000000000020","displayName":"All service principals",
             "allowedTargetScope":"allDirectoryServicePrincipals","requestorSettings":{"enableTargetsToSelfAddAccess":true}}]}}]}
            """);
        var users = mirror.Write("users.json",
            System.Text.Encoding.UTF8.GetBytes(
                """{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[{"id":"10000000-0000-4000-8000-000000000005","displayName":"Sue","userPrincipalName":"sue@x.example","userType":"Member","accountEnabled":true}]}"""));
        mirror.Import(new ImportOptions { MirrorPath = mirror.Path, Complete = true }, users);
        using var reader = MirrorReader.Open(mirror.Path);
        var found = AccessPackageQuery.Run(reader, new() { Selectors = [new() { User = ["*"] }] }).Single(package => package.User?.DisplayName == "Robot");
        Assert.Equal("Yes", found.CanRequest);
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

    /// <summary>The log's own words (activity reference, "on behalf of service principal"): the holder is the service principal, the asker
    /// its sponsor.</summary>
    [Fact]
    public void A_service_principal_holds_what_its_sponsor_asked_for()
    {
        using var mirror = new TestMirror();
        string Record(int number, string activity, string initiator) => $$"""
            {"id":"ELM_{{number}}","category":"EntitlementManagement","correlationId":"10000000-0000-4000-8000-000000000406","result":"success","activityDisplayName":"{{activity}}","activityDateTime":"2026-11-04T10:0{{number}}:00Z",
             "loggedByService":"Entitlement Management","initiatedBy":{{initiator}},"targetResources":[{"type":"AccessPackageAssignmentRequest","id":"10000000-0000-4000-8000-000000000304"},
             {"type":"AccessPackage","id":"{{Package}}","displayName":"Pack"},{"type":"ServicePrincipal","id":"{{Robot}}","displayName":"Robot"}],"additionalDetails":[]}
            """;
        mirror.ImportText("[" + Record(1, "User requests an access package assignment on behalf of service principal",
            $$$"""{"user":{"id":"{{{Mona}}}","userPrincipalName":"mona@x.example"}}""") + ","
            + Record(2, "Fulfill access package assignment request",
                """{"app":{"displayName":"Azure AD Identity Governance - Entitlement Management","servicePrincipalId":"10000000-0000-4000-8000-000000000999"}}""") + "]");
        using var reader = MirrorReader.Open(mirror.Path);
        var request = Assert.Single(AccessPackageRequestQuery.Run(reader, new()));
        Assert.Equal((Robot, Mona), (request.User?.Id, request.RequestedBy?.Id));
        Assert.Equal(Robot, Assert.Single(AccessPackageAssignmentQuery.Run(reader, new())).User?.Id);
    }

    /// <summary>
    /// Reports page: "The user who received the access is identified by ActorUserPrincipalName field" of the fulfilment; request policy, "For users
    /// not in your directory": the guest account is created when the request is approved. It asked by its own address.
    /// </summary>
    [Theory]
    [InlineData("actor", "Fulfill access package assignment")]
    [InlineData("actor", "Fulfill access package assignment request")]
    [InlineData("target", "Fulfill access package assignment request")]
    [InlineData("actor", "Partially fulfill access package assignment request")]
    public void Who_asked_from_outside_is_the_guest_that_the_fulfilment_names(string place, string activity)
    {
        const string guest = "10000000-0000-4000-8000-000000000060", upn = "new_fabrikam.example#EXT#@x.example";
        using var mirror = new TestMirror();
        string Record(int number, string activity, string initiator, string? target) => $$"""
            {"id":"ELM_{{number}}","category":"EntitlementManagement","correlationId":"10000000-0000-4000-8000-000000000406","result":"success","activityDisplayName":"{{activity}}","activityDateTime":"2026-11-04T10:0{{number}}:00Z",
             "loggedByService":"Entitlement Management","initiatedBy":{{initiator}},"targetResources":[{"type":"AccessPackageAssignmentRequest","id":"10000000-0000-4000-8000-000000000502"},
             {"type":"AccessPackage","id":"{{Package}}","displayName":"Pack"}{{target}}],"additionalDetails":[]}
            """;
        const string person = $$"""{"id":"{{guest}}","userPrincipalName":"{{upn}}"}""";
        const string service = """{"app":{"displayName":"Azure AD Identity Governance - Entitlement Management","servicePrincipalId":"10000000-0000-4000-8000-000000000999"}}""";
        mirror.ImportText("[" + Record(1, "User requests access package assignment",
            """{"user":{"id":"","displayName":"New","userPrincipalName":"new@fabrikam.example"}}""", null) + ","
            + (place == "actor"
                ? Record(2, activity, $$"""{"user":{{person}}}""", null)
                : Record(2, activity, service, $$""",{"type":"User","id":"{{guest}}","userPrincipalName":"{{upn}}"}""")) + "]");
        using var reader = MirrorReader.Open(mirror.Path);
        foreach (var asked in new[] { null, guest, upn, "new@fabrikam.example" })
        {
            IReadOnlyList<EntitlementSelector>? selectors = asked == null ? null : [new() { User = [asked] }];
            var request = Assert.Single(AccessPackageRequestQuery.Run(reader, new() { Selectors = selectors }));
            Assert.Equal((guest, upn, "New"), (request.User?.Id, request.User?.UserPrincipalName, request.User?.DisplayName));
            Assert.Equal(guest, request.RequestedBy?.Id);
            Assert.Equal(guest, Assert.Single(AccessPackageAssignmentQuery.Run(reader, new() { Selectors = selectors })).User?.Id);
        }
    }

    /// <summary>Who is in the directory by any record keeps the name that the request gives, whoever carries the fulfilment out.</summary>
    [Fact]
    public void Who_is_in_the_directory_is_not_replaced_by_whom_the_fulfilment_names()
    {
        using var mirror = new TestMirror();
        string Record(int number, string activity, string actor) => $$$"""
            {"id":"ELM_{{{number}}}","category":"EntitlementManagement","correlationId":"10000000-0000-4000-8000-000000000406","result":"success","activityDisplayName":"{{{activity}}}","activityDateTime":"2026-11-04T10:0{{{number}}}:00Z",
             "loggedByService":"Entitlement Management","initiatedBy":{"user":{{{actor}}}},"targetResources":[{"type":"AccessPackageAssignmentRequest","id":"10000000-0000-4000-8000-000000000502"},{"type":"AccessPackage","id":"{{{Package}}}","displayName":"Pack"}],"additionalDetails":[]}
            """;
        mirror.ImportText("[" + Record(1, "User requests access package assignment", $$"""{"id":"{{Mona}}","userPrincipalName":"mona@x.example"}""") + ","
            + Record(2, "Fulfill access package assignment", """{"id":"10000000-0000-4000-8000-000000000077","userPrincipalName":"odd@x.example"}""") + "]");
        using var reader = MirrorReader.Open(mirror.Path);
        Assert.Equal(Mona, Assert.Single(AccessPackageRequestQuery.Run(reader, new())).User?.Id);
    }

    /// <summary>Graph, onBehalfAdd: a manager asks for an employee; who that is is only in the target, which the export may lack.</summary>
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
