using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Linking;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Loading;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Objects;
using EntraAuditTools.Core.Queries.Entitlement.Requests.States;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Reconstruction;

/// <summary>
/// Finds for each request that gave access what ended it: a removal (a request of its own) of the same assignment, else of the same person
/// and package, or an event of the request's own that says so.
/// </summary>
internal static class AssignmentEnds
{
    /// <summary>Words of the service's reason.</summary>
    private static readonly (string Word, EndReason Reason)[] Words =
        [
            ("review", EndReason.AccessReview), ("expire", EndReason.Expired), ("expiration", EndReason.Expired),
            ("rule", EndReason.PolicyRule),
            ("deleted", EndReason.UserDeleted),
        ];

    /// <summary>The ends, by request.</summary>
    public static Dictionary<EventGroup, AssignmentEnd> Find(IReadOnlyCollection<EventGroup> groups, People people)
    {
        var ends = new Dictionary<EventGroup, AssignmentEnd>();
        foreach (var group in groups)
        {
            if (!group.IsRemoval && OwnEnd(group) is { } ended) ends.Add(group, Describe(ended, group, ended, people));
        }

        var givers = groups.Where(g => !g.Type.ChangesAssignment() && CanHaveGiven(g)).ToList();
        var byAssignment = givers.SelectMany(g => g.Assignments.Select(id => (Id: id, Group: g)))
            .ToLookup(p => p.Id, p => p.Group, StringComparer.OrdinalIgnoreCase);
        var byPerson = givers.SelectMany(g => PersonPackages(g).Select(pair => (Key: pair, Group: g))).ToLookup(p => p.Key, p => p.Group);
        foreach (var removal in groups.Where(g => g.IsRemoval).OrderBy(g => g.FirstTicks).ThenBy(g => g.RequestId, StringComparer.Ordinal))
        {
            if (removal.State.Status.IsRefused() || removal.State.Status == RequestStatus.Failed) continue;
            var giver = FindGiver(removal.Assignments.SelectMany(id => byAssignment[id]), removal, ends)
                ?? FindGiver(PersonPackages(removal).SelectMany(pair => byPerson[pair]).Where(g => AgreeOnAssignment(g, removal)),
                    removal, ends);
            if (giver == null) continue;
            var gone = removal.Events.LastOrDefault(e => !e.Event.Failed
                && e.Event.Effect is RequestEffect.End or RequestEffect.Fulfill).Event;
            ends.Add(giver, Describe(removal.Start ?? gone ?? removal.Events[0].Event, giver, gone, people, removal));
        }

        return ends;
    }

    private static IEnumerable<(string Person, string Package)> PersonPackages(EventGroup group) =>
        group.Persons.SelectMany(_ => group.Packages, (person, package) => (person, package.ToLowerInvariant()));

    // An assignment has one end: a giver that has one already is not it. Records may be missing, so one of which nothing says that it was
    // delivered can be.
    private static EventGroup? FindGiver(IEnumerable<EventGroup> givers, EventGroup removal, Dictionary<EventGroup, AssignmentEnd> ends) =>
        givers.Where(g => !ends.ContainsKey(g) && g.FirstTicks <= removal.FirstTicks)
        .OrderByDescending(g => g.WasDelivered).ThenByDescending(g => g.FirstTicks).ThenBy(g => g.RequestId, StringComparer.Ordinal)
        .FirstOrDefault();

    private static bool AgreeOnAssignment(EventGroup a, EventGroup b) =>
        a.Assignments.Count == 0 || b.Assignments.Count == 0 || a.Assignments.Overlaps(b.Assignments);

    private static bool CanHaveGiven(EventGroup group) =>
        !group.State.Status.IsRefused() && (group.State.Status != RequestStatus.Failed || group.Start is not { Failed: true });

    private static EntitlementEvent? OwnEnd(EventGroup group) =>
        group.Events.LastOrDefault(e => !e.Event.Failed && e.Event.Effect == RequestEffect.End).Event;

    private static AssignmentEnd Describe(EntitlementEvent cause, EventGroup giver, EntitlementEvent? gone, People people,
        EventGroup? removal = null) =>
        new(Reason(cause, giver, removal, people), gone?.Ticks, removal?.Start?.Ticks ?? gone?.Ticks ?? cause.Ticks);

    private static EndReason Reason(EntitlementEvent cause, EventGroup giver, EventGroup? removal, People people)
    {
        if (cause.Meaning?.End is { } documented and not EndReason.Service) return documented;
        if (removal?.Events.Any(e => e.Event.Effect == RequestEffect.Review) == true) return EndReason.AccessReview;
        if (cause.Reason is { } text
            && Array.FindIndex(Words, w => text.Contains(w.Word, StringComparison.OrdinalIgnoreCase)) is >= 0 and var found)
            return Words[found].Reason;
        if (cause.Meaning?.End == EndReason.Service)
            return giver.Type == RequestType.AutoAssignment ? EndReason.PolicyRule : EndReason.Expired;
        // Only that it is gone: by whoever did it.
        if (!cause.ActorIsUser || cause.Effect != RequestEffect.End) return EndReason.Unknown;
        return people.Key(cause.Actor) is { } key && giver.Persons.Contains(key)
            ? EndReason.CanceledByUser : EndReason.RemovedByAdministrator;
    }
}
