using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Entities;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Objects;

/// <summary>How assignments ended by what was exported of them: requests that removed them, else the assignment's own date.</summary>
internal static class ExportedEnds
{
    // accessPackageAssignmentRequest.requestType.
    private static readonly Dictionary<string, EndReason> Removals = new(StringComparer.OrdinalIgnoreCase)
    {
        ["userRemove"] = EndReason.CanceledByUser, ["adminRemove"] = EndReason.RemovedByAdministrator,
        ["approverRemove"] = EndReason.RemovedByApprover, ["systemRemove"] = EndReason.Service,
    };

    /// <summary>
    /// The ends, by assignment id; those of which exports show no end are left out. What the service itself removed before its time has
    /// <see cref="EndReason.Service"/> as the reason.
    /// </summary>
    public static Dictionary<string, AssignmentEnd> Find(EntitlementReader reader, IEnumerable<string> assignmentIds)
    {
        var numbers = EntityIds.Numbers(reader.Mirror, EntityKind.Assignment, assignmentIds);
        var requests = EntityIds.Referring(reader.Mirror, numbers.Values, EntityKind.Request);
        reader.Prefetch(numbers.Values.Concat(requests.SelectMany(removals => removals)), withStates: true);
        var ends = new Dictionary<string, AssignmentEnd>(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, number) in numbers)
        {
            if (Of(reader, reader.StateOrGone(number), requests[number]) is { } end) ends.Add(id, end);
        }

        return ends;
    }

    private static AssignmentEnd? Of(EntitlementReader reader, EntityState assignment, IEnumerable<long> requests)
    {
        var expired = assignment.Ticks(FactNames.Expired) is { } ticks && ticks <= reader.Time ? ticks : (long?)null;
        var removal = requests.Select(reader.StateOf).OfType<EntityState>()
            .Where(request => request.Text(FactNames.RequestType) is { } type && Removals.ContainsKey(type) && IsDelivered(request)
                && request.Ticks(FactNames.Completed) is { } done && done <= reader.Time)
            .MinBy(request => request.Ticks(FactNames.Completed));
        if (removal != null)
        {
            var (asked, done, type) = (removal.Ticks(FactNames.Created), removal.Ticks(FactNames.Completed),
                removal.Text(FactNames.RequestType)!);
            var reason = Removals[type];
            if (reason == EndReason.Service && done is { } at && IsScheduled(assignment, at)) reason = EndReason.Expired;
            return new(reason, expired ?? done, asked ?? done ?? 0);
        }

        return expired is { } end ? new(IsScheduled(assignment, end) ? EndReason.Expired : EndReason.Unknown, end, end) : null;
    }

    private static bool IsScheduled(EntityState assignment, long end) =>
        AssignmentSchedule.End(assignment.Json) is (long planned, _) && Math.Abs(end - planned) <= RequestTiming.EndDelay;

    private static bool IsDelivered(EntityState request) =>
        request.Text(FactNames.State) is { } state && state.Equals("delivered", StringComparison.OrdinalIgnoreCase);
}
