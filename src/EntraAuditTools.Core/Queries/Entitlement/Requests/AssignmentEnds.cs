using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;

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
    public static Dictionary<RequestDraft, AssignmentEnd> Find(IReadOnlyCollection<RequestDraft> drafts, People people)
    {
        var ends = new Dictionary<RequestDraft, AssignmentEnd>();
        foreach (var draft in drafts)
        {
            if (!draft.IsRemoval && OwnEnd(draft) is { } own) ends.Add(draft, Tell(own, draft, own, people));
        }

        var givers = drafts.Where(d => d.Type is not ("Removal" or "Extension" or "Update") && CanHaveGiven(d)).ToList();
        var byAssignment = givers.SelectMany(d => d.Assignments.Select(id => (Id: id, Draft: d)))
            .ToLookup(p => p.Id, p => p.Draft, StringComparer.OrdinalIgnoreCase);
        var byPerson = givers.SelectMany(d =>
            d.Persons.SelectMany(_ => d.Packages, (person, package) => (Key: (person, package.ToLowerInvariant()), Draft: d)))
            .ToLookup(p => p.Key, p => p.Draft);
        foreach (var removal in drafts.Where(d => d.IsRemoval).OrderBy(d => d.First).ThenBy(d => d.RequestId, StringComparer.Ordinal))
        {
            var status = RequestStates.Follow(removal.Events, isRemoval: true).Status;
            if (RequestStates.IsRefused(status) || status == RequestStates.Failed) continue;
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
    private static RequestDraft? Last(IEnumerable<RequestDraft> givers, RequestDraft removal, Dictionary<RequestDraft, AssignmentEnd> ends) => givers
        .Where(d => !ends.ContainsKey(d) && d.First <= removal.First)
        .OrderByDescending(d => d.WasDelivered).ThenByDescending(d => d.First).ThenBy(d => d.RequestId, StringComparer.Ordinal).FirstOrDefault();

    private static bool AgreeOnAssignment(RequestDraft a, RequestDraft b) =>
        a.Assignments.Count == 0 || b.Assignments.Count == 0 || a.Assignments.Overlaps(b.Assignments);

    private static bool CanHaveGiven(RequestDraft draft)
    {
        var status = RequestStates.Follow(draft.Events, isRemoval: false).Status;
        return !RequestStates.IsRefused(status) && (status != RequestStates.Failed || draft.Start is not { Failed: true });
    }

    private static EntitlementEvent? OwnEnd(RequestDraft draft) =>
        draft.Events.LastOrDefault(e => !e.Event.Failed && e.Event.Effect == RequestEffect.End).Event;

    private static AssignmentEnd Tell(EntitlementEvent cause, RequestDraft giver, EntitlementEvent? gone, People people, RequestDraft? removal = null) =>
        new(Reason(cause, giver, removal, people), gone?.Ticks, removal?.Start?.Ticks ?? gone?.Ticks ?? cause.Ticks);

    private static string Reason(EntitlementEvent cause, RequestDraft giver, RequestDraft? removal, People people)
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
