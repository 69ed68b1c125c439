using System.Globalization;
using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>
/// Objects of entitlement management as Graph v1.0 writes them (names: accessPackage, accessPackageAssignment and so on in the
/// v1.0 reference). Every writer begins and ends its object.
/// </summary>
internal static class EntitlementJson
{
    public static void Catalog(Utf8JsonWriter json, AccessCatalog catalog)
    {
        json.WriteStartObject();
        json.WriteString("id", catalog.Id);
        json.WriteString("displayName", catalog.DisplayName);
        json.WriteString("description", Description(catalog));
        json.WriteString("catalogType", catalog.CatalogType);
        json.WriteString("state", catalog.Published ? "published" : "unpublished");
        json.WriteBoolean("isExternallyVisible", catalog.ExternallyVisible);
        json.WriteString("createdDateTime", Time(catalog.Created.Ticks));
        json.WriteString("modifiedDateTime", Time(catalog.Created.Ticks));
        json.WriteEndObject();
    }

    public static string Description(AccessCatalog catalog) =>
        catalog.CatalogType == "serviceDefault" ? "Built-in catalog." : catalog.DisplayName;

    /// <param name="json">Where to.</param>
    /// <param name="package">The package.</param>
    /// <param name="more">Properties that were expanded; null for none.</param>
    public static void Package(Utf8JsonWriter json, AccessPackageModel package, Action? more = null)
    {
        json.WriteStartObject();
        json.WriteString("id", package.Id);
        json.WriteString("displayName", package.DisplayName);
        json.WriteString("description", package.Description);
        json.WriteBoolean("isHidden", package.Hidden);
        json.WriteString("createdDateTime", Time(package.Created.Ticks));
        json.WriteString("modifiedDateTime", Time(package.Created.Ticks));
        more?.Invoke();
        json.WriteEndObject();
    }

    /// <summary>resourceRoleScopes with role, its resource, and scope.</summary>
    public static void RoleScopes(Utf8JsonWriter json, string name, AccessPackageModel package, long at)
    {
        json.WriteStartArray(name);
        foreach (var resource in package.ResourcesAt(at))
        {
            json.WriteStartObject();
            json.WriteString("id", resource.RoleScopeId);
            json.WriteString("createdDateTime", Time(resource.Added ?? package.Created.Ticks));
            json.WriteStartObject("role");
            Role(json, resource);
            json.WriteStartObject("resource");
            Resource(json, resource, package.Created.Ticks);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("scope");
            Scope(json, resource);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Properties only.</summary>
    public static void Role(Utf8JsonWriter json, PackageResource resource)
    {
        json.WriteString("id", resource.RoleId);
        json.WriteString("displayName", resource.RoleName);
        json.WriteString("description", resource.Application is null ? null : resource.RoleName);
        json.WriteString("originSystem", resource.OriginSystem);
        json.WriteString("originId", resource.RoleOriginId);
    }

    /// <summary>Properties only.</summary>
    public static void Scope(Utf8JsonWriter json, PackageResource resource)
    {
        json.WriteString("id", resource.ScopeId);
        json.WriteString("displayName", "Root");
        json.WriteString("description", "Root Scope");
        json.WriteString("originId", resource.OriginId);
        json.WriteString("originSystem", resource.OriginSystem);
        json.WriteBoolean("isRootScope", true);
    }

    /// <summary>Properties only.</summary>
    public static void Resource(Utf8JsonWriter json, PackageResource resource, long created)
    {
        json.WriteString("id", resource.ResourceId);
        json.WriteString("displayName", resource.DisplayName);
        json.WriteString("description", ResourceDescription(resource));
        json.WriteString("originId", resource.OriginId);
        json.WriteString("originSystem", resource.OriginSystem);
        json.WriteString("createdDateTime", Time(created));
        Empty(json, "attributes");
    }

    public static string? ResourceDescription(PackageResource resource) =>
        resource.Application is { } application ? "AppId: " + application.AppId : resource.Site?.Url;

    public static void Policy(Utf8JsonWriter json, PackagePolicy policy, AccessPackageModel package, string? questionsContext = null,
        Action? more = null)
    {
        json.WriteStartObject();
        json.WriteString("id", policy.Id);
        json.WriteString("displayName", policy.DisplayName);
        json.WriteString("description", policy.DisplayName);
        json.WriteString("allowedTargetScope", policy.AllowedTargetScope);
        json.WriteString("createdDateTime", Time(policy.Added ?? package.Created.Ticks));
        json.WriteString("modifiedDateTime", Time(policy.Changed ?? policy.Added ?? package.Created.Ticks));
        if (policy.Automatic)
        {
            json.WriteStartObject("automaticRequestSettings");
            json.WriteBoolean("requestAccessForAllowedTargets", true);
            json.WriteBoolean("removeAccessWhenTargetLeavesAllowedTargets", true);
            json.WriteString("gracePeriodBeforeAccessRemoval", "P7D");
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("automaticRequestSettings");
        }

        json.WriteNull("reviewSettings");
        Targets(json, "specificAllowedTargets", policy.Targets);
        json.WritePropertyName("expiration");
        Expiration(json, policy.Expiration.Type, policy.Expiration.End, policy.Expiration.Type == "afterDuration" ? policy.Expiration.Days
            : null);
        json.WriteStartObject("requestorSettings");
        json.WriteBoolean("enableTargetsToSelfAddAccess", policy.AcceptsRequests);
        json.WriteBoolean("enableTargetsToSelfUpdateAccess", policy.AcceptsRequests);
        json.WriteBoolean("enableTargetsToSelfRemoveAccess", true);
        json.WriteBoolean("allowCustomAssignmentSchedule", true);
        json.WriteBoolean("enableOnBehalfRequestorsToAddAccess", false);
        json.WriteBoolean("enableOnBehalfRequestorsToUpdateAccess", false);
        json.WriteBoolean("enableOnBehalfRequestorsToRemoveAccess", false);
        Empty(json, "onBehalfRequestors");
        json.WriteEndObject();
        json.WriteStartObject("requestApprovalSettings");
        json.WriteBoolean("isApprovalRequiredForAdd", policy.ApprovalRequired);
        json.WriteBoolean("isApprovalRequiredForUpdate", false);
        json.WriteStartArray("stages");
        foreach (var stage in policy.Stages)
            Stage(json, stage);
        json.WriteEndArray();
        json.WriteEndObject();
        if (questionsContext is not null)
            json.WriteString("questions@odata.context", questionsContext);
        json.WriteStartArray("questions");
        if (policy.Question is not null)
            Question(json, policy);
        json.WriteEndArray();
        more?.Invoke();
        json.WriteEndObject();
    }

    /// <param name="json">Where to.</param>
    /// <param name="policy">The policy that asks.</param>
    /// <param name="beta">The beta's text is an object.</param>
    public static void Question(Utf8JsonWriter json, PackagePolicy policy, bool beta = false)
    {
        json.WriteStartObject();
        json.WriteString("@odata.type", "#microsoft.graph.accessPackageTextInputQuestion");
        json.WriteString("id", policy.QuestionId);
        json.WriteBoolean("isRequired", true);
        if (!beta)
            json.WriteBoolean("isAnswerEditable", true);
        json.WriteNumber("sequence", 0);
        if (beta)
        {
            json.WriteStartObject("text");
            json.WriteString("defaultText", policy.Question);
            Empty(json, "localizedTexts");
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("text", policy.Question);
            Empty(json, "localizations");
            json.WriteNull("regexPattern");
        }

        json.WriteBoolean("isSingleLineQuestion", true);
        json.WriteEndObject();
    }

    private static void Stage(Utf8JsonWriter json, ApprovalStageModel stage)
    {
        json.WriteStartObject();
        json.WriteString("durationBeforeAutomaticDenial", Days(stage.Days));
        json.WriteBoolean("isApproverJustificationRequired", true);
        json.WriteBoolean("isEscalationEnabled", stage.Escalation.Count > 0);
        json.WriteString("durationBeforeEscalation", stage.Escalation.Count > 0 ? Days(stage.Days / 2) : "PT0S");
        Targets(json, "primaryApprovers", stage.Approvers);
        Targets(json, "fallbackPrimaryApprovers", stage.Fallback);
        Targets(json, "escalationApprovers", stage.Escalation);
        Empty(json, "fallbackEscalationApprovers");
        json.WriteEndObject();
    }

    private static void Targets(Utf8JsonWriter json, string name, IReadOnlyList<PolicyTarget> targets)
    {
        json.WriteStartArray(name);
        foreach (var target in targets)
        {
            json.WriteStartObject();
            json.WriteString("@odata.type", "#microsoft.graph." + TypeName(target.Kind));
            switch (target.Kind)
            {
                case PolicyTargetKind.SingleUser:
                    json.WriteString("userId", target.Id);
                    json.WriteString("description", target.Description);
                    break;
                case PolicyTargetKind.GroupMembers:
                    json.WriteString("groupId", target.Id);
                    json.WriteString("description", target.Description);
                    break;
                case PolicyTargetKind.ConnectedOrganizationMembers:
                    json.WriteString("connectedOrganizationId", target.Id);
                    json.WriteString("description", target.Description);
                    break;
                case PolicyTargetKind.SingleServicePrincipal:
                    json.WriteString("servicePrincipalId", target.Id);
                    json.WriteString("description", target.Description);
                    break;
                case PolicyTargetKind.AttributeRuleMembers:
                    json.WriteString("description", target.Description);
                    json.WriteString("membershipRule", target.Id);
                    break;
                case PolicyTargetKind.RequestorManager:
                    json.WriteNumber("managerLevel", 1);
                    break;
                default:
                    break;
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static string TypeName(PolicyTargetKind kind)
    {
        string name = kind.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>An assignment without what would be expanded.</summary>
    public static void Assignment(Utf8JsonWriter json, PackageAssignment assignment, ExpectedAssignment then, Action? more = null)
    {
        json.WriteStartObject();
        json.WriteString("id", assignment.Id);
        json.WriteString("state", then.State);
        json.WriteString("status", then.Status);
        json.WriteString("expiredDateTime", then.Ended is { } ended ? Time(ended) : null);
        json.WritePropertyName("schedule");
        Schedule(json, assignment, then);
        Empty(json, "customExtensionCalloutInstances");
        more?.Invoke();
        json.WriteEndObject();
    }

    public static void Schedule(Utf8JsonWriter json, PackageAssignment assignment, ExpectedAssignment then)
    {
        int? days = assignment.EndAsDuration && !then.Extended ? (int)((then.End!.Value - then.Start) / TimeSpan.TicksPerDay) : null;
        Schedule(json, then.Start, then.End, days, then.Policy.Expiration.Type == "notSpecified");
    }

    public static void Schedule(Utf8JsonWriter json, long start, long? end, int? days = null, bool notSpecified = false)
    {
        json.WriteStartObject();
        json.WriteString("startDateTime", Time(start));
        json.WriteNull("recurrence");
        json.WritePropertyName("expiration");
        Expiration(json, days is not null ? "afterDuration" : end is not null ? "afterDateTime" : notSpecified ? "notSpecified"
            : "noExpiration", days is null ? end : null, days);
        json.WriteEndObject();
    }

    private static void Expiration(Utf8JsonWriter json, string type, long? end, int? days)
    {
        json.WriteStartObject();
        json.WriteString("endDateTime", end is null ? null : Time(end.Value));
        json.WriteString("duration", days is null ? null : Days(days.Value));
        json.WriteString("type", type);
        json.WriteEndObject();
    }

    /// <param name="json">Where to.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="organization">The organization that the subject is linked to; null for none.</param>
    /// <param name="expanded">Whether the organization was asked for.</param>
    public static void Subject(Utf8JsonWriter json, EntitlementSubject subject, ConnectedOrganizationModel? organization, bool expanded)
    {
        json.WriteStartObject();
        json.WriteString("id", subject.Id);
        json.WriteString("objectId", subject.ObjectId);
        json.WriteString("displayName", subject.DisplayName);
        json.WriteString("principalName", subject.PrincipalName);
        json.WriteString("email", subject.Email);
        json.WriteNull("onPremisesSecurityIdentifier");
        json.WriteString("subjectType", subject.IsServicePrincipal ? "servicePrincipal" : "user");
        json.WriteString("subjectLifecycle", subject.Organization is null ? "notDefined" : "governed");
        if (expanded)
        {
            if (organization is null)
            {
                json.WriteNull("connectedOrganization");
            }
            else
            {
                json.WriteStartObject("connectedOrganization");
                json.WriteString("id", organization.Id);
                json.WriteString("displayName", organization.DisplayName);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    /// <summary>A request without what would be expanded.</summary>
    public static void Request(Utf8JsonWriter json, PackageRequest request, long at, Action? more = null)
    {
        var step = request.At(at)!;
        json.WriteStartObject();
        json.WriteString("id", request.Id);
        json.WriteString("requestType", request.Type);
        json.WriteString("state", step.State);
        json.WriteString("status", step.Status);
        json.WriteString("createdDateTime", Time(request.Created));
        json.WriteString("completedDateTime", step.Closed ? Time(step.At) : null);
        json.WriteString("justification", request.Justification);
        json.WritePropertyName("schedule");
        Schedule(json, request.ScheduledStart, request.ScheduledEnd);
        json.WriteStartArray("answers");
        if (request.Answer is not null)
        {
            json.WriteStartObject();
            json.WriteString("@odata.type", "#microsoft.graph.accessPackageAnswerString");
            json.WriteString("displayValue", request.Answer);
            json.WriteString("value", request.Answer);
            json.WritePropertyName("answeredQuestion");
            Question(json, request.Policy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Empty(json, "customExtensionCalloutInstances");
        more?.Invoke();
        json.WriteEndObject();
    }

    /// <summary>The stages of an approval, as they stood: not yet decided ones are in progress.</summary>
    public static void ApprovalStages(Utf8JsonWriter json, PackageRequest request, long at)
    {
        var step = request.At(at);
        foreach (var approval in request.Approvals)
        {
            bool done = approval.At <= at;
            json.WriteStartObject();
            json.WriteString("id", approval.Id);
            json.WriteNull("displayName");
            json.WriteString("reviewedDateTime", done ? Time(approval.At!.Value) : null);
            json.WriteString("reviewResult", done ? approval.Result : "NotReviewed");
            json.WriteString("status", done ? "Completed" : step is { Closed: true } ? "Expired" : "InProgress");
            json.WriteBoolean("assignedToMe", false);
            json.WriteString("justification", done ? approval.Justification ?? "" : "");
            if (done && approval.Approver is { } approver)
            {
                json.WriteStartObject("reviewedBy");
                json.WriteString("id", approver.Id);
                json.WriteString("displayName", approver.DisplayName);
                json.WriteString("userPrincipalName", approver.UserPrincipalName);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("reviewedBy");
            }

            json.WriteEndObject();
        }
    }

    /// <param name="json">Where to.</param>
    /// <param name="organization">The organization.</param>
    /// <param name="at">As it stood then.</param>
    /// <param name="by">Who made and changed it: the beta says so; null for v1.0.</param>
    /// <param name="sponsors">Whether sponsors are expanded.</param>
    public static void Organization(Utf8JsonWriter json, ConnectedOrganizationModel organization, long at, string? by, bool sponsors)
    {
        json.WriteStartObject();
        json.WriteString("id", organization.Id);
        json.WriteString("displayName", organization.DisplayName);
        json.WriteString("description", organization.Description);
        if (by is not null)
        {
            json.WriteString("createdBy", by);
            json.WriteString("modifiedBy", by);
        }

        json.WriteString("createdDateTime", Time(organization.Created));
        json.WriteString("modifiedDateTime", Time(organization.ModifiedAt(at)));
        json.WriteString("state", organization.StateAt(at));
        json.WriteStartArray("identitySources");
        foreach (var source in organization.Sources)
        {
            json.WriteStartObject();
            json.WriteString("@odata.type", "#microsoft.graph." + source.Type);
            json.WriteString("displayName", source.DisplayName);
            switch (source.Type)
            {
                case "azureActiveDirectoryTenant":
                    json.WriteString("tenantId", source.Value);
                    break;
                case "crossCloudAzureActiveDirectoryTenant":
                    json.WriteString("cloudInstance", source.Other);
                    json.WriteString("tenantId", source.Value);
                    break;
                case "externalDomainFederation":
                    json.WriteString("domainName", source.Value);
                    json.WriteString("issuerUri", source.Other);
                    break;
                case "socialIdentitySource":
                    json.WriteString("socialIdentitySourceType", source.Value);
                    break;
                default:
                    json.WriteString("domainName", source.Value);
                    break;
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (sponsors)
        {
            Sponsors(json, "internalSponsors", organization.InternalSponsors);
            Sponsors(json, "externalSponsors", organization.ExternalSponsors);
        }

        json.WriteEndObject();
    }

    private static void Sponsors(Utf8JsonWriter json, string name, IReadOnlyList<Person> sponsors)
    {
        json.WriteStartArray(name);
        foreach (var sponsor in sponsors)
            Member(json, sponsor);
        json.WriteEndArray();
    }

    /// <summary>A user as a directoryObject.</summary>
    public static void Member(Utf8JsonWriter json, Person person)
    {
        json.WriteStartObject();
        json.WriteString("@odata.type", "#microsoft.graph.user");
        json.WriteString("id", person.Id);
        json.WriteString("displayName", person.DisplayName);
        json.WriteString("userPrincipalName", person.UserPrincipalName);
        json.WriteString("mail", person.Mail);
        json.WriteEndObject();
    }

    /// <summary>A group as a directoryObject.</summary>
    public static void Member(Utf8JsonWriter json, DirectoryGroup group)
    {
        json.WriteStartObject();
        json.WriteString("@odata.type", "#microsoft.graph.group");
        json.WriteString("id", group.Id);
        json.WriteString("displayName", group.DisplayName);
        json.WriteBoolean("securityEnabled", !group.Unified);
        json.WriteEndObject();
    }

    public static void Empty(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray(name);
        json.WriteEndArray();
    }

    public static string Days(int days) => string.Create(CultureInfo.InvariantCulture, $"P{days}D");

    // Entitlement management writes milliseconds.
    public static string Time(long ticks) => Iso8601.Text(ticks - ticks % TimeSpan.TicksPerMillisecond, "Z");
}
