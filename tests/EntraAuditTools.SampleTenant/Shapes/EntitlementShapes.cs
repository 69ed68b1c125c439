using System.Text.Json;

namespace EntraAuditTools.SampleTenant;

/// <summary>Entitlement management, users and groups as pages of Graph v1.0, as they stand at the end of the period.</summary>
public static class EntitlementShapes
{
    private const string Root = "https://graph.microsoft.com/v1.0/$metadata#";
    private const string Governance = "identityGovernance/entitlementManagement/";

    public static void WriteCatalogs(Stream stream, Tenant tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        Page(stream, Governance + "catalogs", tenant.Catalogs, (json, catalog) =>
        {
            json.WriteStartObject();
            Catalog(json, catalog);
            json.WriteEndObject();
        });
    }

    /// <summary>accessPackages with their catalogs expanded.</summary>
    public static void WritePackages(Stream stream, Tenant tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        Page(stream, Governance + "accessPackages(catalog())", tenant.Packages, (json, package) =>
        {
            json.WriteStartObject();
            Package(json, package);
            json.WriteStartObject("catalog");
            Catalog(json, package.Catalog);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    /// <summary>assignmentPolicies with their packages expanded.</summary>
    public static void WritePolicies(Stream stream, Tenant tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        Page(stream, Governance + "assignmentPolicies(accessPackage())", tenant.Packages.SelectMany(package => package.Policies.Select(policy => (package, policy))), (json, item) =>
        {
            json.WriteStartObject();
            Policy(json, item.policy, item.package);
            json.WriteStartObject("accessPackage");
            Package(json, item.package);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    /// <summary>assignments with target, package and policy expanded.</summary>
    public static void WriteAssignments(Stream stream, Tenant tenant)
    {
        long now = tenant?.Options.To.UtcTicks ?? throw new ArgumentNullException(nameof(tenant));
        var assigned = EntitlementRequest.All(tenant).Where(request => request.HasAssignment);
        Page(stream, Governance + "assignments(target(),accessPackage(),assignmentPolicy())", assigned, (json, request) =>
        {
            bool ended = request.EndedAfter is not null && request.Outcome != RequestOutcome.Extended;
            var (state, status) = request.Outcome switch
            {
                RequestOutcome.Failed => ("deliveryFailed", "DeliveryFailed"),
                RequestOutcome.PartiallyDelivered => ("partiallyDelivered", "PartiallyDelivered"),
                _ when ended => ("expired", "ExpiredNotificationTriggered"),
                _ => ("delivered", "Delivered"),
            };
            long began = request.Start + (request.DeliveredAfter ?? request.DecidedAfter ?? 0);
            json.WriteStartObject();
            json.WriteString("id", request.AssignmentId);
            json.WriteString("state", state);
            json.WriteString("status", status);
            json.WriteString("expiredDateTime", ended && request.Start + request.EndedAfter < now ? Time(request.Start + request.EndedAfter!.Value) : null);
            json.WritePropertyName("schedule");
            Schedule(json, began, request);
            EmptyArray(json, "customExtensionCalloutInstances");
            Subject(json, "target", request.Subject);
            json.WriteStartObject("accessPackage");
            Package(json, request.Package);
            json.WriteEndObject();
            json.WriteStartObject("assignmentPolicy");
            Policy(json, request.Policy, request.Package);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    /// <summary>assignmentRequests with requestor, package and assignment expanded.</summary>
    public static void WriteRequests(Stream stream, Tenant tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        Page(stream, Governance + "assignmentRequests(requestor(),accessPackage(),assignment())", EntitlementRequest.All(tenant), (json, request) =>
        {
            var (state, status) = request.Outcome switch
            {
                RequestOutcome.Denied => ("denied", "Denied"),
                RequestOutcome.TimedOut => ("denied", "ApprovalTimedOut"),
                RequestOutcome.Canceled => ("canceled", "Canceled"),
                RequestOutcome.Failed => ("deliveryFailed", "Failed"),
                RequestOutcome.PartiallyDelivered => ("partiallyDelivered", "PartiallyDelivered"),
                RequestOutcome.Scheduled => ("scheduled", "Scheduled"),
                RequestOutcome.Pending => ("pendingApproval", "PendingApproval"),
                _ => ("delivered", "Fulfilled"),
            };
            bool open = request.Outcome is RequestOutcome.Pending or RequestOutcome.Scheduled;
            json.WriteStartObject();
            json.WriteString("id", request.RequestId);
            json.WriteString("requestType", request.Outcome == RequestOutcome.DirectAssignment ? "adminAdd" : "userAdd");
            json.WriteString("state", state);
            json.WriteString("status", status);
            json.WriteString("createdDateTime", Time(request.Start));
            json.WriteString("completedDateTime", open ? null : Time(request.Start + (request.DeliveredAfter ?? request.DecidedAfter)!.Value));
            json.WriteString("justification", request.Outcome == RequestOutcome.DirectAssignment ? null : request.Justification);
            json.WritePropertyName("schedule");
            Schedule(json, request.Start, request);
            EmptyArray(json, "answers");
            EmptyArray(json, "customExtensionCalloutInstances");
            Subject(json, "requestor", request.Outcome == RequestOutcome.DirectAssignment ? request.Administrator : request.Subject);
            json.WriteStartObject("accessPackage");
            Package(json, request.Package);
            json.WriteEndObject();
            if (!request.HasAssignment)
            {
                json.WriteNull("assignment");
            }
            else
            {
                json.WriteStartObject("assignment");
                json.WriteString("id", request.AssignmentId);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
    }

    public static void WriteConnectedOrganizations(Stream stream, Tenant tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        Page(stream, Governance + "connectedOrganizations", tenant.Organizations.Where(organization => organization.Connected), (json, organization) =>
        {
            json.WriteStartObject();
            json.WriteString("id", organization.Id);
            json.WriteString("displayName", organization.DisplayName);
            json.WriteString("description", $"{organization.DisplayName} works with us");
            json.WriteString("createdDateTime", Time(tenant.Options.From.UtcTicks - 90 * TimeSpan.TicksPerDay));
            json.WriteString("modifiedDateTime", Time(tenant.Options.From.UtcTicks - 30 * TimeSpan.TicksPerDay));
            json.WriteString("state", organization.State);
            json.WriteStartArray("identitySources");
            json.WriteStartObject();
            json.WriteString("@odata.type", "#microsoft.graph.azureActiveDirectoryTenant");
            json.WriteString("displayName", organization.DisplayName);
            json.WriteString("tenantId", organization.TenantId);
            json.WriteEndObject();
            json.WriteStartObject();
            json.WriteString("@odata.type", "#microsoft.graph.domainIdentitySource");
            json.WriteString("displayName", organization.DisplayName);
            json.WriteString("domainName", organization.Domain);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public static void WriteUsers(Stream stream, Tenant tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        Page(stream, "users(id,displayName,userPrincipalName,mail,userType,accountEnabled,externalUserState,creationType,identities)", tenant.People, (json, person) =>
        {
            json.WriteStartObject();
            json.WriteString("id", person.Id);
            json.WriteString("displayName", person.DisplayName);
            json.WriteString("userPrincipalName", person.UserPrincipalName);
            json.WriteString("mail", person.Mail);
            json.WriteString("userType", person.UserType);
            json.WriteBoolean("accountEnabled", true);
            json.WriteString("externalUserState", person.IsGuest ? "Accepted" : null);
            json.WriteString("creationType", person.IsGuest ? "Invitation" : null);
            json.WriteStartArray("identities");
            json.WriteStartObject();
            json.WriteString("signInType", person.IsGuest ? "federated" : "userPrincipalName");
            json.WriteString("issuer", person.IsGuest ? "ExternalAzureAD" : tenant.Domain);
            json.WriteString("issuerAssignedId", person.IsGuest ? null : person.UserPrincipalName);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    /// <summary>groups with their members expanded, as far as Graph does: about 20.</summary>
    public static void WriteGroups(Stream stream, Tenant tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        Page(stream, "groups(members())", tenant.Groups, (json, group) =>
        {
            json.WriteStartObject();
            json.WriteString("id", group.Id);
            json.WriteString("displayName", group.DisplayName);
            json.WriteStartArray("groupTypes");
            if (group.Unified)
                json.WriteStringValue("Unified");
            json.WriteEndArray();
            json.WriteBoolean("mailEnabled", group.Unified);
            json.WriteString("mail", group.Unified ? group.Mail : null);
            json.WriteBoolean("securityEnabled", !group.Unified);
            json.WriteStartArray("members");
            foreach (var member in group.Members)
            {
                json.WriteStartObject();
                json.WriteString("@odata.type", "#microsoft.graph.user");
                json.WriteString("id", member.Id);
                json.WriteString("displayName", member.DisplayName);
                json.WriteString("userPrincipalName", member.UserPrincipalName);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void Page<T>(Stream stream, string context, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        using var output = new JsonOutput(stream);
        output.Json.WriteStartObject();
        output.Json.WriteString("@odata.context", Root + context);
        output.Json.WriteStartArray("value");
        foreach (var item in items)
        {
            write(output.Json, item);
            output.Breathe();
        }

        output.Json.WriteEndArray();
        output.Json.WriteEndObject();
    }

    private static void Catalog(Utf8JsonWriter json, AccessCatalog catalog)
    {
        json.WriteString("id", catalog.Id);
        json.WriteString("displayName", catalog.DisplayName);
        json.WriteString("description", catalog.CatalogType == "serviceDefault" ? "Built-in catalog." : catalog.DisplayName);
        json.WriteString("catalogType", catalog.CatalogType);
        json.WriteString("state", catalog.Published ? "published" : "unpublished");
        json.WriteBoolean("isExternallyVisible", catalog.ExternallyVisible);
        json.WriteString("createdDateTime", Time(catalog.Created.Ticks));
        json.WriteString("modifiedDateTime", Time(catalog.Created.Ticks));
    }

    private static void Package(Utf8JsonWriter json, AccessPackageModel package)
    {
        json.WriteString("id", package.Id);
        json.WriteString("displayName", package.DisplayName);
        json.WriteString("description", package.Description);
        json.WriteBoolean("isHidden", false);
        json.WriteString("createdDateTime", Time(package.Created.Ticks));
        json.WriteString("modifiedDateTime", Time(package.Created.Ticks));
    }

    private static void Policy(Utf8JsonWriter json, PackagePolicy policy, AccessPackageModel package)
    {
        json.WriteString("id", policy.Id);
        json.WriteString("displayName", policy.DisplayName);
        json.WriteString("description", policy.DisplayName);
        json.WriteString("allowedTargetScope", policy.AllowedTargetScope);
        json.WriteString("createdDateTime", Time(package.Created.Ticks));
        json.WriteString("modifiedDateTime", Time(package.Created.Ticks));
        json.WriteNull("automaticRequestSettings");
        json.WriteNull("reviewSettings");
        EmptyArray(json, "specificAllowedTargets");
        json.WriteStartObject("expiration");
        json.WriteNull("endDateTime");
        json.WriteString("duration", $"P{policy.DurationInDays}D");
        json.WriteString("type", "afterDuration");
        json.WriteEndObject();
        json.WriteStartObject("requestorSettings");
        json.WriteBoolean("enableTargetsToSelfAddAccess", true);
        json.WriteBoolean("enableTargetsToSelfRemoveAccess", true);
        json.WriteBoolean("allowCustomAssignmentSchedule", true);
        EmptyArray(json, "onBehalfRequestors");
        json.WriteEndObject();
        json.WriteStartObject("requestApprovalSettings");
        json.WriteBoolean("isApprovalRequiredForAdd", policy.ApprovalRequired);
        json.WriteBoolean("isApprovalRequiredForUpdate", false);
        json.WriteStartArray("stages");
        if (policy.Approver is { } approver)
        {
            json.WriteStartObject();
            json.WriteString("durationBeforeAutomaticDenial", "P14D");
            json.WriteBoolean("isApproverJustificationRequired", true);
            json.WriteStartArray("primaryApprovers");
            json.WriteStartObject();
            json.WriteString("@odata.type", "#microsoft.graph.singleUser");
            json.WriteString("userId", approver.Id);
            json.WriteString("description", approver.DisplayName);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Subject(Utf8JsonWriter json, string name, Person person)
    {
        json.WriteStartObject(name);
        json.WriteString("id", SampleRandom.Of(person.Id).NewId());
        json.WriteString("objectId", person.Id);
        json.WriteString("displayName", person.DisplayName);
        json.WriteString("principalName", person.UserPrincipalName);
        json.WriteString("email", person.Mail);
        json.WriteNull("onPremisesSecurityIdentifier");
        json.WriteString("subjectType", "user");
        json.WriteEndObject();
    }

    private static void Schedule(Utf8JsonWriter json, long start, EntitlementRequest request)
    {
        json.WriteStartObject();
        json.WriteString("startDateTime", Time(start));
        json.WriteNull("recurrence");
        json.WriteStartObject("expiration");
        json.WriteString("endDateTime", Time(request.ScheduledEnd));
        json.WriteNull("duration");
        json.WriteString("type", "afterDateTime");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void EmptyArray(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray(name);
        json.WriteEndArray();
    }

    // Entitlement management writes milliseconds.
    private static string Time(long ticks) => Iso8601.Text(ticks - ticks % TimeSpan.TicksPerMillisecond, "Z");
}
