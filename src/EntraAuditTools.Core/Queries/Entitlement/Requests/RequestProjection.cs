using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Objects;
using EntraAuditTools.Core.Queries.Entitlement.Requests.States;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests;

/// <summary>Makes objects of what is known of requests.</summary>
/// <param name="mirror">The mirror, which stays open meanwhile.</param>
/// <param name="objects">What was exported as objects.</param>
/// <param name="directory">Writes to the directory that share correlation ids.</param>
/// <param name="now">The time asked for.</param>
internal sealed class RequestProjection(MirrorReader mirror, IRequestObjects objects, DirectoryWrites directory, DateTimeOffset now)
{
    /// <summary>A request as an object that outlives the mirror's reader.</summary>
    public AccessPackageRequest Write(ReconstructedRequest request)
    {
        var (group, fromObject) = (request.Group, request.Object);
        var status = request.Status;
        var isPending = status == RequestStateMachine.PendingApproval;
        var user = Complete(request.User);
        var package = request.Package is { Id: { } id, DisplayName: null } ? objects.Package(id) ?? request.Package : request.Package;
        var approvals = request.Approvals.ToList(isPending);
        // Only what events tell of decisions is newer than the approval object.
        if (request.Approvals.DecidedAt == null && fromObject?.Approvals.Count > 0
            && (approvals.Count == 0 || approvals.All(a => a.Approver == null))) approvals = new([.. fromObject.Approvals]);
        var bypassed = fromObject?.BypassesApproval;
        if (bypassed == true) approvals = Bypassed(approvals, request);
        approvals = ForWhom(approvals, request);
        var requested = request.RequestedAt;
        var decided = request.Approvals.DecidedAt is { } ticks && !isPending ? UtcTime.Of(ticks) : (DateTimeOffset?)null;
        var delivered = request.DeliveredTicks is { } told ? UtcTime.Of(told) : status is RequestStateMachine.Fulfilled
            or RequestStateMachine.PartiallyFulfilled ? fromObject?.Completed : null;
        var ended = !RequestStateMachine.IsEnd(status) ? null : request.StatusIsOfObject || request.DecidedBy == null ? fromObject?.Completed
            : UtcTime.Of(request.DecidedBy.Ticks);
        var (events, rows) = Events(request);
        var (path, entities) = (mirror.Path, fromObject?.Entities ?? []);
        return new AccessPackageRequest(() => RequestEvidence.Read(path, rows, entities))
        {
            User = user,
            AccessPackage = package,
            Policy = request.Policy,
            Type = request.Type,
            Status = status,
            RequestedBy = Complete(request.RequestedBy),
            RequestedAt = requested,
            Justification = request.Start?.Justification ?? fromObject?.Justification,
            Answers = new([.. fromObject?.Answers ?? []]),
            Approvals = approvals,
            ApprovalBypassed = bypassed,
            WaitingFor = isPending ? WaitingFor(request, approvals) : null,
            Waiting = isPending && (request.Approvals.AskedSince is { } since ? UtcTime.Of(since) : requested) is { } began && began <= now
            ? now - began : null,
            DeliveredAt = delivered,
            AssignmentEndedAt = request.End?.EndedTicks is { } end ? UtcTime.Of(end) : null,
            EndReason = request.End?.Reason,
            StatusReason = StatusReason(request),
            TimeToDecision = decided - requested,
            TimeToDelivery = delivered - decided,
            Elapsed = ended - requested,
            RequestId = request.RequestId,
            AssignmentId = request.AssignmentId,
            Source = group == null ? "RequestObject" : fromObject == null ? "AuditLog" : "AuditLog, RequestObject",
            Disagreement = request.Disagreement,
            TenantId = request.TenantId,
            Events = events,
        };
    }

    // accessPackageAssignmentRequestParameters.bypassApproval: "bypasses the approval requirement configured on the access package policy for this
    // request". The log then tells an automatic approval, or nothing.
    private static RecordList<AccessPackageApproval> Bypassed(RecordList<AccessPackageApproval> approvals, ReconstructedRequest request)
    {
        if (approvals.Count == 0) return new([new AccessPackageApproval { Stage = 1, Decision = "Bypassed", Time = request.RequestedAt }]);
        return new([.. approvals.Select(one => one.Decision == "NotRequired"
            ? new AccessPackageApproval { Stage = one.Stage, Decision = "Bypassed", Time = one.Time, Justification = one.Justification } : one)]);
    }

    // Whoever was asked, or stands in the policy, decided for themselves; anybody else whom exactly one approver had as delegate decided for that one.
    private RecordList<AccessPackageApproval> ForWhom(RecordList<AccessPackageApproval> approvals, ReconstructedRequest request)
    {
        if (approvals.Count == 0) return approvals;
        var asked = new Lazy<HashSet<string>>(() => (request.Group?.Events ?? []).Where(e => e.Event.Effect == RequestEffect.AddApprover)
            .SelectMany(e => e.Event.TargetsOf("User")).Select(user => request.People.Describe(user).Id).OfType<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase));
        return new([.. approvals.Select(one => one.Decision is "Approved" or "Denied" && one.Time is { } time
            && ForWhom(one.Approver?.Id, one.Stage, time) is { } approver
            ? new AccessPackageApproval { Stage = one.Stage, Approver = one.Approver,
                OnBehalfOf = Complete(new EntitlementSubject { Id = approver }), Decision = one.Decision, Time = one.Time,
                Justification = one.Justification } : one)]);

        string? ForWhom(string? decider, int stage, DateTimeOffset time)
        {
            var candidates = objects.Delegates.ApproversOf(decider, time).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            if (candidates.Count == 0) return null;
            var listed = objects.ApproverIds(request.Policy?.Id, stage);
            if (listed.Contains(decider!) || asked.Value.Contains(decider!)) return null;
            var named = candidates.Where(one => listed.Contains(one) || asked.Value.Contains(one)).ToList();
            return named.Count == 1 ? named[0] : named.Count == 0 && candidates.Count == 1 ? candidates[0] : null;
        }
    }

    private EntitlementSubject? Complete(EntitlementSubject? person)
    {
        if (person?.Id == null || person.Type == "ServicePrincipal" || objects.Person(person.Id) is not { } known) return person;
        return new() { Id = person.Id, DisplayName = person.DisplayName ?? known.DisplayName, UserPrincipalName = person.UserPrincipalName
            ?? known.UserPrincipalName, Type = known.Type };
    }

    private string? WaitingFor(ReconstructedRequest request, RecordList<AccessPackageApproval> approvals)
    {
        // "All approvals assigned after the delegation are routed to the delegate. The original approver can still respond."
        var asked = approvals.Where(a => a is { Decision: "Pending", Approver: not null })
            .Select(a => objects.Delegates.DelegateOf(a.Approver!.Id, now) is { } other ? $"{a.Approver} (delegate: {other})"
                : a.Approver!.ToString()).Distinct().ToList();
        return asked.Count > 0 ? string.Join(", ", asked) : objects.Approvers(request.Policy?.Id, approvals.Count(a => a.Decision != "Pending") + 1);
    }

    private static string? StatusReason(ReconstructedRequest request) => request.Status switch
    {
        RequestStateMachine.Denied => request.Approvals.DenialReason ?? request.DecidedBy?.Reason,
        RequestStateMachine.Fulfilled => null,
        _ => (request.StatusIsOfObject ? null : request.DecidedBy?.Reason) ?? FailedCallout(request)
        ?? (request.StatusIsOfObject ? request.Object?.Words : null),
    };

    private static string? FailedCallout(ReconstructedRequest request) =>
        request.Status is RequestStateMachine.Failed or RequestStateMachine.PartiallyFulfilled or RequestStateMachine.Canceled
        && request.Object?.Callouts.FirstOrDefault(one => one.Failed) is { } callout
            ? callout.Words + (callout.Detail == null ? string.Empty : $" ({callout.Detail})") : null;

    private (RecordList<AccessPackageRequestEvent> Events, IReadOnlyList<(long Row, long Block, string? RecordId)> Rows) Events(ReconstructedRequest request)
    {
        var rows = new List<(long, long, string?)>();
        var list = new List<(long Ticks, AccessPackageRequestEvent Event)>();
        foreach (var (one, by) in request.Group?.Events ?? [])
        {
            rows.Add((one.Row, one.Block, one.RecordId));
            list.Add((one.Ticks, new AccessPackageRequestEvent
            {
                Time = UtcTime.Of(one.Ticks),
                Phase = one.Phase.ToString(),
                Activity = one.Kind.Activity,
                By = Name(one.Actor),
                Result = one.Result,
                Detail = Detail(one),
                MatchedBy = by.ToString(),
                CorrelationId = one.CorrelationId,
                RecordId = one.RecordId,
            }));
        }

        if (request.Group != null)
        {
            foreach (var write in directory.Of(request.Group))
            {
                rows.Add((write.Row, write.Block, write.Event.RecordId));
                list.Add((write.Event.Time.UtcTicks, write.Event));
            }
        }

        foreach (var told in OfObject(request)) list.Add((told.Time.UtcTicks, told));
        // The events are in order already; the sort is stable.
        return (new([.. list.OrderBy(e => e.Ticks).Select(e => e.Event)]), rows);
    }

    private static IEnumerable<AccessPackageRequestEvent> OfObject(ReconstructedRequest request)
    {
        if (request.Object is not { } told) yield break;
        AccessPackageRequestEvent Event(DateTimeOffset time, RequestPhase phase, string what) =>
            new() { Time = time, Phase = phase.ToString(), Activity = what, MatchedBy = "RequestObject",
                Detail = phase == RequestPhase.Request ? told.Justification : told.Words };
        if (request.Start == null && told.Created is { } created) yield return Event(created, RequestPhase.Request, "Created, by the request object");
        // Graph does not say when an extension was called: it was by the time that the request was completed, or else exported.
        foreach (var callout in told.Callouts)
        {
            yield return new()
            {
                Time = told.Completed ?? UtcTime.Of(told.ObservedTicks), Phase = nameof(RequestPhase.Callout), Activity = callout.Words,
                    Result = callout.Result, MatchedBy = "RequestObject",
                Detail = (callout.Detail == null ? string.Empty : callout.Detail.TrimEnd('.') + ". ")
                + "When it was called is not told: not after this time." + (callout.Run == null ? string.Empty : $" Run {callout.Run}."),
            };
        }

        if ((request.Group == null || request.StatusIsOfObject) && told.Completed is { } completed)
            yield return Event(completed, RequestPhase.Delivery, $"{request.Status}, by the request object");
    }

    private static string? Name(IdentityText person) => person.UserPrincipalName ?? person.DisplayName ?? person.ObjectId;

    private static string? Detail(EntitlementEvent one)
    {
        if (one.Justification != null) return one.Justification;
        if (one.Reason != null) return one.Reason;
        if (one.Effect == RequestEffect.AddApprover) return one.TargetOf("User") is { } approver ? Name(approver) : null;
        return one.Phase == RequestPhase.Resource ? one.TargetOf("AccessPackageResource")?.Summary : null;
    }
}
