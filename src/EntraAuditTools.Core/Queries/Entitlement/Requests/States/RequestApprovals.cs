using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.States;

/// <summary>Decisions of a request's stages, and who is asked. Both services log a decision; it is one.</summary>
/// <param name="people">Knows the persons.</param>
internal sealed class RequestApprovals(People people)
{
    private readonly List<Decision> decisions = [];
    private readonly List<IdentityText> asked = [];

    /// <summary>When the last stage was decided, UTC ticks; null when none was.</summary>
    public long? DecidedAt => decisions.Count == 0 ? null : decisions[^1].Ticks;

    /// <summary>Words of whoever denied; null when there are none.</summary>
    public string? DenialReason => decisions.FindLast(d => d.Kind == ApprovalDecision.Denied)?.Justification;

    /// <summary>Since when approvers of the open stage are asked, UTC ticks; null when nothing shows it.</summary>
    public long? AskedSince { get; private set; }

    /// <summary>Takes the next event in order.</summary>
    public void Take(EntitlementEvent logged)
    {
        if (logged.Failed) return;
        switch (logged.Effect)
        {
            case RequestEffect.Ask:
                AskedSince ??= logged.Ticks;
                break;
            case RequestEffect.AddApprover:
                AskedSince ??= logged.Ticks;
                foreach (var user in logged.TargetsOf("User"))
                {
                    if (people.Key(user) is { } key && !asked.Exists(a => people.Key(a) == key)) asked.Add(user);
                }

                break;
            case RequestEffect.ApproveStage or RequestEffect.CompleteStage or RequestEffect.Approve:
                Decide(logged, ApprovalDecision.Approved);
                break;
            case RequestEffect.Deny:
                Decide(logged, ApprovalDecision.Denied);
                break;
            case RequestEffect.TimeOut:
                Decide(logged, ApprovalDecision.TimedOut);
                break;
            case RequestEffect.AutoApprove:
                Decide(logged, ApprovalDecision.NotRequired);
                break;
        }
    }

    /// <summary>The stages in order, and of the open one whoever is asked.</summary>
    /// <param name="isPending">Whether the request waits for approval.</param>
    public List<ApprovalStep> Steps(bool isPending)
    {
        var steps = decisions.Select((d, i) => new ApprovalStep(i + 1, d.Kind)
        {
            Approver = d.Actor is { } actor ? people.Describe(actor) : null,
            Time = UtcTime.Of(d.Ticks),
            Justification = d.Justification,
        }).ToList();
        if (!isPending) return steps;
        var open = new ApprovalStep(decisions.Count + 1, ApprovalDecision.Pending);
        if (asked.Count == 0) steps.Add(open);
        steps.AddRange(asked.Select(approver => open with { Approver = people.Describe(approver) }));
        return steps;
    }

    private void Decide(EntitlementEvent logged, ApprovalDecision kind)
    {
        IdentityText? actor = logged.ActorIsUser && kind is ApprovalDecision.Approved or ApprovalDecision.Denied ? logged.Actor : null;
        var same = decisions.FindLast(d => d.Kind == kind && logged.Ticks - d.Ticks <= RequestTiming.LogDelay
            && (logged.IsReview ? !d.HasReview : !d.HasOther)
            && (actor == null || d.Actor == null || people.Key(actor) == people.Key(d.Actor)));
        if (same == null)
        {
            if (kind == ApprovalDecision.TimedOut && asked.Count == 1) actor = asked[0];
            decisions.Add(same = new Decision(kind, logged.Ticks));
            asked.Clear();
            AskedSince = null;
        }

        same.Actor ??= actor;
        // The approvals' own service has the time of the decision; the other follows it.
        if (logged.IsReview) same.Ticks = logged.Ticks;
        same.Justification = logged.IsReview ? logged.Justification ?? same.Justification : same.Justification ?? logged.Justification;
        same.HasReview |= logged.IsReview;
        same.HasOther |= !logged.IsReview;
        if (logged.Effect == RequestEffect.CompleteStage) AskedSince ??= logged.Ticks;
    }

    private sealed class Decision(ApprovalDecision kind, long ticks)
    {
        public ApprovalDecision Kind => kind;

        public long Ticks { get; set; } = ticks;

        public IdentityText? Actor { get; set; }

        public string? Justification { get; set; }

        public bool HasReview { get; set; }

        public bool HasOther { get; set; }
    }
}
