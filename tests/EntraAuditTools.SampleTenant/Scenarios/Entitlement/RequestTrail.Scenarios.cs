using static EntraAuditTools.SampleTenant.EventParts;

namespace EntraAuditTools.SampleTenant;

/// <summary>What happens in each scenario.</summary>
internal sealed partial class RequestTrail
{
    private void Run()
    {
        switch (kind)
        {
            case RequestScenario.AutoApproved: Deliver(Ask(0, 0)); break;
            case RequestScenario.OneStage or RequestScenario.RecordsMissing or RequestScenario.SelfApproved or RequestScenario.OnBehalf: Deliver(Ask(0, 1)); break;
            case RequestScenario.TwoStages: Deliver(Ask(0, 2)); break;
            case RequestScenario.Escalated: Deliver(Ask(0, 1)); break;
            case RequestScenario.UnknownActivities: Surprise(Deliver(Ask(0, 1))); break;
            case RequestScenario.DeniedAtStageOne: Deny(Ask(0, 1), 1); break;
            case RequestScenario.DeniedAtStageTwo: Deny(Ask(0, 2), 2); break;
            case RequestScenario.TimedOut: TimeOut(Ask(0, 1)); break;
            case RequestScenario.Canceled: Cancel(Ask(0, 1)); break;
            case RequestScenario.Pending: Ask(0, 1).Outcome = RequestOutcome.Pending; break;
            case RequestScenario.PendingAtStageTwo: Approve(Ask(0, 2), 1); break;
            case RequestScenario.FailedDelivery: Fail(Ask(0, 1)); break;
            case RequestScenario.Retried: Retry(Fail(Ask(0, 1))); break;
            case RequestScenario.PartiallyFulfilled: Deliver(Ask(0, 1), partly: true); break;
            case RequestScenario.Scheduled: Schedule(Ask(0, 1)); break;
            case RequestScenario.ScheduledThenDelivered: Deliver(Schedule(Ask(0, 1)), scenario.About(4 * 86_400)); break;
            case RequestScenario.DirectAssignment: Deliver(Assign()); break;
            case RequestScenario.AutoAssigned: Deliver(Match()).Outcome = RequestOutcome.AutoAssigned; break;
            case RequestScenario.RemovedByRule: Remove(Deliver(Match()), RequestOutcome.RemovedByRule); break;
            case RequestScenario.Expired: Remove(Deliver(Ask(0, 1)), RequestOutcome.Expired); break;
            case RequestScenario.RemovedByUser: Remove(Deliver(Ask(0, 1)), RequestOutcome.RemovedByUser); break;
            case RequestScenario.RemovedByAdministrator: Remove(Deliver(Ask(0, random.Below(2))),
                RequestOutcome.RemovedByAdministrator); break;
            case RequestScenario.RemovedByReview: Remove(Deliver(Ask(0, random.Below(2))), RequestOutcome.RemovedByReview); break;
            case RequestScenario.UserDeleted: Vanish(Deliver(Ask(0, random.Below(2)))); break;
            case RequestScenario.Extended: Extend(Deliver(Ask(0, 1))); break;
            case RequestScenario.Updated: Update(Deliver(Ask(0, 0))); break;
            case RequestScenario.RequestedAgain: AskAgain(Deny(Ask(0, 1), 1)); break;
            case RequestScenario.SamePackageTwice: AskAgain(Remove(Deliver(Ask(0, 0)), RequestOutcome.RemovedByUser)); break;
            case RequestScenario.TwoAtOnce: AskForTwo(); break;
            case RequestScenario.Refused: Refuse(); break;
            default: throw new InvalidOperationException($"No scenario is made of {kind}.");
        }
    }

    // A request by a user, with so many stages of approval to come.
    private RequestPart Ask(long at, int stages, RequestPart? before = null, AccessPackageModel? package = null, bool refused = false)
    {
        // Nobody can ask for what is in an unpublished catalog.
        package ??= before?.Package ?? random.Pick(tenant.RequestablePackages);
        var policy = package.Policies.First(candidate => candidate.ApprovalRequired == stages > 0);
        Person[] approvers = stages == 0 ? []
            : [policy.Approver ?? random.Pick(tenant.Administrators), .. Enumerable.Range(1, stages - 1)
                .Select(_ => Other(tenant.Administrators, policy.Approver))];
        var subject = before?.Subject ?? (kind == RequestScenario.SelfApproved ? approvers[0] : Requestor(policy, approvers));
        var by = kind == RequestScenario.OnBehalf ? Other(tenant.Members, subject, approvers[0]) : subject;
        var part = Part(RequestLabelKind.UserRequest, at, subject, by, package, policy, random.Chance(90) ? random.Pick(Justifications)
            : null, approvers);
        bool named = !refused || random.Chance(50);
        Add(part, at, RequestPhase.Request, "User requests access package assignment", by == subject
            ? "CreateEntitlementGrantUserAddRequest" : "CreateEntitlementGrantOnBehalfAddRequest", by, RequestMoment.Requested,
            part.Justification is null ? [] : [new("Justification", part.Justification)],
            failure: refused ? random.Pick(
                ["The requestor is not in the scope of the policy.",
                    "ExistingOpenRequest: the user has an open request for this access package."]) : null, byName: named);
        if (stages > 0)
        {
            Review(part, at + 4 * Second, DocumentationNames ? "UserManagement" : "Policy", DocumentationNames ? "Create request approval"
                : "Create request", "Create", null);
            Name(part, at + 5 * Second, 1);
        }

        return part;
    }

    private Person Requestor(PackagePolicy policy, Person[] approvers) => policy.AllowedTargetScope switch
    {
        "allMemberUsers" => Other(tenant.Members, approvers),
        "allConfiguredConnectedOrganizationUsers" => random.Pick(tenant.ConnectedGuests),
        _ => Other(tenant.People, approvers),
    };

    private Person Other(IReadOnlyList<Person> people, params Person?[] than)
    {
        var person = random.Pick(people);
        while (than.Contains(person))
            person = random.Pick(people);
        return person;
    }

    // Only the documentation has a name for it, and not every tenant writes it.
    private void Name(RequestPart part, long at, int stage)
    {
        if (DocumentationNames)
            Review(part, at, "UserManagement", "Add approver to request approval", "Update", null, RequestMoment.ApproverAdded,
                part.Approvers[stage - 1], stage: stage);
    }

    // The stages up to one are approved. Leaves the request pending when there are more.
    private long Approve(RequestPart part, int upTo)
    {
        long at = part.At;
        for (int stage = 1; stage <= upTo; stage++)
        {
            var approver = part.Approvers[stage - 1];
            if (kind == RequestScenario.Escalated)
            {
                at += 3 * Day;
                approver = Other(tenant.Administrators, part.Subject, approver);
                if (!DocumentationNames && random.Chance(50))
                    Review(part, at - Second, "Policy", "Update request", "Update", null);
                Review(part, at, "UserManagement", "Add approver to request approval", "Update", null, RequestMoment.ApproverAdded,
                    approver, stage: stage);
            }

            at += scenario.About(9 * 3600);
            Decide(part, at, stage, approver, ApprovalLabelDecision.Approved, stage == part.Approvers.Count);
            if (stage < part.Approvers.Count)
                Name(part, at + 3 * Second, stage + 1);
        }

        if (upTo < part.Approvers.Count)
            part.Outcome = RequestOutcome.Pending;
        return at + Second;
    }

    private void Decide(RequestPart part, long at, int stage, Person approver, ApprovalLabelDecision decision, bool final)
    {
        bool yes = decision == ApprovalLabelDecision.Approved;
        string? words = random.Pick(yes ? Agreements : Refusals);
        Review(part, at, "UserManagement", yes ? "Request approved" : "Request denied", "Update", approver, RequestMoment.Decided,
            words: words, stage: stage, decision: decision);
        var (activity, operation) = (yes, final) switch
        {
            (false, _) => ("Deny access package assignment request", "DenyEntitlementGrantRequest"),
            (_, true) => ("Approve access package assignment request", "ApproveEntitlementGrantRequest"),
            _ => ("Approval stage completed for access package assignment request", "ApprovalStageCompletedEntitlementGrantRequest"),
        };
        Add(part, at + Second, RequestPhase.Decision, activity, operation, approver, RequestMoment.Decided, words is not null
            && random.Chance(60) ? [new("Justification", words)] : [], like: events[^1]);
    }

    private RequestPart Deny(RequestPart part, int stage)
    {
        long at = (stage == 1 ? part.At : Approve(part, stage - 1)) + scenario.About(9 * 3600);
        Decide(part, at, stage, part.Approvers[stage - 1], ApprovalLabelDecision.Denied, final: true);
        part.Outcome = RequestOutcome.Denied;
        part.Decided = at + Second;
        return part;
    }

    private void TimeOut(RequestPart part)
    {
        long at = part.At + 14 * Day;
        Review(part, at, DocumentationNames ? "UserManagement" : "Policy", "Request expired", "Update", null);
        if (DocumentationNames)
            Add(part, at + 2 * Second, RequestPhase.Decision, "Access package assignment request timed out (no approver action taken)",
                "TimeoutEntitlementGrantRequest", null);
        part.Outcome = RequestOutcome.TimedOut;
        part.Decided = at;
    }

    private void Cancel(RequestPart part)
    {
        long at = part.At + scenario.About(5 * 3600);
        Add(part, at, RequestPhase.Decision, "Cancel access package assignment request", "CancelEntitlementGrantRequest", part.Subject);
        if (random.Chance(50))
            Review(part, at + Second, "Policy", "Cancel request", "Delete", part.Subject);
        part.Outcome = RequestOutcome.Canceled;
        part.Decided = at;
    }

    // Whatever stands between the request and its delivery. Direct assignments and rules need nobody's consent.
    private long Accept(RequestPart part)
    {
        if (part.Decided is { } decided)
            return decided;
        long at;
        if (part.Approvers.Count > 0)
        {
            at = Approve(part, part.Approvers.Count);
        }
        else if (part.Kind is RequestLabelKind.UserRequest || random.Chance(40))
        {
            at = part.At + scenario.About(3);
            Add(part, at, RequestPhase.Decision, "Auto approve access package assignment request", "AutoApproveEntitlementGrantRequest",
                null);
        }
        else
        {
            at = part.At + Second;
        }

        part.Decided = at;
        return at;
    }

    private RequestPart Schedule(RequestPart part)
    {
        Add(part, Accept(part) + 2 * Second, RequestPhase.Decision, "Schedule a future access package assignment",
            "ScheduleEntitlementGrantRequest", null);
        part.Outcome = RequestOutcome.Scheduled;
        return part;
    }

    private RequestPart Deliver(RequestPart part, long wait = 0, bool partly = false)
    {
        long at = Accept(part) + wait + scenario.About(240);
        part.Outcome = partly ? RequestOutcome.PartiallyDelivered : part.Kind == RequestLabelKind.DirectAssignment
            ? RequestOutcome.DirectAssignment : part.Approvers.Count > 0 ? RequestOutcome.Approved : RequestOutcome.AutoApproved;
        part.Delivered = Fulfil(part, at, partly);
        return part;
    }

    private long Fulfil(RequestPart part, long at, bool partly = false)
    {
        Add(part, at, RequestPhase.Ready, "Ready to fulfill access package assignment request", "ReadyToFulfillEntitlementGrantRequest",
            null);
        at = Resources(part, at, true, partly ? 1 : part.Package.Resources.Count);
        if (random.Chance(20))
            Add(part, at, RequestPhase.Fulfilment, "Update access package assignment request", "UpdateEntitlementGrantRequest", null);
        var (activity, operation) = partly ? ("Partially fulfill access package assignment request",
            "PartiallyFulfillEntitlementGrantRequest")
            : (DocumentationNames ? "Fulfill access package assignment" : "Fulfill access package assignment request",
                "FulfillEntitlementGrantRequest");
        Add(part, at + Second, RequestPhase.Fulfilment, activity, operation, part.FulfilledBySubject ? part.Subject : null,
            RequestMoment.Delivered, part.NamesAssignment && random.Chance(60) ? [new("AssignmentId", part.AssignmentId)] : []);
        return at + Second;
    }

    // The directory writes first, then entitlement management says so.
    private long Resources(RequestPart part, long at, bool add, int count)
    {
        foreach (var resource in part.Package.Resources.Take(count))
        {
            at += Second;
            var actor = random.Chance(70) ? tenant.Services.Entitlement : userManagement;
            if (resource.Group is { } group)
                Directory(part, at, add ? "Add member to group" : "Remove member from group",
                    (random, ticks) => GroupScenarios.Membership(random, ticks, part.DirectoryCorrelationId, add,
                        tenant.Services.Entitlement,
                        part.Subject, group));
            else if (resource.Application is { } application)
                Directory(part, at, AppRoleScenarios.Activity("User", add),
                    (random, ticks) => ApplicationScenarios.RoleAssignment(random, ticks, part.DirectoryCorrelationId, add, actor,
                        part.Subject, application, application.Roles[0]), application);
            Resource(part, at, resource, add);
        }

        return at + Second;
    }

    private void Resource(RequestPart part, long at, PackageResource resource, bool add, string? failure = null)
    {
        bool names = !part.Nameless.Contains(RequestPhase.Delivery);
        string activity = add ? "Fulfill access package resource assignment" : "Remove access package resource assignment";
        events.Add(new RequestEvent(part, at,
            (random, ticks) => Record("EntitlementManagement", "Entitlement Management", random, ticks,
                part.Correlation(RequestPhase.Delivery), "EntitlementManagement", activity, add ? "FulfillEntitlementGrantResource"
                : "RemoveEntitlementGrantResource",
            tenant.Services.Entitlement,
            [
                new("AccessPackageResource", resource.ResourceId, resource.DisplayName)
                {
                    Properties = [Set("OriginSystem", Quoted(resource.OriginSystem)), Set("OriginId", Quoted(resource.OriginId)),
                        Set("Role", Quoted(resource.RoleName))],
                },
                PackageTarget(part),
                Named(part.Subject),
                .. names ? [new EventTarget("AccessPackageAssignmentRequest", part.Id, null)] : Array.Empty<EventTarget>(),
            ],
            part.NamesAssignment ? [new("AssignmentId", part.AssignmentId)] : [], failure is null ? "success" : "failure", failure ?? ""))
        {
            Activity = activity,
            Failed = failure is not null,
        });
    }

    private RequestPart Fail(RequestPart part)
    {
        const string reason = "The resource role could not be assigned: the application no longer has this role.";
        long at = Accept(part) + scenario.About(240);
        Add(part, at, RequestPhase.Ready, "Ready to fulfill access package assignment request", "ReadyToFulfillEntitlementGrantRequest",
            null);
        if (random.Chance(60))
            Resource(part, at + 2 * Second, part.Package.Resources[^1], true, reason);
        Add(part, at + Hour, RequestPhase.Fulfilment, "Failed access package assignment request", "FailEntitlementGrantRequest", null,
            failure: reason);
        part.Outcome = RequestOutcome.Failed;
        return part;
    }

    private void Retry(RequestPart part)
    {
        long at = events[^1].At + scenario.About(20 * 3600);
        Add(part, at, RequestPhase.Fulfilment, "Reprocess access package assignment", "ReprocessEntitlementGrant", part.Administrator,
            more: AssignmentTarget(part));
        part.Delivered = Fulfil(part, at + scenario.About(60));
        part.Outcome = RequestOutcome.Approved;
    }

    private RequestPart Assign()
    {
        var package = random.Pick(tenant.RequestablePackages);
        var administrator = random.Pick(tenant.Administrators);
        var policy = package.Policies.First(candidate => !candidate.ApprovalRequired);
        var part = Part(RequestLabelKind.DirectAssignment, 0, Requestor(policy, [administrator]), administrator, package, policy,
            random.Chance(40) ? random.Pick(Justifications) : null);
        Add(part, 0, RequestPhase.Request, "Administrator directly assigns user to access package",
            "CreateEntitlementGrantAdminAddRequest", administrator, RequestMoment.Requested, part.Justification is null ? []
            : [new("Justification", part.Justification)]);
        return part;
    }

    private RequestPart Match()
    {
        var package = random.Pick(tenant.RequestablePackages);
        var part = Part(RequestLabelKind.AutoAssignment, 0, random.Pick(tenant.Members), null, package,
            package.Policies.First(candidate => !candidate.ApprovalRequired));
        Add(part, 0, RequestPhase.Request, "Entitlement Management creates access package assignment request for user",
            "CreateEntitlementGrantSystemAddRequest", null, RequestMoment.Requested);
        return part;
    }

    private RequestPart Remove(RequestPart of, RequestOutcome why)
    {
        long at = of.Delivered!.Value + scenario.About(6 * 86_400);
        var by = why switch { RequestOutcome.RemovedByUser => of.Subject,
            RequestOutcome.RemovedByAdministrator => random.Pick(tenant.Administrators), _ => null };
        var part = Part(RequestLabelKind.Removal, at, of.Subject, by, of.Package, of.Policy, of: of);
        var (activity, operation) = why switch
        {
            RequestOutcome.RemovedByUser => ("User requests to remove access package assignment",
                "CreateEntitlementGrantUserRemoveRequest"),
            RequestOutcome.RemovedByAdministrator =>
                ("Administrator directly removes user access package assignment", "CreateEntitlementGrantAdminRemoveRequest"),
            _ => ("Entitlement Management removes access package assignment request for user", "CreateEntitlementGrantSystemRemoveRequest"),
        };
        if (why == RequestOutcome.RemovedByReview)
            Judge(part, at);
        Add(part, at, RequestPhase.Request, activity, operation, by, RequestMoment.Requested, [new("AssignmentId", part.AssignmentId)]);
        long last = Resources(part, at + 4 * Second, false, part.Package.Resources.Count) + Second;
        Add(part, last, RequestPhase.Fulfilment, DocumentationNames ? "Remove access package assignment"
            : "Fulfill access package assignment request", DocumentationNames ? "RemoveEntitlementGrant" : "FulfillEntitlementGrantRequest",
            null, RequestMoment.Ended, more: AssignmentTarget(part));
        of.Ended = at;
        of.Outcome = why;
        part.Outcome = why;
        return of;
    }

    // The review is of the package: it names neither the request nor the assignment.
    private void Judge(RequestPart part, long at)
    {
        var reviewer = Other(tenant.Administrators, part.Subject);
        void Say(long when, string activity, EventActor? actor, string correlation, RequestMoment moment) =>
            events.Add(new RequestEvent(moment == RequestMoment.Reviewed ? part : null, when,
                (random, ticks) => Record("AccessReviews", "Access Reviews", random, ticks, correlation, "Policy", activity, "Update",
                    actor ?? Actor(random, reviewer),
                [Named(part.Subject), PackageTarget(part)], moment == RequestMoment.Reviewed ? [new("Decision", "Deny")]
                : [new("Justification", "Left the project")], "success", null)) { Activity = activity, Moment = moment });
        string review = random.NewId();
        Say(at - scenario.About(4 * 3600), "Deny decision", null, review, RequestMoment.None);
        Say(at - 2 * Second, "Apply decision", accessReviews, part.CorrelationId, RequestMoment.Reviewed);
    }

    private void Vanish(RequestPart part)
    {
        long at = part.Delivered!.Value + scenario.About(5 * 86_400);
        string deletion = random.NewId();
        Directory(null, at, "Delete user",
            (random, ticks) => EventParts.Directory(random, ticks, deletion, "UserManagement", "Delete user", "Delete",
                Actor(random, part.Administrator), [Target(part.Subject, Set("Is Hard Deleted", Quoted("False")))]));
        at += scenario.About(6 * 3600);
        string cleaning = random.NewId();
        void Clean(long when, string activity, string operation, EventTarget what, RequestMoment moment) =>
            events.Add(new RequestEvent(part, when,
                (random, ticks) => Record("EntitlementManagement", "Entitlement Management", random, ticks, cleaning,
                    "EntitlementManagement", activity, operation, tenant.Services.Entitlement,
                    [what, PackageTarget(part), Named(part.Subject)], [], reason: null)) { Activity = activity, Moment = moment });
        Clean(at, "Delete access package assignment for a deleted user", "DeleteEntitlementGrantForDeletedUser", AssignmentTarget(part),
            RequestMoment.Ended);
        if (random.Chance(60))
            Clean(at + Second, "Delete access package assignment request for a deleted user", "DeleteEntitlementGrantRequestForDeletedUser",
                new("AccessPackageAssignmentRequest", part.Id, null), RequestMoment.None);
        part.Ended = at;
        part.Outcome = RequestOutcome.UserDeleted;
    }

    private void Extend(RequestPart of)
    {
        long at = of.Delivered!.Value + scenario.About(86_400);
        var part = Part(RequestLabelKind.Extension, at, of.Subject, of.Subject, of.Package, of.Policy, "Still needed", of: of);
        Add(part, at, RequestPhase.Request, "User requests to extend access package assignment", "CreateEntitlementGrantUserExtendRequest",
            of.Subject, RequestMoment.Requested, [new("Justification", "Still needed"), new("AssignmentId", part.AssignmentId)]);
        Add(part, at + 3 * Second, RequestPhase.Decision, "Auto approve access package assignment request",
            "AutoApproveEntitlementGrantRequest", null);
        Add(part, at + Minute, RequestPhase.Fulfilment, "Extend access package assignment", "ExtendEntitlementGrant", null,
            RequestMoment.Delivered, more: AssignmentTarget(part));
        of.Ended = at;
        of.Outcome = RequestOutcome.Extended;
    }

    private void Update(RequestPart of)
    {
        long at = of.Delivered!.Value + scenario.About(86_400);
        var part = Part(RequestLabelKind.Update, at, of.Subject, of.Subject, of.Package, of.Policy, "The cost centre has changed", of: of);
        Add(part, at, RequestPhase.Request, "Create access package assignment user update request",
            "CreateEntitlementGrantUserUpdateRequest", of.Subject, RequestMoment.Requested,
            [new("Justification", part.Justification), new("AssignmentId", part.AssignmentId)]);
        Add(part, at + 3 * Second, RequestPhase.Decision, "Auto approve access package assignment request",
            "AutoApproveEntitlementGrantRequest", null);
        Add(part, at + Minute, RequestPhase.Fulfilment, DocumentationNames ? "Fulfill access package assignment"
            : "Fulfill access package assignment request", "FulfillEntitlementGrantRequest", null, RequestMoment.Delivered,
            [new("AssignmentId", part.AssignmentId)]);
    }

    private void AskAgain(RequestPart before)
    {
        long at = events.Max(happened => happened.At) + scenario.About(2 * 86_400);
        Deliver(Ask(at, before.Approvers.Count, before));
    }

    private void AskForTwo()
    {
        var first = Ask(0, 0);
        var package = random.Pick(
            tenant.RequestablePackages.Where(candidate => candidate != first.Package
                && candidate.Policies.All(policy => policy.Approver != first.Subject)).ToList());
        // Whoever may ask for the first may not be in the scope of any policy of the second but this one.
        var second = Ask(scenario.About(20), first.Subject.IsGuest ? 0 : 1, first, package);
        Deliver(first);
        Deliver(second);
    }

    private void Refuse()
    {
        var part = Ask(0, 0, refused: true);
        part.Outcome = RequestOutcome.Failed;
    }

    // Names that no list has, with the request as their target.
    private void Surprise(RequestPart part)
    {
        Add(part, part.At + 20 * Second, RequestPhase.Request, "Evaluate verified credentials for access package assignment request",
            "EvaluateVerifiedCredentials", null);
        Add(part, part.Delivered!.Value + scenario.About(3600), RequestPhase.Request, "Resynchronise access package assignment request",
            "ResyncEntitlementGrantRequest", null, failure: "TransientError: will be tried again.");
    }
}
