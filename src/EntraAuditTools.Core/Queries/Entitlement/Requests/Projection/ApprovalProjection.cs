using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Objects;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Reconstruction;
using EntraAuditTools.Core.Queries.Entitlement.Requests.States;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Projection;

/// <summary>The approvals of a request, by its events and its approval object.</summary>
/// <param name="objects">What was exported as objects.</param>
/// <param name="now">The time asked for.</param>
internal sealed class ApprovalProjection(RequestObjects objects, DateTimeOffset now)
{
    /// <summary>The stages in order, and of the open one whoever is asked.</summary>
    public List<ApprovalStep> Steps(ReconstructedRequest request)
    {
        var steps = request.Approvals.Steps(request.Status == RequestStatus.PendingApproval);
        // Only what events say of decisions is newer than the approval object.
        if (request.Approvals.DecidedAt == null && request.Object?.Approvals is { Count: > 0 } exported
            && steps.TrueForAll(a => a.Approver == null))
            steps = [.. exported];
        if (request.Object?.BypassesApproval == true) steps = Bypassed(steps, request);
        return ForWhom(steps, request);
    }

    // accessPackageAssignmentRequestParameters.bypassApproval: "bypasses the approval requirement configured on the access package policy
    // for this request". The log then has an automatic approval, or nothing.
    private static List<ApprovalStep> Bypassed(List<ApprovalStep> steps, ReconstructedRequest request)
    {
        if (steps.Count == 0) return [new(1, ApprovalDecision.Bypassed) { Time = request.RequestedAt }];
        return steps.ConvertAll(step => step.Decision != ApprovalDecision.NotRequired ? step
            : new(step.Stage, ApprovalDecision.Bypassed) { Time = step.Time, Justification = step.Justification });
    }

    // Whoever was asked, or stands in the policy, decided for themselves; anybody else whom exactly one approver had as delegate decided
    // for that one.
    private List<ApprovalStep> ForWhom(List<ApprovalStep> steps, ReconstructedRequest request)
    {
        if (steps.Count == 0) return steps;
        var asked = new Lazy<HashSet<string>>(() => (request.Group?.Events ?? []).Where(e => e.Event.Effect == RequestEffect.AddApprover)
            .SelectMany(e => e.Event.TargetsOf("User")).Select(user => request.People.Describe(user).Id).OfType<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase));
        return steps.ConvertAll(step => step.Decision is ApprovalDecision.Approved or ApprovalDecision.Denied && step.Time is { } time
            && ForWhom(step.Approver?.Id, step.Stage, time) is { } approver
            ? step with { OnBehalfOf = objects.Complete(new EntitlementSubject { Id = approver }) } : step);

        string? ForWhom(string? decider, int stage, DateTimeOffset time)
        {
            var candidates = objects.Delegates.ApproversOf(decider, time).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            if (candidates.Count == 0) return null;
            var listed = objects.ApproverIds(request.Policy?.Id, stage);
            if (listed.Contains(decider!) || asked.Value.Contains(decider!)) return null;
            var named = candidates.Where(id => listed.Contains(id) || asked.Value.Contains(id)).ToList();
            return named.Count == 1 ? named[0] : named.Count == 0 && candidates.Count == 1 ? candidates[0] : null;
        }
    }

    /// <summary>For whom a request waits, as text; null when nothing shows it.</summary>
    public string? WaitingFor(ReconstructedRequest request, List<ApprovalStep> steps)
    {
        // "All approvals assigned after the delegation are routed to the delegate. The original approver can still respond."
        var asked = steps.Where(a => a is { Decision: ApprovalDecision.Pending, Approver: not null })
            .Select(a => objects.Delegates.DelegateOf(a.Approver!.Id, now) is { } other ? $"{a.Approver} (delegate: {other})"
                : a.Approver!.ToString()).Distinct().ToList();
        return asked.Count > 0 ? string.Join(", ", asked)
            : objects.Approvers(request.Policy?.Id, steps.Count(a => a.Decision != ApprovalDecision.Pending) + 1);
    }

    /// <summary>As it is shown.</summary>
    public static AccessPackageApproval Show(ApprovalStep step) => new()
    {
        Stage = step.Stage,
        Approver = step.Approver,
        OnBehalfOf = step.OnBehalfOf,
        Decision = step.Decision.ToString(),
        Time = step.Time,
        Justification = step.Justification,
    };
}
