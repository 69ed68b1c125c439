using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Linking;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Objects;
using EntraAuditTools.Core.Queries.Entitlement.Requests.States;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests;

/// <summary>
/// Finds for each request that gave access what ended it: a removal (a request of its own) of the same assignment, else of the same person
/// and package, or an event of the request's own that says so.
/// </summary>
internal static class AssignmentEnds
{
    /// <summary>Words of the service's reason.</summary>
    private static readonly (string Word, string Reason)[] Words =
        [("review", "AccessReview"), ("expire", "Expired"), ("expiration", "Expired"), ("rule", "PolicyRule"), ("deleted", "UserDeleted")];

    /// <summary>The ends, by request.</summary>
    public static Dictionary<EventGroup, AssignmentEnd> Find(IReadOnlyCollection<EventGroup> groups, People people)
    {
        var ends = new Dictionary<EventGroup, AssignmentEnd>();
        foreach (var group in groups)
        {
            if (!group.IsRemoval && OwnEnd(group) is { } own) ends.Add(group, Tell(own, group, own, people));
        }

        var givers = groups.Where(d => d.Type is not ("Removal" or "Extension" or "Update") && CanHaveGiven(d)).ToList();
        var byAssignment = givers.SelectMany(d => d.Assignments.Select(id => (Id: id, Group: d)))
            .ToLookup(p => p.Id, p => p.Group, StringComparer.OrdinalIgnoreCase);
        var byPerson = givers.SelectMany(d =>
            d.Persons.SelectMany(_ => d.Packages, (person, package) => (Key: (person, package.ToLowerInvariant()), Group: d)))
            .ToLookup(p => p.Key, p => p.Group);
        foreach (var removal in groups.Where(d => d.IsRemoval).OrderBy(d => d.First).ThenBy(d => d.RequestId, StringComparer.Ordinal))
        {
            var status = RequestStateMachine.Follow(removal.Events, isRemoval: true).Status;
            if (RequestStateMachine.IsRefused(status) || status == RequestStateMachine.Failed) continue;
            var given = removal.Assignments.SelectMany(id => byAssignment[id]);
            var giver = Last(given, removal, ends)
                ?? Last(removal.Persons.SelectMany(_ => removal.Packages, (person, package) => (person, package.ToLowerInvariant()))
                    .SelectMany(key => byPerson[key]).Where(d => AgreeOnAssignment(d, removal)), removal, ends);
            if (giver == null) continue;
            var gone = removal.Events.LastOrDefault(e => !e.Event.Failed && e.Event.Effect is RequestEffect.End or RequestEffect.Fulfill).Event;
            ends.Add(giver, Tell(removal.Start ?? gone ?? removal.Events[0].Event, giver, gone, people, removal));
        }

        return ends;
    }

    // An assignment has one end: a giver that has one already is not it. Records may be missing, so one that nothing says was delivered can be.
    private static EventGroup? Last(IEnumerable<EventGroup> givers, EventGroup removal, Dictionary<EventGroup, AssignmentEnd> ends) => givers
        .Where(d => !ends.ContainsKey(d) && d.First <= removal.First)
        .OrderByDescending(d => d.WasDelivered).ThenByDescending(d => d.First).ThenBy(d => d.RequestId, StringComparer.Ordinal).FirstOrDefault();

    private static bool AgreeOnAssignment(EventGroup a, EventGroup b) =>
        a.Assignments.Count == 0 || b.Assignments.Count == 0 || a.Assignments.Overlaps(b.Assignments);

    private static bool CanHaveGiven(EventGroup group)
    {
        var status = RequestStateMachine.Follow(group.Events, isRemoval: false).Status;
        return !RequestStateMachine.IsRefused(status) && (status != RequestStateMachine.Failed || group.Start is not { Failed: true });
    }

    private static EntitlementEvent? OwnEnd(EventGroup group) =>
        group.Events.LastOrDefault(e => !e.Event.Failed && e.Event.Effect == RequestEffect.End).Event;

    private static AssignmentEnd Tell(EntitlementEvent cause, EventGroup giver, EntitlementEvent? gone, People people, EventGroup? removal = null) =>
        new(Reason(cause, giver, removal, people), gone?.Ticks, removal?.Start?.Ticks ?? gone?.Ticks ?? cause.Ticks);

    private static string Reason(EntitlementEvent cause, EventGroup giver, EventGroup? removal, People people)
    {
        if (cause.Meaning?.End is { } told and not RequestActivities.ByService) return told;
        if (removal?.Events.Any(e => e.Event.Effect == RequestEffect.Review) == true) return "AccessReview";
        if (cause.Reason is { } words && Array.Find(Words, w => words.Contains(w.Word, StringComparison.OrdinalIgnoreCase)).Reason is { } named) return named;
        if (cause.Meaning?.End == RequestActivities.ByService) return giver.Type == "AutoAssignment" ? "PolicyRule" : "Expired";
        // Only that it is gone: by whoever did it.
        if (!cause.ActorIsUser || cause.Effect != RequestEffect.End) return "Unknown";
        return people.Key(cause.Actor) is { } key && giver.Persons.Contains(key) ? "CanceledByUser" : "RemovedByAdministrator";
    }
}
