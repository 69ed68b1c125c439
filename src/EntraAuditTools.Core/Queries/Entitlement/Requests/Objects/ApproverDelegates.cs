using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Objects;

/// <summary>
/// Who decides for whom: Graph beta <c>approverDelegate</c>. Source: delegate-approvals-my-access ("All approvals assigned after the
/// delegation are routed to the delegate"; "The original approver can still respond"; one level, all approvals).
/// </summary>
internal sealed class ApproverDelegates(EntitlementReader reader)
{
    private readonly Lazy<List<(string Approver, string Type, string Id, string? Name, long From, long To)>> all = new(() => Read(reader));

    /// <summary>Ids of the approvers for whom somebody could decide at a time.</summary>
    public IEnumerable<string> ApproversOf(string? delegateId, DateTimeOffset time) => delegateId == null ? [] : all.Value
        .Where(delegation => Covers(delegation.From, delegation.To, time) && !Same(delegation.Approver, delegateId)
            && (delegation.Type == "groupMembers" ? IsMember(delegateId, delegation.Id) : Same(delegation.Id, delegateId)))
        .Select(delegation => delegation.Approver);

    /// <summary>Who can decide for an approver at a time, by name; null for nobody.</summary>
    public string? DelegateOf(string? approverId, DateTimeOffset time) => approverId == null ? null : all.Value
        .Where(delegation => Same(delegation.Approver, approverId) && Covers(delegation.From, delegation.To, time))
        .Select(delegation => reader.Ref(delegation.Type == "groupMembers" ? EntityKind.Group : EntityKind.User, delegation.Id)?.Name
            ?? delegation.Name ?? delegation.Id)
        .FirstOrDefault();

    private bool IsMember(string userId, string groupId) =>
        reader.Ref(EntityKind.User, userId) is { } user && reader.Ref(EntityKind.Group, groupId) is { } group
        && Memberships.MembersOf(reader, group.Number).Contains(user.Number);

    private static bool Covers(long from, long to, DateTimeOffset time) => time.UtcTicks >= from && time.UtcTicks < to;

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static List<(string, string, string, string?, long, long)> Read(EntitlementReader reader)
    {
        var found = new List<(string, string, string, string?, long, long)>();
        foreach (var number in reader.All(EntityKind.ApproverDelegate))
        {
            // One that was replaced since is still who decided then.
            foreach (var state in reader.StateOrGone(number).States)
            {
                var facts = EntityState.At([state], null);
                if (facts.Json(FactNames.Delegate).Items()
                    .FirstOrDefault() is not { ValueKind: System.Text.Json.JsonValueKind.Object } target
                    || target.Text("id") is not { } id) continue;
                // approverDelegate: without a schedule it "starts immediately and doesn't expire"; since when, nothing says before it was
                // exported.
                found.Add((reader.Ref(number)!.Id, target.Text("type") ?? "singleUser", id, target.Text("name"),
                    facts.Ticks(FactNames.Start) ?? state.Observed, AssignmentSchedule.End(facts.Json).Ends ?? long.MaxValue));
            }
        }

        return found;
    }
}
