using static EntraAuditTools.SampleTenant.Telling;

namespace EntraAuditTools.SampleTenant;

/// <summary>
/// Requests for access packages as the audit log tells them. The first events share a correlation id; delivery, removal
/// and the access reviews service, which does the approvals, have their own and name the request only as a target.
/// </summary>
internal static class EntitlementStories
{
    public static Action<StoryContext> Request(RequestOutcome outcome) => story => Tell(story, EntitlementRequest.From(story, outcome));

    /// <summary>An administrator builds a catalog with a package.</summary>
    public static void Build(StoryContext story)
    {
        var administrator = story.Random.Pick(story.Tenant.Administrators);
        var package = story.Random.Pick(story.Tenant.Packages);
        string correlation = story.Random.NewId();
        AuditEvent Built(SampleRandom random, long ticks, string activity, string operation, EventTarget target) =>
            Record("EntitlementManagement", "Entitlement Management", random, ticks, correlation, "EntitlementManagement", activity, operation, Actor(random, administrator), [target], [], reason: null, userAgent: UserAgents[0]);
        story.Step(0, (random, ticks) => Built(random, ticks, "Create access package catalog", "CreateAccessPackageCatalog", new EventTarget("AccessPackageCatalog", package.Catalog.Id, package.Catalog.DisplayName)));
        story.Step(TimeSpan.FromSeconds(30), (random, ticks) => Built(random, ticks, "Create access package", "CreateAccessPackage", PackageTarget(package)));
        story.Step(TimeSpan.FromSeconds(60), (random, ticks) => Built(random, ticks, "Create access package assignment policy", "CreateAccessPackageAssignmentPolicy", new EventTarget("AccessPackageAssignmentPolicy", package.Policies[0].Id, package.Policies[0].DisplayName)));
    }

    private static void Tell(StoryContext story, EntitlementRequest request)
    {
        Begin(story, request);
        Decide(story, request);
        if (request.DeliveredAfter is { } delivered)
            Deliver(story, request, delivered);
        if (request.Outcome == RequestOutcome.Failed)
            Step(story, request.DecidedAfter!.Value + TimeSpan.TicksPerHour, request, "Failed access package assignment request", "FailEntitlementGrantRequest", null, result: "failure", reason: "The resource role could not be assigned: the application no longer has this role.");
        if (request.EndedAfter is { } ended)
            End(story, request, ended);
    }

    private static void Begin(StoryContext story, EntitlementRequest request)
    {
        if (request.Outcome == RequestOutcome.DirectAssignment)
        {
            Step(story, 0, request, "Administrator directly assigns user to access package", "CreateEntitlementGrantAdminAddRequest", request.Administrator);
            return;
        }

        Step(story, 0, request, "User requests access package assignment", "CreateEntitlementGrantUserAddRequest", request.Subject, details: [new("Justification", request.Justification), new("RequestId", request.RequestId)]);
        if (request.Policy.ApprovalRequired)
            story.Step(TimeSpan.FromSeconds(4), (random, ticks) => Review(random, ticks, story, request, "Create request approval", "Create", null, "success"));
    }

    private static void Decide(StoryContext story, EntitlementRequest request)
    {
        if (request.DecidedAfter is not { } decided)
            return;
        switch (request.Outcome)
        {
            case RequestOutcome.DirectAssignment:
                break;
            case RequestOutcome.AutoApproved:
                Step(story, decided, request, "Auto approve access package assignment request", "AutoApproveEntitlementGrantRequest", null);
                break;
            case RequestOutcome.Denied:
                story.Step(decided, (random, ticks) => Review(random, ticks, story, request, "Request denied", "Update", request.Approver, "success", "Not needed for this role"));
                Step(story, decided + TimeSpan.TicksPerSecond, request, "Deny access package assignment request", "DenyEntitlementGrantRequest", request.Approver, details: [new("Justification", "Not needed for this role")]);
                break;
            case RequestOutcome.TimedOut:
                story.Step(decided, (random, ticks) => Review(random, ticks, story, request, "Request expired", "Update", null, "success"));
                Step(story, decided + 2 * TimeSpan.TicksPerSecond, request, "Access package assignment request timed out (no approver action taken)", "TimeoutEntitlementGrantRequest", null);
                break;
            case RequestOutcome.Canceled:
                Step(story, decided, request, "Cancel access package assignment request", "CancelEntitlementGrantRequest", request.Subject);
                break;
            default:
                story.Step(decided, (random, ticks) => Review(random, ticks, story, request, "Request approved", "Update", request.Approver, "success", "Fine, agreed in the stand-up"));
                Step(story, decided + TimeSpan.TicksPerSecond, request, "Approve access package assignment request", "ApproveEntitlementGrantRequest", request.Approver, details: [new("Justification", "Fine, agreed in the stand-up")]);
                if (request.Outcome == RequestOutcome.Scheduled)
                    Step(story, decided + 2 * TimeSpan.TicksPerSecond, request, "Schedule a future access package assignment", "ScheduleEntitlementGrantRequest", null);
                break;
        }
    }

    private static void Deliver(StoryContext story, EntitlementRequest request, long delivered)
    {
        bool partly = request.Outcome == RequestOutcome.PartiallyDelivered;
        var group = request.Package.Resources[0].Group!;
        var application = request.Package.Resources[1].Application!;
        string fulfilment = story.Random.NewId();
        // Some tenants write the names of the documentation instead of the catalog's.
        bool otherNames = story.Random.Chance(15);
        Step(story, delivered, request, "Ready to fulfill access package assignment request", "ReadyToFulfillEntitlementGrantRequest", null);
        story.Step(delivered + TimeSpan.TicksPerSecond, (random, ticks) => GroupStories.Membership(random, ticks, fulfilment, true, story.Tenant.Services.Entitlement, request.Subject, group));
        story.Step(delivered + TimeSpan.TicksPerSecond, (random, ticks) => Resource(random, ticks, story, request, fulfilment, true, 0));
        if (!partly)
        {
            story.Step(delivered + 2 * TimeSpan.TicksPerSecond, (random, ticks) => ApplicationStories.RoleAssignment(random, ticks, fulfilment, true, story.Tenant.Services.Entitlement, request.Subject, application, application.Roles[0]));
            story.Step(delivered + 2 * TimeSpan.TicksPerSecond, (random, ticks) => Resource(random, ticks, story, request, fulfilment, true, 1));
        }

        Step(story, delivered + 3 * TimeSpan.TicksPerSecond, request,
            partly ? "Partially fulfill access package assignment request" : otherNames ? "Fulfill access package assignment" : "Fulfill access package assignment request",
            partly ? "PartiallyFulfillEntitlementGrantRequest" : "FulfillEntitlementGrantRequest", null, correlation: fulfilment);
    }

    private static void End(StoryContext story, EntitlementRequest request, long ended)
    {
        string removal = story.Random.NewId();
        var second = request with { RequestId = request.SecondRequestId!, CorrelationId = removal };
        switch (request.Outcome)
        {
            case RequestOutcome.Extended:
                Step(story, ended, second, "User requests to extend access package assignment", "CreateEntitlementGrantUserExtendRequest", request.Subject, details: [new("Justification", "Still needed"), new("AssignmentId", request.AssignmentId)]);
                Step(story, ended + TimeSpan.TicksPerMinute, second, "Extend access package assignment", "ExtendEntitlementGrant", null);
                return;
            case RequestOutcome.RemovedByUser:
                Step(story, ended, second, "User requests to remove access package assignment", "CreateEntitlementGrantUserRemoveRequest", request.Subject, details: [new("AssignmentId", request.AssignmentId)]);
                break;
            case RequestOutcome.RemovedByAdministrator:
                Step(story, ended, second, "Administrator directly removes user access package assignment", "CreateEntitlementGrantAdminRemoveRequest", request.Administrator, details: [new("AssignmentId", request.AssignmentId)]);
                break;
            default:
                Step(story, ended, second, "Entitlement Management removes access package assignment request for user", "CreateEntitlementGrantSystemRemoveRequest", null, details: [new("AssignmentId", request.AssignmentId), new("Reason", "Expired")]);
                break;
        }

        var group = request.Package.Resources[0].Group!;
        story.Step(ended + 5 * TimeSpan.TicksPerSecond, (random, ticks) => GroupStories.Membership(random, ticks, removal, false, story.Tenant.Services.Entitlement, request.Subject, group));
        story.Step(ended + 5 * TimeSpan.TicksPerSecond, (random, ticks) => Resource(random, ticks, story, second, removal, false, 0));
        story.Step(ended + 6 * TimeSpan.TicksPerSecond, (random, ticks) => Resource(random, ticks, story, second, removal, false, 1));
    }

    private static void Step(StoryContext story, long offset, EntitlementRequest request, string activity, string operation, Person? by, EventDetail[]? details = null, string? correlation = null, string result = "success", string? reason = "") =>
        story.Step(offset, (random, ticks) => Record("EntitlementManagement", "Entitlement Management", random, ticks, correlation ?? request.CorrelationId, "EntitlementManagement", activity, operation,
            by is null ? story.Tenant.Services.Entitlement : Actor(random, by),
            [
                new("AccessPackageAssignmentRequest", request.RequestId, null),
                PackageTarget(request.Package),
                new("AccessPackageAssignmentPolicy", request.Policy.Id, request.Policy.DisplayName),
                Named(request.Subject),
            ],
            details ?? [], result, reason, by is null ? null : random.Pick(UserAgents)));

    private static AuditEvent Resource(SampleRandom random, long ticks, StoryContext story, EntitlementRequest request, string correlation, bool add, int index)
    {
        var resource = request.Package.Resources[index];
        return Record("EntitlementManagement", "Entitlement Management", random, ticks, correlation, "EntitlementManagement", add ? "Fulfill access package resource assignment" : "Remove access package resource assignment", add ? "FulfillEntitlementGrantResource" : "RemoveEntitlementGrantResource",
            story.Tenant.Services.Entitlement,
            [
                new("AccessPackageResource", resource.ResourceId, resource.DisplayName)
                {
                    Properties = [Set("OriginSystem", Quoted(resource.OriginSystem)), Set("OriginId", Quoted(resource.OriginId)), Set("Role", Quoted(resource.RoleName))],
                },
                PackageTarget(request.Package),
                new("AccessPackageAssignmentRequest", request.RequestId, null),
                Named(request.Subject),
            ],
            [new("AssignmentId", request.AssignmentId)]);
    }

    // Approvals run in the access reviews service: the request is a target of type Other there.
    private static AuditEvent Review(SampleRandom random, long ticks, StoryContext story, EntitlementRequest request, string activity, string operation, Person? by, string result, string? justification = null) =>
        Record("AccessReviews", "Access Reviews", random, ticks, request.ApprovalCorrelationId, "UserManagement", activity, operation, by is null ? story.Tenant.Services.Entitlement : Actor(random, by),
            [new("Other", request.RequestId, null), new("User", request.Subject.Id, request.Subject.DisplayName, request.Subject.UserPrincipalName)],
            justification is null ? [new("ApprovalId", request.RequestId)] : [new("ApprovalId", request.RequestId), new("Justification", justification)], result, null);

    private static EventTarget PackageTarget(AccessPackageModel package) => new("AccessPackage", package.Id, package.DisplayName);
}
