using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Common;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Tests.Formats.Entitlement;

/// <summary>Records without their relations, as lists without $expand have them, and the addresses of pages.</summary>
public sealed class RecognitionTests
{
    [Theory]
    // v1.0 lists without $expand have no foreign keys (FORMATS §1.3).
    [InlineData("""{"id":"1","state":"delivered","status":"Delivered","expiredDateTime":null,"schedule":null}""", "access package assignment")]
    [InlineData("""{"id":"1","state":"delivered","status":"Delivered","schedule":{}}""", "access package assignment")]
    // Selected properties of a page whose context stands behind its records: a hashtable (Invoke-MgGraphRequest) through ConvertTo-Json.
    [InlineData("""{"id":"1","state":"delivered","target":{"objectId":"u"},"accessPackage":{"id":"p"}}""", "access package assignment")]
    [InlineData("""{"id":"1","state":"delivered","target":{"objectId":"u"},"assignmentPolicy":{"id":"y"}}""", "access package assignment")]
    [InlineData("""{"Id":"1","State":"delivered","Status":"Delivered","ExpiredDateTime":null,"Schedule":null,"AccessPackage":{},"Target":{},"AssignmentPolicy":{},"CustomExtensionCalloutInstances":null,"AdditionalProperties":{}}""", "access package assignment")]
    [InlineData("""{"id":"1","catalogId":"c","accessPackageId":"p","assignmentPolicyId":"y","targetId":"s","assignmentStatus":"Delivered","assignmentState":"Delivered","isExtended":false}""", "access package assignment")]
    [InlineData("""{"id":"1","requestType":"adminAdd","state":"delivered","status":"Fulfilled","createdDateTime":"2026-01-01T00:00:00Z","completedDateTime":null,"schedule":null,"answers":[]}""", "access package assignment request")]
    [InlineData("""{"id":"1","requestType":"AdminAdd","requestState":"Delivered","requestStatus":"Fulfilled","completedDate":null}""",
        "access package assignment request")]
    [InlineData("""{"id":"1","displayName":"x","allowedTargetScope":"notSpecified","expiration":{},"requestorSettings":{}}""",
        "access package assignment policy")]
    [InlineData("""{"id":"1","accessPackageId":"p","displayName":"x","canExtend":false,"durationInDays":365,"accessReviewSettings":null}""",
        "access package assignment policy")]
    [InlineData("""{"id":"1","displayName":"x","catalogType":"userManaged","state":"published","isExternallyVisible":true}""", "access package catalog")]
    [InlineData("""{"id":"1","displayName":"x","description":null,"isHidden":false}""", "access package")]
    [InlineData("""{"id":"1","displayName":"x","catalogId":"c"}""", "access package")]
    [InlineData("""{"id":"1","displayName":"x","originId":"o","originSystem":"AadGroup","createdDateTime":"2026-01-01T00:00:00Z","attributes":[]}""", "access package resource")]
    [InlineData("""{"id":"1","originId":"o","originSystem":"AadGroup","status":"Fulfilled"}""", "access package resource assignment")]
    [InlineData("""{"id":"1","createdDateTime":"2026-01-01T00:00:00Z","role":{"id":"r"},"scope":{"id":"s"}}""", "access package resource role scope")]
    [InlineData("""{"id":"1","displayName":"x","state":"configured","identitySources":[]}""", "connected organization")]
    [InlineData("""{"id":"1","stages":[]}""", "access package approval")]
    [InlineData("""{"id":"1","steps":[{"id":"1","reviewResult":"NotReviewed"}]}""", "access package approval")]
    [InlineData("""{"id":"1","displayName":"x","userPrincipalName":"x@y","userType":"Guest"}""", "user")]
    [InlineData("""{"id":"1","objectId":"2","displayName":"x","principalName":"x@y","email":"x@y","subjectType":"user"}""", "user")]
    [InlineData("""{"@odata.type":"#microsoft.graph.user","id":"1"}""", "user")]
    [InlineData("""{"Id":"1","DeletedDateTime":null,"AdditionalProperties":{"@odata.type":"#microsoft.graph.servicePrincipal","displayName":"x"}}""", "service principal")]
    [InlineData("""{"id":"1","displayName":"x","groupTypes":[],"securityEnabled":true}""", "group")]
    [InlineData("""{"id":"1","appId":"2","displayName":"x","appRoles":[],"servicePrincipalType":"Application"}""", "service principal")]
    [InlineData("""{"id":"1","appId":"2","displayName":"x","appRoles":[],"identifierUris":[],"publisherDomain":"contoso.example"}""", "application")]
    [InlineData("""{"id":"1","appRoleId":"2","principalId":"3","principalType":"User","resourceId":"4"}""", "app role assignment")]
    public void Kinds_are_recognised_by_their_properties(string json, string label)
    {
        var found = Entitlement.Recognize(json);
        Assert.Equal((RecordKind.Entitlement, RecordShape.GraphEntitlement, label), (found.Kind, found.Shape, found.Label));
        Assert.Equal(label, EntityKinds.Label(found.Entity));
    }

    [Theory]
    [InlineData("""{"id":"1","service":"Core Directory","category":"UserManagement","activity":"Add user"}""", "audit activity type")]
    [InlineData("""{"id":"1","createdDateTime":"2026-01-01T00:00:00Z","appDisplayName":"x","appId":"2","userDisplayName":"Ada","userPrincipalName":"ada@y","conditionalAccessStatus":"success"}""", "sign-in")]
    [InlineData("""{"id":"1","requestType":"adminAdd","state":"delivered","createdDateTime":"2026-01-01T00:00:00Z"}""", "access package resource request")]
    [InlineData("""{"id":"1","requestType":"AdminAdd","requestState":"Delivered","requestStatus":"Fulfilled","catalogId":"c","executeImmediately":false}""", "access package resource request")]
    [InlineData("""{"id":"1","displayName":"Root","originId":"o","originSystem":"AadGroup","isRootScope":true}""", "access package resource scope")]
    [InlineData("""{"id":"1","displayName":"Member","description":null,"originId":"Member_o","originSystem":"AadGroup"}""", "access package resource role")]
    [InlineData("""{"id":"1","userDisplayName":"Ada","userPrincipalName":"ada@y","riskLevel":"high"}""", "risky user")]
    [InlineData("""{"id":"1","userDisplayName":"Ada","userPrincipalName":"ada@y","isMfaRegistered":true}""", "registration report row")]
    public void What_is_not_taken_in_is_named(string json, string label)
    {
        var found = Entitlement.Recognize(json);
        Assert.Equal((RecordKind.NotSupported, label), (found.Kind, found.Label));
    }

    [Theory]
    [InlineData("""{"id":"1","displayName":"Inbox","parentFolderId":"2","isHidden":false,"description":null}""")]
    [InlineData("""{"id":"1","displayName":"Review","stages":[{"id":"2"}],"startDateTime":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"id":"1","stages":[{"name":"build"}]}""")]
    [InlineData("""{"id":"1","displayName":"x"}""")]
    public void Other_objects_stay_unknown(string json) => Assert.Equal(RecordKind.Unknown, Entitlement.Recognize(json).Kind);

    [Fact]
    public void A_name_that_is_no_text_is_said() =>
        Assert.Contains("surrogate", Assert.Throws<RecordException>(() => Entitlement.Recognize("""{"\ud800":1,"\udfff":{}}""")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(Entitlement.V1 + "assignments", nameof(EntityKind.Assignment))]
    [InlineData(Entitlement.V1 + "assignments(accessPackage(),assignmentPolicy(),target(connectedOrganization()))", nameof(EntityKind.Assignment))]
    [InlineData(Entitlement.V1 + "assignments/$entity", nameof(EntityKind.Assignment))]
    [InlineData(Entitlement.Beta + "accessPackageAssignments", nameof(EntityKind.Assignment))]
    [InlineData(Entitlement.V1 + "assignmentRequests(requestor())", nameof(EntityKind.Request))]
    [InlineData(Entitlement.Beta + "accessPackageAssignmentRequests/$entity", nameof(EntityKind.Request))]
    [InlineData(Entitlement.V1 + "catalogs", nameof(EntityKind.Catalog))]
    [InlineData(Entitlement.Beta + "accessPackageCatalogs", nameof(EntityKind.Catalog))]
    [InlineData(Entitlement.V1 + "accessPackages(id,displayName,assignmentPolicies())", nameof(EntityKind.AccessPackage))]
    [InlineData(Entitlement.V1 + "catalogs('c')/accessPackages", nameof(EntityKind.AccessPackage))]
    [InlineData(Entitlement.V1 + "accessPackages('p')/incompatibleAccessPackages", nameof(EntityKind.AccessPackage))]
    [InlineData(Entitlement.V1 + "accessPackages('p')/incompatibleGroups", nameof(EntityKind.Group))]
    [InlineData(Entitlement.V1 + "assignmentPolicies", nameof(EntityKind.Policy))]
    [InlineData(Entitlement.V1 + "catalogs('c')/resources(scopes(),roles())", nameof(EntityKind.Resource))]
    [InlineData(Entitlement.Beta + "accessPackageCatalogs('c')/accessPackageResources", nameof(EntityKind.Resource))]
    [InlineData(Entitlement.V1 + "accessPackages('p')/resourceRoleScopes(role(),scope())", nameof(EntityKind.ResourceRoleScope))]
    [InlineData(Entitlement.Beta + "accessPackageAssignmentResourceRoles", nameof(EntityKind.ResourceAssignment))]
    [InlineData(Entitlement.V1 + "connectedOrganizations", nameof(EntityKind.ConnectedOrganization))]
    [InlineData(Entitlement.V1 + "connectedOrganizations('o')/externalSponsors", nameof(EntityKind.User))]
    [InlineData(Entitlement.V1 + "accessPackageAssignmentApprovals/$entity", nameof(EntityKind.Approval))]
    [InlineData("https://graph.microsoft.com/v1.0/$metadata#Collection(microsoft.graph.accessPackageAssignment)", nameof(EntityKind.Assignment))]
    [InlineData("https://graph.microsoft.com/v1.0/$metadata#users(id,displayName,userType)", nameof(EntityKind.User))]
    [InlineData("https://graph.microsoft.com/v1.0/$metadata#groups('g')/members", nameof(EntityKind.User))]
    [InlineData("https://graph.microsoft.com/v1.0/$metadata#groups(members())", nameof(EntityKind.Group))]
    [InlineData("https://graph.microsoft.com/v1.0/$metadata#directoryObjects", nameof(EntityKind.User))]
    [InlineData("https://graph.microsoft.com/v1.0/$metadata#servicePrincipals", nameof(EntityKind.ServicePrincipal))]
    [InlineData("https://graph.microsoft.com/v1.0/$metadata#applications", nameof(EntityKind.Application))]
    [InlineData("https://graph.microsoft.com/v1.0/$metadata#appRoleAssignments", nameof(EntityKind.AppRoleAssignment))]
    [InlineData("https://graph.microsoft.com/v1.0/$metadata#servicePrincipals('s')/appRoleAssignedTo", nameof(EntityKind.AppRoleAssignment))]
    public void An_address_decides_where_properties_do_not(string context, string kind)
    {
        Assert.Equal(kind, Entitlement.Recognize("""{"id":"1"}""", context).Entity.ToString());
        // A record's own address counts more than its page's.
        Assert.Equal(kind, Entitlement.Recognize($$"""{"@odata.context":"{{context}}","id":"1"}""", Entitlement.V1 + "resourceRequests").Entity.ToString());
    }

    [Theory]
    [InlineData(Entitlement.V1 + "catalogs('c')/resourceRoles(resource())", "access package resource role")]
    [InlineData(Entitlement.V1 + "resourceRequests", "access package resource request")]
    public void An_address_names_what_is_not_taken_in(string context, string label) =>
        Assert.Equal((RecordKind.NotSupported, label),
            Entitlement.Recognize("""{"id":"1","originId":"o","originSystem":"AadGroup","displayName":"x"}""", context) is var found
            ? (found.Kind, found.Label) : default);

    [Fact]
    public void Addresses_elsewhere_mean_other_things()
    {
        Assert.Equal(RecordKind.Unknown,
            Entitlement.Recognize("""{"id":"1"}""", "https://graph.microsoft.com/v1.0/$metadata#deviceManagement/deviceConfigurations('x')/assignments").Kind);
        Assert.Equal(RecordKind.Unknown, Entitlement.Recognize("""{"id":"1"}""", "https://graph.microsoft.com/v1.0/$metadata#sites('x')/resources").Kind);
    }

    [Fact]
    public void Neither_an_error_nor_an_audit_record_becomes_what_the_page_before_was_about()
    {
        Assert.Equal(RecordKind.GraphError, Entitlement.Recognize("""{"error":{"code":"x","message":"y"}}""", Entitlement.V1 + "assignments").Kind);
        Assert.Equal(RecordKind.Log,
            Entitlement.Recognize("""{"id":"1","activityDateTime":"2026-01-01T00:00:00Z","activityDisplayName":"Add user"}""",
                Entitlement.V1 + "assignments").Kind);
    }

    [Fact]
    public void Members_of_other_kinds_are_named_and_told_apart()
    {
        const string Members = "https://graph.microsoft.com/v1.0/$metadata#directoryObjects";
        Assert.Equal((RecordKind.NotSupported, "device"),
            Entitlement.Recognize("""{"@odata.type":"#microsoft.graph.device","id":"1"}""", Members) is var found ? (found.Kind, found.Label) : default);
        Assert.Equal(EntityKind.Group, Entitlement.Recognize("""{"@odata.type":"#microsoft.graph.group","id":"1"}""", Members).Entity);
        Assert.Equal(EntityKind.ServicePrincipal, Entitlement.Recognize("""{"id":"1","appId":"2"}""", Members).Entity);
        Assert.Equal(EntityKind.User, Entitlement.Recognize("""{"id":"1"}""", isMember: true).Entity);
        Assert.Equal(RecordKind.Unknown, Entitlement.Recognize("""{"id":"1"}""").Kind);
    }
}
