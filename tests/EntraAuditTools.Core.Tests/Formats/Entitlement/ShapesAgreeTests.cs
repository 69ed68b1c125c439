using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Tests.Formats.Entitlement;

/// <summary>The same object, exported by v1.0, beta, the Graph PowerShell SDK and Windows PowerShell, is the same facts to the byte.</summary>
public sealed class ShapesAgreeTests
{
    private const string Package =
        """ {"id":"a1000000-0000-4000-8000-000000000001","displayName":"Sales","description":"For sellers","isHidden":false,"createdDateTime":"2026-01-01T08:00:00Z","modifiedDateTime":"2026-02-01T08:00:00.123Z" """;

    public static TheoryData<string, string, string> Pairs => new()
    {
        {
            "access package catalog",
            """{"id":"c1","displayName":"General","description":"Built-in catalog.","catalogType":"serviceDefault","state":"published","isExternallyVisible":true,"createdDateTime":"2026-01-01T08:00:00Z","modifiedDateTime":"2026-01-01T08:00:00Z","accessPackages":[{"id":"p1","displayName":"Sales","isHidden":false}],"resources":[{"id":"r1","displayName":"Sellers","originId":"g1","originSystem":"AadGroup","createdDateTime":"2026-01-01T08:00:00Z"}]}""",
            """{"id":"c1","displayName":"General","description":"Built-in catalog.","catalogType":"ServiceDefault","catalogStatus":"Published","isExternallyVisible":true,"createdBy":"x","createdDateTime":"2026-01-01T08:00:00+00:00","modifiedDateTime":"2026-01-01T08:00:00.0000000Z","accessPackages":[{"id":"p1","catalogId":"c1","displayName":"Sales","isHidden":false}],"accessPackageResources":[{"id":"r1","displayName":"Sellers","originId":"g1","originSystem":"AadGroup","resourceType":"Security Group","addedOn":"2026-01-01T08:00:00Z"}]}"""
        },
        {
            "access package",
            Package + ""","catalog":{"id":"c1","displayName":"General"},"assignmentPolicies":[{"id":"y1","displayName":"All"}],"resourceRoleScopes":[{"id":"r_s","createdDateTime":"2026-01-01T08:00:00Z","role":{"id":"r","displayName":"Member","originId":"Member_b1000000-0000-4000-8000-000000000001","originSystem":"AadGroup"},"scope":{"id":"s","displayName":"Root","originId":"b1000000-0000-4000-8000-000000000001","originSystem":"AadGroup","isRootScope":true}}],"incompatibleAccessPackages":[{"id":"p2","displayName":"Audit"}],"incompatibleGroups":[]}""",
            Package + ""","catalogId":"c1","createdBy":"x","isRoleScopesVisible":true,"accessPackageCatalog":{"id":"c1","displayName":"General"},"accessPackageAssignmentPolicies":[{"id":"y1","accessPackageId":"a1000000-0000-4000-8000-000000000001","displayName":"All"}],"accessPackageResourceRoleScopes":[{"id":"r_s","createdBy":"x","createdDateTime":"2026-01-01T08:00:00Z","accessPackageResourceRole":{"id":"r","displayName":"Member","originId":"Member_b1000000-0000-4000-8000-000000000001","originSystem":"AadGroup"},"accessPackageResourceScope":{"id":"s","displayName":"Root","originId":"b1000000-0000-4000-8000-000000000001","originSystem":"AadGroup","isRootScope":true,"url":null}}],"incompatibleAccessPackages":[{"id":"p2","displayName":"Audit"}],"incompatibleGroups":[]}"""
        },
        {
            "access package assignment policy",
            """{"id":"y1","displayName":"Partners","description":"","allowedTargetScope":"specificConnectedOrganizationUsers","createdDateTime":"2026-01-01T08:00:00Z","modifiedDateTime":"2026-01-01T08:00:00Z","specificAllowedTargets":[{"@odata.type":"#microsoft.graph.connectedOrganizationMembers","connectedOrganizationId":"o2","description":"Fabrikam"},{"@odata.type":"#microsoft.graph.connectedOrganizationMembers","connectedOrganizationId":"o1","description":"Adatum"}],"expiration":{"endDateTime":null,"duration":"P90D","type":"afterDuration"},"reviewSettings":null,"requestorSettings":{"enableTargetsToSelfAddAccess":true,"enableTargetsToSelfUpdateAccess":true},"requestApprovalSettings":{"isApprovalRequiredForAdd":true,"isApprovalRequiredForUpdate":false,"stages":[{"durationBeforeAutomaticDenial":"P14D","isEscalationEnabled":true,"primaryApprovers":[{"@odata.type":"#microsoft.graph.requestorManager","managerLevel":1}],"fallbackPrimaryApprovers":[{"@odata.type":"#microsoft.graph.groupMembers","groupId":"g1","description":"Desk"}],"escalationApprovers":[],"fallbackEscalationApprovers":[{"@odata.type":"#microsoft.graph.singleUser","userId":"u9"}]}]},"accessPackage":{"id":"p1"},"questions":[{"@odata.type":"#microsoft.graph.accessPackageTextInputQuestion","id":"q1","isRequired":true,"sequence":0,"text":"Why?"}]}""",
            """{"id":"y1","accessPackageId":"p1","displayName":"Partners","description":"","canExtend":true,"durationInDays":90,"expirationDateTime":null,"createdBy":"x","createdDateTime":"2026-01-01T08:00:00Z","modifiedDateTime":"2026-01-01T08:00:00Z","accessReviewSettings":null,"requestorSettings":{"scopeType":"SpecificConnectedOrganizationSubjects","acceptRequests":true,"allowedRequestors":[{"@odata.type":"#microsoft.graph.connectedOrganizationMembers","isBackup":false,"id":"o1","description":"Adatum"},{"@odata.type":"#microsoft.graph.connectedOrganizationMembers","isBackup":false,"id":"o2","description":"Fabrikam"}]},"requestApprovalSettings":{"isApprovalRequired":true,"isApprovalRequiredForExtension":false,"approvalMode":"SingleStage","approvalStages":[{"approvalStageTimeOutInDays":14,"isEscalationEnabled":true,"escalationTimeInMinutes":11520,"primaryApprovers":[{"@odata.type":"#microsoft.graph.groupMembers","isBackup":true,"id":"g1","description":"Desk"},{"@odata.type":"#microsoft.graph.requestorManager","isBackup":false}],"escalationApprovers":[{"@odata.type":"#microsoft.graph.singleUser","isBackup":true,"id":"u9"}]}]},"questions":[{"@odata.type":"#microsoft.graph.accessPackageTextInputQuestion","id":"q1","isRequired":true,"sequence":0,"text":{"defaultText":"Why?","localizedTexts":[]}}]}"""
        },
        {
            "access package assignment",
            """{"id":"11111111-0000-4000-8000-000000000001","state":"delivered","status":"Delivered","expiredDateTime":null,"schedule":{"startDateTime":"2026-05-14T07:25:06.153Z","recurrence":null,"expiration":{"endDateTime":"2026-07-10T18:30:00Z","duration":null,"type":"afterDateTime"}},"customExtensionCalloutInstances":[],"accessPackage":{"id":"p1","displayName":"Sales","isHidden":false,"catalog":{"id":"c1","displayName":"General"}},"assignmentPolicy":{"id":"y1","displayName":"All"},"target":{"id":"s1","objectId":"u1","displayName":"Ada","principalName":"ada@contoso.example","email":"ada@contoso.example","onPremisesSecurityIdentifier":null,"subjectType":"user","connectedOrganization":{"id":"o1","displayName":"Fabrikam","state":"configured"}}}""",
            """{"id":"11111111-0000-4000-8000-000000000001","catalogId":"c1","accessPackageId":"p1","assignmentPolicyId":"y1","targetId":"s1","assignmentStatus":"Delivered","assignmentState":"Delivered","isExtended":false,"customExtensionCalloutInstances":[],"expiredDateTime":null,"schedule":{"startDateTime":"2026-05-14T07:25:06.153Z","recurrence":null,"expiration":{"endDateTime":"2026-07-10T18:30:00Z","duration":null,"type":"afterDateTime"}},"accessPackage":{"id":"p1","catalogId":"c1","displayName":"Sales","isHidden":false,"accessPackageCatalog":{"id":"c1","displayName":"General"}},"accessPackageAssignmentPolicy":{"id":"y1","displayName":"All"},"target":{"id":"s1","objectId":"u1","displayName":"Ada","principalName":"ada@contoso.example","email":"ada@contoso.example","type":"User","altSecId":null,"connectedOrganizationId":"o1","connectedOrganization":{"id":"o1","displayName":"Fabrikam","state":"configured"}}}"""
        },
        {
            "access package assignment request",
            """{"id":"q1","requestType":"userAdd","state":"partiallyDelivered","status":"PartiallyDelivered","createdDateTime":"2026-05-14T07:25:02.64Z","completedDateTime":"2026-05-14T20:11:44.69Z","justification":"audit","schedule":{"startDateTime":"2026-05-14T07:24:45.97Z","expiration":{"endDateTime":null,"duration":"PT8760H","type":"afterDuration"}},"answers":[{"@odata.type":"#microsoft.graph.accessPackageAnswerString","displayValue":"Arizona","value":"AZ","answeredQuestion":{"id":"e1","text":"Where?"}}],"accessPackage":{"id":"p1","displayName":"Sales"},"assignment":{"id":"n1","state":"delivered","status":"Delivered","expiredDateTime":null,"assignmentPolicy":{"id":"y1","displayName":"All"}},"requestor":{"id":"s1","objectId":"u1","displayName":"Ada","principalName":"ada@contoso.example","email":null,"subjectType":"user"}}""",
            """{"id":"q1","requestType":"UserAdd","requestState":"PartiallyDelivered","requestStatus":"PartiallyDelivered","isValidationOnly":false,"expirationDateTime":null,"createdDateTime":"2026-05-14T07:25:02.64Z","completedDate":"2026-05-14T20:11:44.69Z","justification":"audit","schedule":{"startDateTime":"2026-05-14T07:24:45.97Z","expiration":{"endDateTime":null,"duration":"P365D","type":"afterDuration"}},"answers":[{"@odata.type":"#microsoft.graph.accessPackageAnswerString","displayValue":"Arizona","value":"AZ","answeredQuestion":{"id":"e1","text":{"defaultText":"Where?"}}}],"accessPackage":{"id":"p1","displayName":"Sales"},"accessPackageAssignment":{"id":"n1","accessPackageId":"p1","assignmentState":"Delivered","assignmentStatus":"Delivered","expiredDateTime":null,"accessPackageAssignmentPolicy":{"id":"y1","displayName":"All"}},"requestor":{"id":"s1","objectId":"u1","displayName":"Ada","principalName":"ada@contoso.example","email":null,"type":"User"}}"""
        },
        {
            "access package resource",
            """{"id":"r1","displayName":"Team site","description":null,"originId":"https://contoso.sharepoint.example/sites/team","originSystem":"SharePointOnline","createdDateTime":"2026-05-17T10:29:06.39Z","attributes":[],"scopes":[],"roles":[]}""",
            """{"id":"r9","displayName":"Team site","description":null,"originId":"https://contoso.sharepoint.example/sites/team","originSystem":"sharepointonline","addedBy":"x","addedOn":"2026-05-17T10:29:06.39Z","isPendingOnboarding":false,"resourceType":"SharePoint Online Site","url":"https://contoso.sharepoint.example/sites/team","attributes":[]}"""
        },
        {
            "access package resource role scope",
            """{"id":"r_s","createdDateTime":"2026-01-01T08:00:00Z","role":{"id":"r","displayName":"Owner","originId":"4","originSystem":"SharePointOnline","resource":{"id":"x","displayName":"Team site","originId":"https://contoso.sharepoint.example/sites/team","originSystem":"SharePointOnline"}},"scope":{"id":"s","displayName":"Root","originId":"https://contoso.sharepoint.example/sites/team","originSystem":"SharePointOnline","isRootScope":true}}""",
            """{"id":"r_s","createdDateTime":"2026-01-01T08:00:00Z","accessPackageResourceRole":{"id":"r","displayName":"Owner","originId":"4","originSystem":"SharePointOnline","accessPackageResource":{"id":"x","displayName":"Team site","originId":"https://contoso.sharepoint.example/sites/team","originSystem":"SharePointOnline"}},"accessPackageResourceScope":{"id":"s","displayName":"Root","originId":"https://contoso.sharepoint.example/sites/team","originSystem":"SharePointOnline","isRootScope":true,"url":"https://contoso.sharepoint.example/sites/team"}}"""
        },
        {
            "connected organization",
            """{"id":"o1","displayName":"Fabrikam","description":"Partner","state":"configured","createdDateTime":"2026-01-01T08:00:00Z","modifiedDateTime":"2026-01-01T08:00:00Z","identitySources":[{"@odata.type":"#microsoft.graph.domainIdentitySource","domainName":"Fabrikam.example","displayName":"Fabrikam"},{"@odata.type":"#microsoft.graph.azureActiveDirectoryTenant","tenantId":"7D000000-0000-4000-8000-000000000001","displayName":"Fabrikam"}],"internalSponsors":[{"@odata.type":"#microsoft.graph.user","id":"u1","displayName":"Ada"}],"externalSponsors":[]}""",
            """{"id":"o1","displayName":"Fabrikam","description":"Partner","state":"Configured","createdBy":"x","createdDateTime":"2026-01-01T08:00:00Z","modifiedBy":"x","modifiedDateTime":"2026-01-01T08:00:00Z","identitySources":[{"@odata.type":"#microsoft.graph.azureActiveDirectoryTenant","tenantId":"7d000000-0000-4000-8000-000000000001","displayName":"Fabrikam"},{"@odata.type":"#microsoft.graph.domainIdentitySource","domainName":"fabrikam.example","displayName":"Fabrikam"}],"internalSponsors":[{"@odata.type":"#microsoft.graph.user","id":"u1","displayName":"Ada"}],"externalSponsors":[]}"""
        },
        {
            "access package approval",
            """{"id":"q1","stages":[{"id":"q1","displayName":null,"reviewedDateTime":"2026-05-15T08:00:00Z","reviewResult":"Approve","status":"Completed","assignedToMe":false,"justification":"fine","reviewedBy":{"id":"u2","displayName":"Bo","userPrincipalName":"bo@contoso.example"}}]}""",
            """{"id":"q1","steps":[{"id":"q1","displayName":"","reviewedDateTime":"2026-05-15T08:00:00+00:00","reviewResult":"approve","status":"completed","assignedToMe":false,"justification":"fine","reviewedBy":{"id":"u2","displayName":"Bo","userPrincipalName":"bo@contoso.example"}}]}"""
        },
        {
            "user",
            """{"id":"u1","displayName":"Ada","userPrincipalName":"ada_fabrikam.example#EXT#@contoso.example","mail":null,"userType":"Guest","accountEnabled":true,"identities":[{"signInType":"userPrincipalName","issuer":"contoso.example","issuerAssignedId":"ada"},{"signInType":"federated","issuer":"ExternalAzureAD","issuerAssignedId":null}]}""",
            """{"displayName":"Ada","userPrincipalName":"ada_fabrikam.example#EXT#@contoso.example","mail":"","userType":"guest","accountEnabled":"True","id":"u1","identities":[{"signInType":"federated","issuer":"ExternalAzureAD","issuerAssignedId":null},{"signInType":"userPrincipalName","issuer":"contoso.example","issuerAssignedId":"ada"}]}"""
        },
        {
            "group",
            """{"id":"g1","displayName":"Sellers","description":null,"mail":null,"groupTypes":["Unified","DynamicMembership"],"securityEnabled":true,"members":[{"@odata.type":"#microsoft.graph.user","id":"u1","displayName":"Ada"},{"@odata.type":"#microsoft.graph.group","id":"g2","displayName":"Juniors"},{"@odata.type":"#microsoft.graph.device","id":"d1"}]}""",
            """{"id":"g1","displayName":"Sellers","description":"","mail":"","groupTypes":["DynamicMembership","Unified"],"securityEnabled":true,"members":[{"@odata.type":"#microsoft.graph.user","id":"u1","displayName":"Ada"},{"@odata.type":"#microsoft.graph.group","id":"g2","displayName":"Juniors"},{"@odata.type":"#microsoft.graph.device","id":"d1"}]}"""
        },
        {
            "service principal",
            """{"id":"s1","appId":"d1000000-0000-4000-8000-00000000000A","displayName":"Payroll","accountEnabled":true,"servicePrincipalType":"Application","appRoles":[{"id":"2","value":"Read","displayName":"Reader"},{"id":"1","value":null,"displayName":"User"}]}""",
            """{"id":"s1","appId":"d1000000-0000-4000-8000-00000000000a","displayName":"Payroll","accountEnabled":true,"servicePrincipalType":"Application","appRoles":[{"id":"1","value":null,"displayName":"User","origin":"Application"},{"id":"2","value":"Read","displayName":"Reader"}]}"""
        },
        {
            "app role assignment",
            """{"id":"Aa-1","appRoleId":"00000000-0000-0000-0000-000000000000","createdDateTime":"2026-05-15T08:00:00Z","principalDisplayName":"Ada","principalId":"u1","principalType":"User","resourceDisplayName":"Payroll","resourceId":"s1"}""",
            """{"id":"Aa-1","creationTimestamp":null,"appRoleId":"00000000-0000-0000-0000-000000000000","createdDateTime":"2026-05-15 08:00:00","principalDisplayName":"Ada","principalId":"u1","principalType":"User","resourceDisplayName":"Payroll","resourceId":"s1"}"""
        },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void V1_and_beta_tell_the_same(string what, string v1, string beta)
    {
        Assert.Equal(what, Entitlement.Recognize(v1).Label);
        Assert.Equal(what, Entitlement.Recognize(beta).Label);
        Assert.Equal(Entitlement.Read(v1).Everything(), Entitlement.Read(beta).Everything());
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Objects_of_the_PowerShell_SDK_give_the_same(string what, string v1, string beta)
    {
        foreach (var graph in new[] { v1, beta })
        {
            var sdk = Entitlement.AsSdkObject(graph);
            Assert.Equal(what, Entitlement.Recognize(sdk).Label);
            var read = Entitlement.Read(sdk);
            Assert.Equal(Entitlement.Read(graph).Everything(), read.Everything());
            Assert.False(read.IsCut);
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_Windows_PowerShell_wrote_gives_the_same(string what, string v1, string beta)
    {
        foreach (var graph in new[] { v1, beta })
        {
            var written = Entitlement.AsWindowsPowerShell(graph);
            Assert.Equal(what, Entitlement.Recognize(written).Label);
            Assert.Equal(Entitlement.Read(graph).Everything(), Entitlement.Read(written).Everything());
        }
    }

    [Fact]
    public void A_resource_assignment_is_betas_alone()
    {
        const string Role = """{"id":"z1","originId":"Member_b1000000-0000-4000-8000-000000000001","originSystem":"AadGroup","status":"Fulfilled","accessPackageSubject":{"id":"s1","objectId":"u1","displayName":"Ada"},"accessPackageResourceRole":{"id":"r","displayName":"Member","originId":"Member_b1000000-0000-4000-8000-000000000001","originSystem":"AadGroup","accessPackageResource":{"id":"x","displayName":"Sellers","originId":"b1000000-0000-4000-8000-000000000001","originSystem":"AadGroup"}},"accessPackageResourceScope":null,"accessPackageAssignments":[{"id":"n2","accessPackageId":"p1","assignmentState":"Delivered"},{"id":"n1","accessPackageId":"p2","assignmentState":"Delivered"}]}""";
        var read = Entitlement.Read(Role);
        Assert.Equal(
            """{"assignments":["n1","n2"],"resource":"b1000000-0000-4000-8000-000000000001","role":"Member","roleOrigin":"Member_b1000000-0000-4000-8000-000000000001","status":"Fulfilled","subject":"u1","subjectId":"s1","system":"AadGroup"}""",
            read.Facts());
        Assert.Equal([EntityKind.Resource, EntityKind.User, EntityKind.Assignment, EntityKind.Assignment], read.Nested.Select(n => n.Kind));
        Assert.Equal(read.Everything(), Entitlement.Read(Entitlement.AsSdkObject(Role)).Everything());

        // Without expansions, the group is still in the role's origin.
        Assert.Contains(
            (FactNames.Resource, EntityKind.Resource, "b1000000-0000-4000-8000-000000000001"),
            Entitlement.Read("""{"id":"z1","originId":"Member_b1000000-0000-4000-8000-000000000001","originSystem":"AadGroup","status":"Fulfilled"}""").Links);
    }

    [Fact]
    public void An_assignment_is_read_to_the_last_fact()
    {
        var read = Entitlement.Read(
            """{"id":"N1","state":"delivered","status":"Delivered","expiredDateTime":null,"schedule":{"startDateTime":"2026-05-14T07:25:06.153Z","expiration":{"endDateTime":null,"duration":null,"type":"noExpiration"}},"accessPackage":{"id":"p1","displayName":"Sales"},"assignmentPolicy":{"id":"y1","displayName":"All"},"target":{"id":"s1","objectId":"u1","displayName":"Ada","principalName":"ada@contoso.example","subjectLifecycle":"Governed","subjectType":"servicePrincipal"}}""");
        Assert.Equal(
            """
            Assignment N1 {"expirationDuration":null,"expirationEnd":null,"expirationType":"noExpiration","expired":null,"package":"p1","policy":"y1","start":"2026-05-14T07:25:06.1530000Z","state":"delivered","status":"Delivered","subject":"u1","subjectId":"s1"}
             package -> AccessPackage p1
             policy -> Policy y1
             subject -> User u1
              AccessPackage p1 {"name":"Sales"}
              Policy y1 {"name":"All","package":"p1"}
               package -> AccessPackage p1
              User u1 {"lifecycle":"governed","name":"Ada","subjectId":"s1","upn":"ada@contoso.example","userType":"ServicePrincipal"}
            """.ReplaceLineEndings(),
            read.Everything().TrimEnd().ReplaceLineEndings());
    }

    [Theory]
    [InlineData("NoSubjects", "notSpecified")]
    [InlineData("SpecificDirectorySubjects", "specificDirectoryUsers")]
    [InlineData("SpecificConnectedOrganizationSubjects", "specificConnectedOrganizationUsers")]
    [InlineData("AllExistingDirectoryMemberUsers", "allMemberUsers")]
    [InlineData("AllExistingDirectorySubjects", "allDirectoryUsers")]
    [InlineData("AllConfiguredConnectedOrganizationSubjects", "allConfiguredConnectedOrganizationUsers")]
    [InlineData("AllExistingConnectedOrganizationSubjects", "allConfiguredConnectedOrganizationUsers")]
    [InlineData("AllExternalSubjects", "allExternalUsers")]
    [InlineData("allExternalSubjects", "allExternalUsers")]
    [InlineData("AllMartians", "AllMartians")]
    public void Scope_types_of_beta_become_target_scopes(string scopeType, string scope)
    {
        var read = Entitlement.Read("{\"id\":\"y\",\"accessPackageId\":\"p\",\"canExtend\":false,\"requestorSettings\":{\"scopeType\":\"" + scopeType + "\"}}");
        Assert.Equal($"\"{scope}\"", read.Fact(FactNames.Scope));
    }

    [Theory]
    [InlineData("""{"durationInDays":0,"expirationDateTime":null}""", "noExpiration", "null", "null")]
    [InlineData("""{"durationInDays":365,"expirationDateTime":null}""", "afterDuration", "null", "\"P365D\"")]
    [InlineData("""{"durationInDays":365}""", "afterDuration", "null", "\"P365D\"")]
    [InlineData("""{"durationInDays":0,"expirationDateTime":"2027-01-31T00:00:00Z"}""", "afterDateTime", "\"2027-01-31T00:00:00.0000000Z\"", "null")]
    [InlineData("""{"durationInDays":0,"expirationDateTime":"0001-01-01T00:00:00Z"}""", "noExpiration", "null", "null")]
    [InlineData("""{"expiration":{"type":"AfterDuration","duration":"P1DT24H"}}""", "afterDuration", "null", "\"P2D\"")]
    [InlineData("""{"expiration":{"type":"afterDuration","duration":"365.00:00:00"}}""", "afterDuration", "null", "\"P365D\"")]
    [InlineData("""{"expiration":{"type":"afterDuration","duration":{"Ticks":315360000000000,"Days":365}}}""", "afterDuration", "null", "\"P365D\"")]
    [InlineData("""{"expiration":{"type":"afterDuration","duration":"p1y"}}""", "afterDuration", "null", "\"P1Y\"")]
    [InlineData("""{"expiration":{"type":"noExpiration","duration":"P10675199DT2H48M5.4775807S","endDateTime":null}}""", "noExpiration", "null", "null")]
    [InlineData("""{"expiration":{"endDateTime":"2027-01-31T00:00:00Z"}}""", "afterDateTime", "\"2027-01-31T00:00:00.0000000Z\"", "null")]
    [InlineData("""{"durationInDays":0}""", null, null, null)]
    [InlineData("""{"expiration":{"type":null,"duration":null,"endDateTime":null}}""", null, null, null)]
    public void Ends_of_policies_have_one_form(string json, string? type, string? end, string? duration)
    {
        var read = Entitlement.Read("{\"id\":\"y\",\"allowedTargetScope\":\"notSpecified\"," + json[1..]);
        Assert.Equal(type == null ? null : $"\"{type}\"", read.Fact(FactNames.ExpirationType));
        Assert.Equal(end, read.Fact(FactNames.ExpirationEnd));
        Assert.Equal(duration, read.Fact(FactNames.ExpirationDuration));
    }

    [Theory]
    [InlineData("null", "false")]
    [InlineData("""{"requestAccessForAllowedTargets":true,"removeAccessWhenTargetLeavesAllowedTargets":true}""", "true")]
    [InlineData("""{"requestAccessForAllowedTargets":null}""", "false")]
    [InlineData("\"Microsoft.Graph.PowerShell.Models.MicrosoftGraphAccessPackageAutomaticRequestSettings\"", null)]
    public void A_policy_without_a_rule_says_so(string settings, string? automatic) =>
        Assert.Equal(automatic, Entitlement.Read("{\"id\":\"y\",\"allowedTargetScope\":\"notSpecified\",\"automaticRequestSettings\":"
            + settings + "}").Fact(FactNames.IsAutomatic));
}
