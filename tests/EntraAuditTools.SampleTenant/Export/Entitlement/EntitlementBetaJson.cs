using System.Text.Json;
using static EntraAuditTools.SampleTenant.EntitlementJson;

namespace EntraAuditTools.SampleTenant;

/// <summary>
/// Objects of entitlement management as Graph beta writes them: other names, foreign keys, states with capitals (names: the beta
/// reference). targetId is the id of the subject, as in the reference's examples of accessPackageAssignment and accessPackageSubject:
/// not the user's.
/// </summary>
internal sealed class EntitlementBetaJson(EntitlementManagement entitlement, long at)
{
    private readonly string by = entitlement.Tenant.Administrators[0].UserPrincipalName;

    public void Catalog(Utf8JsonWriter json, AccessCatalog catalog)
    {
        json.WriteStartObject();
        json.WriteString("id", catalog.Id);
        json.WriteString("displayName", catalog.DisplayName);
        json.WriteString("description", Description(catalog));
        json.WriteString("catalogType", Capital(catalog.CatalogType));
        json.WriteString("catalogStatus", catalog.Published ? "Published" : "Unpublished");
        json.WriteBoolean("isExternallyVisible", catalog.ExternallyVisible);
        Stamps(json, catalog.Created.Ticks, catalog.Created.Ticks);
        json.WriteEndObject();
    }

    public void Package(Utf8JsonWriter json, AccessPackageModel package, Action? more = null)
    {
        json.WriteStartObject();
        json.WriteString("id", package.Id);
        json.WriteString("catalogId", package.Catalog.Id);
        json.WriteString("displayName", package.DisplayName);
        json.WriteString("description", package.Description);
        json.WriteBoolean("isHidden", package.Hidden);
        json.WriteBoolean("isRoleScopesVisible", false);
        Stamps(json, package.Created.Ticks, package.Created.Ticks);
        more?.Invoke();
        json.WriteEndObject();
    }

    public void RoleScopes(Utf8JsonWriter json, AccessPackageModel package)
    {
        json.WriteStartArray("accessPackageResourceRoleScopes");
        foreach (var resource in package.ResourcesAt(at))
            RoleScope(json, package, resource);
        json.WriteEndArray();
    }

    public void RoleScope(Utf8JsonWriter json, AccessPackageModel package, PackageResource resource)
    {
        json.WriteStartObject();
        json.WriteString("id", resource.RoleScopeId);
        Stamps(json, resource.Added ?? package.Created.Ticks, resource.Added ?? package.Created.Ticks);
        RoleAndScope(json, resource, package.Created.Ticks);
        json.WriteEndObject();
    }

    public static void Resource(Utf8JsonWriter json, IReadOnlyList<PackageResource> roles, long created)
    {
        json.WriteStartObject();
        ResourceProperties(json, roles[0], created);
        json.WriteStartArray("accessPackageResourceRoles");
        foreach (var role in roles)
        {
            json.WriteStartObject();
            Role(json, role);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("accessPackageResourceScopes");
        json.WriteStartObject();
        Scope(json, roles[0]);
        ScopeMore(json, roles[0]);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public void Policy(Utf8JsonWriter json, PackagePolicy policy, AccessPackageModel package)
    {
        json.WriteStartObject();
        json.WriteString("id", policy.Id);
        json.WriteString("accessPackageId", package.Id);
        json.WriteString("displayName", policy.DisplayName);
        json.WriteString("description", policy.DisplayName);
        json.WriteBoolean("canExtend", policy.AcceptsRequests);
        json.WriteNumber("durationInDays", policy.Expiration.Type == "afterDuration" ? policy.Expiration.Days : 0);
        json.WriteString("expirationDateTime", policy.Expiration.End is { } end ? Time(end) : null);
        Stamps(json, policy.Added ?? package.Created.Ticks, policy.Changed ?? policy.Added ?? package.Created.Ticks);
        json.WriteNull("accessReviewSettings");
        json.WriteStartArray("questions");
        if (policy.Question is not null)
            Question(json, policy, beta: true);
        json.WriteEndArray();
        json.WriteStartObject("requestorSettings");
        // The beta has no name for rules: nobody requests by such a policy.
        json.WriteString("scopeType", policy.Automatic ? "NoSubjects" : policy.BetaScope);
        json.WriteBoolean("acceptRequests", policy.AcceptsRequests);
        UserSets(json, "allowedRequestors", (policy.Automatic ? [] : policy.Targets).Select(target => (target, false)));
        json.WriteEndObject();
        json.WriteStartObject("requestApprovalSettings");
        json.WriteBoolean("isApprovalRequired", policy.ApprovalRequired);
        json.WriteBoolean("isApprovalRequiredForExtension", false);
        json.WriteBoolean("isRequestorJustificationRequired", policy.ApprovalRequired);
        json.WriteString("approvalMode", policy.Stages.Count switch { 0 => "NoApproval", 1 => "SingleStage", _ => "Serial" });
        json.WriteStartArray("approvalStages");
        foreach (var stage in policy.Stages)
        {
            json.WriteStartObject();
            json.WriteNumber("approvalStageTimeOutInDays", stage.Days);
            json.WriteBoolean("isApproverJustificationRequired", true);
            json.WriteBoolean("isEscalationEnabled", stage.Escalation.Count > 0);
            json.WriteNumber("escalationTimeInMinutes", stage.Escalation.Count > 0 ? stage.Days * 720 : 0);
            UserSets(json, "primaryApprovers", stage.Approvers.Select(target => (target, false))
                .Concat(stage.Fallback.Select(target => (target, true))));
            UserSets(json, "escalationApprovers", stage.Escalation.Select(target => (target, false)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public void Assignment(Utf8JsonWriter json, PackageAssignment assignment, bool expanded)
    {
        var then = assignment.At(at);
        json.WriteStartObject();
        AssignmentProperties(json, assignment, then);
        if (expanded)
        {
            json.WritePropertyName("target");
            Subject(json, assignment.Subject);
            json.WritePropertyName("accessPackage");
            Package(json, assignment.Package);
            json.WritePropertyName("accessPackageAssignmentPolicy");
            Policy(json, then.Policy, assignment.Package);
        }

        json.WriteEndObject();
    }

    public void Request(Utf8JsonWriter json, PackageRequest request, PackageAssignment? assignment, bool expanded)
    {
        var step = request.At(at)!;
        json.WriteStartObject();
        json.WriteString("id", request.Id);
        json.WriteString("requestType", request.Type == "userUpdate" ? "UserExtend" : Capital(request.Type));
        json.WriteString("requestState", Capital(step.State));
        json.WriteString("requestStatus", step.Status);
        json.WriteBoolean("isValidationOnly", false);
        json.WriteString("createdDateTime", Time(request.Created));
        json.WriteString("completedDate", step.Closed ? Time(step.At) : null);
        json.WriteNull("expirationDateTime");
        json.WriteString("justification", request.Justification);
        json.WriteStartArray("answers");
        if (request.Answer is not null)
        {
            json.WriteStartObject();
            json.WriteString("@odata.type", "#microsoft.graph.accessPackageAnswerString");
            json.WriteString("displayValue", request.Answer);
            json.WriteString("value", request.Answer);
            json.WritePropertyName("answeredQuestion");
            Question(json, request.Policy, beta: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("schedule");
        Schedule(json, request.ScheduledStart, request.ScheduledEnd);
        Empty(json, "verifiedCredentialsData");
        Empty(json, "customExtensionCalloutInstances");
        if (expanded)
        {
            json.WritePropertyName("requestor");
            Subject(json, request.Requestor ?? request.Subject);
            json.WritePropertyName("accessPackage");
            Package(json, request.Package);
            if (assignment is null)
            {
                json.WriteNull("accessPackageAssignment");
            }
            else
            {
                json.WriteStartObject("accessPackageAssignment");
                AssignmentProperties(json, assignment, assignment.At(at));
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    /// <summary>accessPackageAssignmentResourceRole: a role that a subject was given, with every assignment that gives it.</summary>
    public void ResourceAssignment(Utf8JsonWriter json, ExpectedResource role, IReadOnlyList<PackageAssignment> assignments)
    {
        json.WriteStartObject();
        json.WriteString("id", SampleRandom.Of(role.Subject.Id + "/" + role.Resource.OriginId + "/" + role.Resource.RoleOriginId).NewId());
        json.WriteString("originId", role.Resource.RoleOriginId);
        json.WriteString("originSystem", role.Resource.OriginSystem);
        json.WriteString("status", "Fulfilled");
        json.WriteStartArray("accessPackageAssignments");
        foreach (var assignment in assignments)
        {
            json.WriteStartObject();
            AssignmentProperties(json, assignment, assignment.At(at));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        RoleAndScope(json, role.Resource, null);
        json.WritePropertyName("accessPackageSubject");
        Subject(json, role.Subject);
        json.WriteEndObject();
    }

    public void Organization(Utf8JsonWriter json, ConnectedOrganizationModel organization, bool sponsors) =>
        EntitlementJson.Organization(json, organization, at, by, sponsors);

    private static void AssignmentProperties(Utf8JsonWriter json, PackageAssignment assignment, ExpectedAssignment then)
    {
        json.WriteString("id", assignment.Id);
        json.WriteString("catalogId", assignment.Package.Catalog.Id);
        json.WriteString("accessPackageId", assignment.Package.Id);
        json.WriteString("assignmentPolicyId", then.Policy.Id);
        json.WriteString("targetId", assignment.Subject.Id);
        json.WriteString("assignmentStatus", then.Status);
        json.WriteString("assignmentState", Capital(then.State));
        json.WriteBoolean("isExtended", then.Extended);
        json.WriteString("expiredDateTime", then.Ended is { } ended ? Time(ended) : null);
        Empty(json, "customExtensionCalloutInstances");
        json.WritePropertyName("schedule");
        Schedule(json, assignment, then);
    }

    private void Subject(Utf8JsonWriter json, EntitlementSubject subject)
    {
        json.WriteStartObject();
        json.WriteString("id", subject.Id);
        json.WriteString("objectId", subject.ObjectId);
        json.WriteNull("altSecId");
        json.WriteString("displayName", subject.DisplayName);
        json.WriteString("principalName", subject.PrincipalName);
        json.WriteString("email", subject.Email);
        json.WriteNull("onPremisesSecurityIdentifier");
        json.WriteString("type", subject.IsServicePrincipal ? "ServicePrincipal" : "User");
        json.WriteString("connectedOrganizationId",
            entitlement.ConnectedOrganizations.FirstOrDefault(organization =>
                organization.Home.Id == subject.Organization?.Id && organization.ExistsAt(at))?.Id);
        json.WriteNull("cleanupScheduledDateTime");
        json.WriteEndObject();
    }

    private static void RoleAndScope(Utf8JsonWriter json, PackageResource resource, long? created)
    {
        json.WriteStartObject("accessPackageResourceRole");
        Role(json, resource);
        if (created is { } since)
        {
            json.WriteStartObject("accessPackageResource");
            ResourceProperties(json, resource, since);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("accessPackageResourceScope");
        Scope(json, resource);
        ScopeMore(json, resource);
        json.WriteEndObject();
    }

    private static void ScopeMore(Utf8JsonWriter json, PackageResource resource)
    {
        json.WriteNull("roleOriginId");
        json.WriteString("url", resource.Site?.Url);
    }

    private static void ResourceProperties(Utf8JsonWriter json, PackageResource resource, long created)
    {
        json.WriteString("id", resource.ResourceId);
        json.WriteString("displayName", resource.DisplayName);
        json.WriteString("description", ResourceDescription(resource));
        json.WriteString("url", resource.Site?.Url);
        json.WriteString("resourceType", resource.Group is not null ? "Security Group" : resource.Application is not null ? "Application"
            : "SharePoint Online Site");
        json.WriteString("originId", resource.OriginId);
        json.WriteString("originSystem", resource.OriginSystem);
        json.WriteBoolean("isPendingOnboarding", false);
        json.WriteNull("addedBy");
        json.WriteString("addedOn", Time(created));
        Empty(json, "attributes");
    }

    private static void UserSets(Utf8JsonWriter json, string name, IEnumerable<(PolicyTarget Target, bool Backup)> targets)
    {
        json.WriteStartArray(name);
        foreach (var (target, backup) in targets)
        {
            json.WriteStartObject();
            json.WriteString("@odata.type", "#microsoft.graph." + TypeName(target.Kind));
            json.WriteBoolean("isBackup", backup);
            if (target.Id.Length > 0)
            {
                json.WriteString("id", target.Id);
                json.WriteString("description", target.Description);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Stamps(Utf8JsonWriter json, long created, long modified)
    {
        json.WriteString("createdBy", by);
        json.WriteString("createdDateTime", Time(created));
        json.WriteString("modifiedBy", by);
        json.WriteString("modifiedDateTime", Time(modified));
    }

    private static string Capital(string word) => ProvisioningJson.Capital(word);
}
