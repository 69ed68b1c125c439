using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Packages;
using EntraAuditTools.Core.Queries.Entitlement.Requests;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Entitlement;

/// <summary>What policies say beside who can request, in v1.0's and beta's words; each row names the property that it comes from.</summary>
public sealed class PolicySettingsTests
{
    private const string Mona = "10000000-0000-4000-8000-000000000001", Emil = "10000000-0000-4000-8000-000000000002",
        Eve = "10000000-0000-4000-8000-000000000003", Ida = "10000000-0000-4000-8000-000000000004";
    private const string Package = "10000000-0000-4000-8000-000000000010";

    /// <summary>Source of a row, the property as JSON, the property of our object and what it must be as text.</summary>
    public static TheoryData<string, string, string, string?> Rows => new()
    {
        { "v1.0 accessPackageAssignmentRequestorSettings", """ "requestorSettings":{"enableTargetsToSelfRemoveAccess":true} """,
            nameof(AccessPackagePolicy.CanRemoveOwnAccess), "True" },
        { "v1.0 accessPackageAssignmentRequestorSettings", """ "requestorSettings":{"enableTargetsToSelfRemoveAccess":false} """,
            nameof(AccessPackagePolicy.CanRemoveOwnAccess), "False" },
        { "not given", """ "requestorSettings":{} """, nameof(AccessPackagePolicy.CanRemoveOwnAccess), null },
        { "v1.0 accessPackageAssignmentRequestorSettings", """ "requestorSettings":{"enableTargetsToSelfUpdateAccess":true} """,
            nameof(AccessPackagePolicy.CanExtend), "True" },
        { "beta accessPackageAssignmentPolicy.canExtend", """ "canExtend":false """, nameof(AccessPackagePolicy.CanExtend), "False" },
        { "v1.0 accessPackageAssignmentRequestorSettings", """ "requestorSettings":{"allowCustomAssignmentSchedule":true} """,
            nameof(AccessPackagePolicy.CustomSchedule), "True" },
        { "v1.0 accessPackageAssignmentRequestorSettings", """ "requestorSettings":{"enableOnBehalfRequestorsToAddAccess":true} """,
            nameof(AccessPackagePolicy.AcceptsOnBehalf), "True" },
        { "v1.0 accessPackageAssignmentRequestorSettings", """ "requestorSettings":{"enableOnBehalfRequestorsToRemoveAccess":true} """,
            nameof(AccessPackagePolicy.CanBeRemovedOnBehalf), "True" },
        { "v1.0 accessPackageAssignmentRequestorSettings", """ "requestorSettings":{"enableOnBehalfRequestorsToUpdateAccess":true} """,
            nameof(AccessPackagePolicy.CanBeUpdatedOnBehalf), "True" },
        { "v1.0 targetManager", """ "requestorSettings":{"onBehalfRequestors":[{"@odata.type":"#microsoft.graph.targetManager","managerLevel":2}]} """, nameof(AccessPackagePolicy.OnBehalfRequestors), "manager (level 2)" },
        { "v1.0 singleUser", $$""" "requestorSettings":{"onBehalfRequestors":[{"@odata.type":"#microsoft.graph.singleUser","userId":"{{Mona}}","description":"Mona"}]} """, nameof(AccessPackagePolicy.OnBehalfRequestors), "Mona" },
        { "v1.0 accessPackageAssignmentApprovalSettings", """ "requestApprovalSettings":{"isApprovalRequiredForUpdate":true} """,
            nameof(AccessPackagePolicy.ApprovalRequiredToExtend), "True" },
        { "beta approvalSettings", """ "requestApprovalSettings":{"isApprovalRequiredForExtension":false} """,
            nameof(AccessPackagePolicy.ApprovalRequiredToExtend), "False" },
        { "v1.0 accessPackageAssignmentApprovalSettings", """ "requestApprovalSettings":{"isRequestorJustificationRequired":true} """,
            nameof(AccessPackagePolicy.JustificationRequired), "True" },
        { "v1.0 reviewSettings, null", """ "reviewSettings":null """, nameof(AccessPackagePolicy.AccessReviews), "False" },
        { "v1.0 reviewSettings, absent", """ "canExtend":true """, nameof(AccessPackagePolicy.AccessReviews), null },
        { "v1.0 accessPackageAssignmentReviewSettings",
            """ "reviewSettings":{"isEnabled":true,"expirationBehavior":"removeAccess","isSelfReview":false,"schedule":{"startDateTime":"2026-01-01T00:00:00Z","expiration":{"type":"afterDuration","duration":"P25D"},"recurrence":{"pattern":{"type":"absoluteMonthly","interval":3}}},"primaryReviewers":[{"@odata.type":"#microsoft.graph.requestorManager","managerLevel":1}]} """,
            nameof(AccessPackagePolicy.AccessReviewSettings),
            "quarterly, by manager, within 25 days, from 2026-01-01, if reviewers don't respond: remove access" },
        { "v1.0 isSelfReview", """ "reviewSettings":{"isEnabled":true,"expirationBehavior":"keepAccess","isSelfReview":true,"schedule":{"expiration":{"type":"afterDuration","duration":"P1D"},"recurrence":{"pattern":{"type":"weekly","interval":1}}}} """,
            nameof(AccessPackagePolicy.AccessReviewSettings), "weekly, self-review, within 1 day, if reviewers don't respond: no change" },
        { "v1.0 recurrencePattern",
            """ "reviewSettings":{"isEnabled":true,"schedule":{"recurrence":{"pattern":{"type":"absoluteMonthly","interval":2}}}} """,
            nameof(AccessPackagePolicy.AccessReviewSettings), "every 2 months" },
        { "v1.0 recurrencePattern",
            """ "reviewSettings":{"isEnabled":true,"schedule":{"recurrence":{"pattern":{"type":"absoluteYearly","interval":1}}}} """,
            nameof(AccessPackagePolicy.AccessReviewSettings), "annually" },
        { "beta assignmentReviewSettings",
            """ "accessReviewSettings":{"isEnabled":true,"recurrenceType":"halfyearly","reviewerType":"Reviewers","durationInDays":14,"accessReviewTimeoutBehavior":"acceptAccessRecommendation","reviewers":[{"@odata.type":"#microsoft.graph.singleUser","id":"10000000-0000-4000-8000-000000000001","description":"Mona","isBackup":false}]} """,
            nameof(AccessPackagePolicy.AccessReviewSettings), "bi-annually, by Mona, within 14 days, if reviewers don't respond: take recommendations" },
        { "beta reviewerType Manager",
            """ "accessReviewSettings":{"isEnabled":true,"recurrenceType":"monthly","reviewerType":"Manager"} """,
            nameof(AccessPackagePolicy.AccessReviewSettings), "monthly, by manager" },
        { "v1.0 accessPackageQuestion",
            """ "questions":[{"@odata.type":"#microsoft.graph.accessPackageTextInputQuestion","id":"10000000-0000-4000-8000-000000000008","text":"Why?","isRequired":true}] """, nameof(AccessPackagePolicy.Questions), "Why? (required)" },
        { "beta accessPackageQuestion",
            """ "questions":[{"id":"10000000-0000-4000-8000-000000000008","text":{"defaultText":"Which team?"},"isRequired":false}] """,
            nameof(AccessPackagePolicy.Questions), "Which team? (optional)" },
        { "v1.0 customExtensionStageSetting",
            """ "customExtensionStageSettings":[{"stage":"assignmentRequestGranted","customExtension":{"id":"10000000-0000-4000-8000-000000000077","displayName":"Onboarding"}}] """, nameof(AccessPackagePolicy.CustomExtensions), "assignment is granted: Onboarding" },
        { "v1.0 automaticRequestSettings",
            """ "automaticRequestSettings":{"requestAccessForAllowedTargets":true,"removeAccessWhenTargetLeavesAllowedTargets":true,"gracePeriodBeforeAccessRemoval":"P7D"} """, nameof(AccessPackagePolicy.GracePeriod), "7 days" },
        { "v1.0 automaticRequestSettings",
            """ "automaticRequestSettings":{"requestAccessForAllowedTargets":true,"removeAccessWhenTargetLeavesAllowedTargets":false} """,
            nameof(AccessPackagePolicy.RemovesOnLeaving), "False" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_setting_is_named_as_in_the_portal(string source, string json, string property, string? expected)
    {
        using var mirror = new TestMirror();
        mirror.ImportText($$"""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignmentPolicies","value":[{"id":"10000000-0000-4000-8000-000000000020","displayName":"P",
             "allowedTargetScope":"allMemberUsers","accessPackage":{"id":"{{Package}}","displayName":"Pack"},{{json}} }]}
            """);
        using var reader = MirrorReader.Open(mirror.Path);
        var policy = Assert.Single(AccessPackageQuery.Run(reader, new()).Single().Policies);
        var value = typeof(AccessPackagePolicy).GetProperty(property)!.GetValue(policy);
        Assert.True(expected == (value is System.Collections.IEnumerable and not string
            ? string.Join("; ", ((System.Collections.IEnumerable)value).Cast<object>()) : value?.ToString()), $"{source}: {value}");
    }

    /// <summary>Graph: users with $expand=manager, users with $expand=directReports, and the page /users/{id}/directReports.</summary>
    [Theory]
    [InlineData("manager")]
    [InlineData("directReports")]
    [InlineData("page")]
    public void Whom_can_this_manager_request_for(string form)
    {
        using var mirror = new TestMirror();
        string Person(string id, string name, string? more = null) =>
            $$"""{"id":"{{id}}","displayName":"{{name}}","userPrincipalName":"{{name}}@x.example","userType":"Member","accountEnabled":true{{more}}}""";
        string Manager(string id) => form == "manager" ? $$""","manager":{"@odata.type":"#microsoft.graph.user","id":"{{id}}"}""" : string.Empty;
        var reports = form == "directReports"
            ? $$""","directReports":[{"@odata.type":"#microsoft.graph.user","id":"{{Emil}}","displayName":"Emil"}]""" : string.Empty;
        mirror.ImportText($$"""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[{{Person(Mona, "Mona", reports)}},{{Person(Emil, "Emil", Manager(Mona))}},{{Person(Eve, "Eve", Manager(Ida))}},{{Person(Ida, "Ida")}}]}""");
        if (form == "page") mirror.ImportText(
            $$"""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users('{{Mona}}')/directReports","value":[{"@odata.type":"#microsoft.graph.user","id":"{{Emil}}","displayName":"Emil","userPrincipalName":"Emil@x.example"}]}""");
        mirror.ImportText($$$"""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/accessPackages(catalog(),assignmentPolicies())","value":[{"id":"{{{Package}}}","displayName":"Pack","isHidden":false,
             "catalog":{"id":"10000000-0000-4000-8000-000000000009","state":"published","isExternallyVisible":false},"assignmentPolicies":[{"id":"10000000-0000-4000-8000-000000000020","displayName":"On behalf","allowedTargetScope":"allMemberUsers",
             "requestorSettings":{"enableTargetsToSelfAddAccess":false,"enableOnBehalfRequestorsToAddAccess":true,"onBehalfRequestors":[{"@odata.type":"#microsoft.graph.targetManager","managerLevel":1}]}}]}]}
            """);
        using var reader = MirrorReader.Open(mirror.Path);
        var found = Assert.Single(AccessPackageQuery.Run(reader, new() { RequestedBy = "mona@x.example" }));
        Assert.Equal(("Emil", "Yes", "Mona"), (found.User?.DisplayName, found.CanRequest, found.RequestedBy?.DisplayName));
        Assert.Contains("Mona is the manager", found.Reason, StringComparison.Ordinal);
        Assert.True(AccessPackageQuery.HasManagers(reader));
        // Eve's manager is somebody else, or unknown.
        var other = Assert.Single(AccessPackageQuery.Run(reader, new() { RequestedBy = "Mona", Selectors = [new() { User = ["Eve"] }] }));
        Assert.Equal(form == "manager" ? "No" : "Unknown", other.CanRequest);
        Assert.Equal("No", Assert.Single(AccessPackageQuery.Run(reader, new() { Selectors = [new() { User = ["Emil"] }] })).CanRequest);
    }

    /// <summary>Graph, customExtensionCalloutInstance and accessPackageAssignmentRequestParameters.</summary>
    [Theory]
    [InlineData("calloutFailed", "failure", "call failed")]
    [InlineData("callbackTimedOut", "failure", "callback timed out")]
    [InlineData("callbackReceived", "success", "answered")]
    [InlineData("calloutSent", null, "called")]
    [InlineData("WaitingForCallback", null, "waiting for its callback")]
    [InlineData("3", "failure", "call failed")]
    [InlineData("someFutureStatus", null, "someFutureStatus")]
    public void Calls_of_custom_extensions_stand_in_the_timeline(string status, string? result, string words)
    {
        using var mirror = new TestMirror();
        mirror.ImportText($$$"""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignmentPolicies","value":[{"id":"10000000-0000-4000-8000-000000000020","displayName":"P","allowedTargetScope":"allMemberUsers",
             "accessPackage":{"id":"{{{Package}}}","displayName":"Pack"},"customExtensionStageSettings":[{"stage":"assignmentRequestCreated","customExtension":{"id":"10000000-0000-4000-8000-000000000077","displayName":"Onboarding"}}]}]}
            """, "policy.json");
        mirror.ImportText($$$"""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignmentRequests","value":[{"id":"10000000-0000-4000-8000-000000000112","requestType":"userAdd","state":"deliveryFailed",
             "status":"Failed","createdDateTime":"2026-11-01T09:00:00Z","completedDateTime":"2026-11-02T09:00:00Z","requestor":{"objectId":"{{{Emil}}}","displayName":"Emil","principalName":"emil@x.example","subjectType":"user"},
             "accessPackage":{"id":"{{{Package}}}","displayName":"Pack"},"assignment":{"assignmentPolicyId":"10000000-0000-4000-8000-000000000020"},
             "customExtensionCalloutInstances":[{"customExtensionId":"10000000-0000-4000-8000-000000000077","id":"10000000-0000-4000-8000-000000000078","externalCorrelationId":"run-1","status":"{{{status}}}","detail":"No such cost center."}]}]}
            """, "request.json");
        using var reader = MirrorReader.Open(mirror.Path);
        var request = Assert.Single(AccessPackageRequestQuery.Run(reader, new()));
        var callout = Assert.Single(request.Events, logged => logged.Phase == "Callout");
        Assert.Equal(($"Custom extension Onboarding: {words}", result), (callout.Activity, callout.Result));
        Assert.Contains("No such cost center. When it was called is not told", callout.Detail, StringComparison.Ordinal);
        Assert.Equal(result == "failure", request.StatusReason?.Contains("No such cost center", StringComparison.Ordinal) == true);
    }

    /// <summary>
    /// Graph beta, approverDelegate (its example's address); entra-docs, delegate-approvals-my-access. Bo decides; whether for Ada depends on the
    /// delegation's schedule and on whether Bo is an approver himself.
    /// </summary>
    [Theory]
    [InlineData("2026-11-01T00:00:00Z", "2026-11-30T00:00:00Z", "Ada", "Ada")]
    [InlineData("2026-11-01T00:00:00Z", null, "Ada", "Ada")]
    [InlineData("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z", "Ada", null)]
    [InlineData("2026-11-15T00:00:00Z", "2026-11-30T00:00:00Z", "Ada", null)]
    [InlineData("2026-11-01T00:00:00Z", "2026-11-30T00:00:00Z", "Bo", null)]
    [InlineData("2026-11-01T00:00:00Z", "2026-11-30T00:00:00Z", "manager", "Ada")]
    public void A_delegate_decides_for_an_approver(string from, string? to, string listed, string? expected)
    {
        const string ada = "10000000-0000-4000-8000-000000000041", bo = "10000000-0000-4000-8000-000000000042",
            request = "10000000-0000-4000-8000-000000000301";
        using var mirror = new TestMirror();
        mirror.ImportText($$"""{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[{"id":"{{ada}}","displayName":"Ada","userPrincipalName":"ada@x.example","userType":"Member"},{"id":"{{bo}}","displayName":"Bo","userPrincipalName":"bo@x.example","userType":"Member"}]}""", "users.json");
        var expiration = to == null ? """{"type":"noExpiration"}""" : $$"""{"type":"afterDateTime","endDateTime":"{{to}}"}""";
        var import = mirror.ImportText($$"""
            {"@odata.context":"https://graph.microsoft.com/beta/$metadata#users('{{ada}}')/identityGovernance/approverDelegate","delegate":{"@odata.type":"#microsoft.graph.singleUser","id":"{{bo}}","description":"Bo"},"schedule":{"startDateTime":"{{from}}","expiration":{{expiration}} } }
            """, "delegate.json");
        Assert.Equal(("ApproverDelegate", 1), (import.Kind, import.Added));
        var approver = listed switch { "manager" => """{"@odata.type":"#microsoft.graph.requestorManager","managerLevel":1}""",
            "Bo" => $$"""{"@odata.type":"#microsoft.graph.singleUser","userId":"{{bo}}"}""",
            _ => $$"""{"@odata.type":"#microsoft.graph.singleUser","userId":"{{ada}}"}""" };
        mirror.ImportText($$$"""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignmentPolicies","value":[{"id":"10000000-0000-4000-8000-000000000020","displayName":"P","allowedTargetScope":"allMemberUsers","accessPackage":{"id":"{{{Package}}}","displayName":"Pack"},
             "requestApprovalSettings":{"isApprovalRequiredForAdd":true,"stages":[{"primaryApprovers":[{{{approver}}}]}]}}]}
            """, "policy.json");
        mirror.ImportText($$$"""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignmentRequests","value":[{"id":"{{{request}}}","requestType":"userAdd","state":"delivered","status":"Fulfilled","createdDateTime":"2026-11-09T09:00:00Z","completedDateTime":"2026-11-10T10:00:00Z",
             "requestor":{"objectId":"{{{Emil}}}","displayName":"Emil","principalName":"emil@x.example","subjectType":"user"},"accessPackage":{"id":"{{{Package}}}","displayName":"Pack"},"assignment":{"assignmentPolicyId":"10000000-0000-4000-8000-000000000020"}}]}
            """, "requests.json");
        mirror.ImportText($$$"""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/accessPackageAssignmentApprovals/$entity","id":"{{{request}}}","stages":[{"id":"{{{request}}}","reviewedDateTime":"2026-11-10T09:00:00Z","reviewResult":"Approve","status":"Completed",
             "justification":"fine","reviewedBy":{"id":"{{{bo}}}","displayName":"Bo","userPrincipalName":"bo@x.example"}}]}
            """, "approval.json");
        using var reader = MirrorReader.Open(mirror.Path);
        var approval = Assert.Single(Assert.Single(AccessPackageRequestQuery.Run(reader, new())).Approvals);
        Assert.Equal(("Approved", "Bo", expected), (approval.Decision, approval.Approver?.DisplayName, approval.OnBehalfOf?.DisplayName));
    }

    [Fact]
    public void A_delegation_that_does_not_say_whose_it_is_is_rejected_with_that_reason()
    {
        using var mirror = new TestMirror();
        var import = mirror.ImportText(
            """{"@odata.type":"#microsoft.graph.approverDelegate","delegate":{"@odata.type":"#microsoft.graph.singleUser","id":"10000000-0000-4000-8000-000000000042"},"schedule":null}""");
        Assert.Equal(1, import.Rejected);
        Assert.Contains("whose approvals it delegates", Assert.Single(mirror.Rejected()).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", true, "Bypassed")]
    [InlineData("false", false, null)]
    [InlineData(null, null, null)]
    public void A_bypassed_approval_is_said(string? parameter, bool? expected, string? decision)
    {
        using var mirror = new TestMirror();
        var parameters = parameter == null ? string.Empty : $$""","parameters":{"bypassApproval":{{parameter}}}""";
        mirror.ImportText($$$"""
            {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identityGovernance/entitlementManagement/assignmentRequests","value":[{"id":"10000000-0000-4000-8000-000000000102","requestType":"adminAdd","state":"delivered",
             "status":"Fulfilled","createdDateTime":"2026-11-01T09:00:00Z","completedDateTime":"2026-11-02T09:00:00Z","requestor":{"objectId":"{{{Emil}}}","displayName":"Emil","principalName":"emil@x.example","subjectType":"user"},
             "accessPackage":{"id":"{{{Package}}}","displayName":"Pack"}{{{parameters}}} }]}
            """);
        using var reader = MirrorReader.Open(mirror.Path);
        var request = Assert.Single(AccessPackageRequestQuery.Run(reader, new()));
        Assert.Equal(expected, request.ApprovalBypassed);
        Assert.Equal(decision, request.Approvals.SingleOrDefault()?.Decision);
    }
}
