using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Linking;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.States;

/// <summary>Decisions of a request's stages, and who is asked. A decision is told by both services; it is one.</summary>
internal sealed class RequestApprovals
{
    private static readonly long SameDecision = TimeSpan.FromMinutes(10).Ticks;

    private readonly People people;
    private readonly List<Decision> decisions = [];
    private readonly List<IdentityText> asked = [];

    private RequestApprovals(People people) => this.people = people;

    /// <summary>When the last stage was decided, UTC ticks; null when none was.</summary>
    public long? DecidedAt => decisions.Count == 0 ? null : decisions[^1].Ticks;

    /// <summary>Words of whoever denied; null when there are none.</summary>
    public string? DenialReason => decisions.FindLast(d => d.Word == "Denied")?.Justification;

    /// <summary>Since when approvers of the open stage are asked, UTC ticks; null when nothing tells.</summary>
    public long? AskedSince { get; private set; }

    /// <summary>Who is asked in the open stage.</summary>
    public IReadOnlyList<EntitlementSubject> Asked => [.. asked.Select(people.Describe)];

    /// <summary>Reads them from a request's events.</summary>
    /// <param name="events">In order.</param>
    /// <param name="people">Knows the persons.</param>
    public static RequestApprovals Of(IEnumerable<LinkedEvent> events, People people)
    {
        var approvals = new RequestApprovals(people);
        foreach (var (one, _) in events)
        {
            if (!one.Failed) approvals.Take(one);
        }

        return approvals;
    }

    /// <summary>As objects show them.</summary>
    /// <param name="isPending">Whether the request waits for approval.</param>
    public RecordList<AccessPackageApproval> ToList(bool isPending)
    {
        var list = decisions.Select((d, i) => new AccessPackageApproval
        {
            Stage = i + 1,
            Approver = d.Actor is { } actor ? people.Describe(actor) : null,
            Decision = d.Word,
            Time = UtcTime.Of(d.Ticks),
            Justification = d.Justification,
        }).ToList();
        if (!isPending) return new(list);
        if (asked.Count == 0) list.Add(new() { Stage = decisions.Count + 1 });
        list.AddRange(Asked.Select(one => new AccessPackageApproval { Stage = decisions.Count + 1, Approver = one }));
        return new(list);
    }

    private void Take(EntitlementEvent one)
    {
        switch (one.Effect)
        {
            case RequestEffect.Ask:
                AskedSince ??= one.Ticks;
                break;
            case RequestEffect.AddApprover:
                AskedSince ??= one.Ticks;
                foreach (var user in one.TargetsOf("User"))
                {
                    if (people.Key(user) is { } key && !asked.Exists(a => people.Key(a) == key)) asked.Add(user);
                }

                break;
            case RequestEffect.ApproveStage or RequestEffect.CompleteStage or RequestEffect.Approve:
                Decide(one, "Approved");
                break;
            case RequestEffect.Deny:
                Decide(one, "Denied");
                break;
            case RequestEffect.TimeOut:
                Decide(one, "TimedOut");
                break;
            case RequestEffect.AutoApprove:
                Decide(one, "NotRequired");
                break;
        }
    }

    private void Decide(EntitlementEvent one, string word)
    {
        IdentityText? actor = one.ActorIsUser && word is "Approved" or "Denied" ? one.Actor : null;
        var same = decisions.FindLast(d => d.Word == word && one.Ticks - d.Ticks <= SameDecision
            && (one.IsReview ? !d.HasReview : !d.HasOther) && (actor == null || d.Actor == null || people.Key(actor) == people.Key(d.Actor)));
        if (same == null)
        {
            if (word == "TimedOut" && asked.Count == 1) actor = asked[0];
            decisions.Add(same = new Decision(word, one.Ticks));
            asked.Clear();
            AskedSince = null;
        }

        same.Actor ??= actor;
        // The approvals' own service tells the time of the decision; the other follows it.
        if (one.IsReview) same.Ticks = one.Ticks;
        same.Justification = one.IsReview ? one.Justification ?? same.Justification : same.Justification ?? one.Justification;
        same.HasReview |= one.IsReview;
        same.HasOther |= !one.IsReview;
        if (one.Effect == RequestEffect.CompleteStage) AskedSince ??= one.Ticks;
    }

    private sealed class Decision(string word, long ticks)
    {
        public string Word => word;

        public long Ticks { get; set; } = ticks;

        public IdentityText? Actor { get; set; }

        public string? Justification { get; set; }

        public bool HasReview { get; set; }

        public bool HasOther { get; set; }
    }
}
