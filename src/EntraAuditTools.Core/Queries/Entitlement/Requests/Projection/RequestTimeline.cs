using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Objects;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Reconstruction;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Projection;

/// <summary>All that happened to a request, in order: its events, writes to the directory, and what only its object shows.</summary>
/// <param name="directory">Writes to the directory that share correlation ids.</param>
internal sealed class RequestTimeline(DirectoryWrites directory)
{
    /// <summary>The events as they are shown, and the rows of their activities for evidence.</summary>
    public (RecordList<AccessPackageRequestEvent> Events, IReadOnlyList<(long Row, long Block, string? RecordId)> Rows) Of(
        ReconstructedRequest request)
    {
        var rows = new List<(long, long, string?)>();
        var list = new List<(long Ticks, AccessPackageRequestEvent Event)>();
        foreach (var (logged, by) in request.Group?.Events ?? [])
        {
            rows.Add((logged.Row, logged.Block, logged.RecordId));
            list.Add((logged.Ticks, new AccessPackageRequestEvent
            {
                Time = UtcTime.Of(logged.Ticks),
                Phase = logged.Phase.ToString(),
                Activity = logged.ActivityType.Activity,
                By = Name(logged.Actor),
                Result = logged.Result,
                Detail = Detail(logged),
                MatchedBy = by.ToString(),
                CorrelationId = logged.CorrelationId,
                RecordId = logged.RecordId,
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

        foreach (var entry in OfObject(request)) list.Add((entry.Time.UtcTicks, entry));
        // The events are in order already; the sort is stable.
        return (new([.. list.OrderBy(e => e.Ticks).Select(e => e.Event)]), rows);
    }

    private static IEnumerable<AccessPackageRequestEvent> OfObject(ReconstructedRequest request)
    {
        if (request.Object is not { } fromObject) yield break;
        AccessPackageRequestEvent Event(DateTimeOffset time, RequestPhase phase, string what) =>
            new() { Time = time, Phase = phase.ToString(), Activity = what, MatchedBy = "RequestObject",
                Detail = phase == RequestPhase.Request ? fromObject.Justification : fromObject.Words };
        if (request.Start == null && fromObject.Created is { } created)
            yield return Event(created, RequestPhase.Request, "Created, by the request object");
        // Graph does not say when an extension was called: it was by the time that the request was completed, or else exported.
        foreach (var callout in fromObject.Callouts)
        {
            yield return new()
            {
                Time = fromObject.Completed ?? UtcTime.Of(fromObject.ObservedTicks),
                Phase = nameof(RequestPhase.Callout), Activity = callout.Words,
                    Result = callout.Result, MatchedBy = "RequestObject",
                Detail = (callout.Detail == null ? string.Empty : callout.Detail.TrimEnd('.') + ". ")
                + "When it was called is not told: not after this time." + (callout.Run == null ? string.Empty : $" Run {callout.Run}."),
            };
        }

        if ((request.Group == null || request.StatusIsOfObject) && fromObject.Completed is { } completed)
            yield return Event(completed, RequestPhase.Delivery, $"{request.Status}, by the request object");
    }

    private static string? Name(IdentityText person) => person.UserPrincipalName ?? person.DisplayName ?? person.ObjectId;

    private static string? Detail(EntitlementEvent logged)
    {
        if (logged.Justification != null) return logged.Justification;
        if (logged.Reason != null) return logged.Reason;
        if (logged.Effect == RequestEffect.AddApprover) return logged.TargetOf("User") is { } approver ? Name(approver) : null;
        return logged.Phase == RequestPhase.Resource ? logged.TargetOf("AccessPackageResource")?.Summary : null;
    }
}
