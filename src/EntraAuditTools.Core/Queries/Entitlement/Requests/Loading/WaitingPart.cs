using EntraAuditTools.Core.Queries.Entitlement.Requests.Linking;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Loading;

/// <summary>Some of the requests that may wait for approval: as many as are reconstructed at once.</summary>
/// <param name="Candidates">Requests that events name.</param>
/// <param name="Unlinked">Rows of events that ask for an approval and name no request.</param>
/// <param name="OtherIds">Ids of requests of other parts.</param>
internal sealed record WaitingPart(IReadOnlyList<ApprovalCandidate> Candidates, IReadOnlyList<long> Unlinked, IReadOnlySet<string> OtherIds)
{
    /// <summary>Requests of a part: their events and what is read with them take about 40 MB.</summary>
    public const int MostRequests = 4096;

    private readonly HashSet<string> ids = new(Candidates.Select(one => one.RequestId), StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<long> rows = [.. Unlinked];

    /// <summary>Whether it is the part of which the beginnings are not known; request objects without events are in it, too.</summary>
    public bool IsUndated { get; init; }

    /// <summary>Divides requests into parts: first one of those whose beginning no event tells, then the others, each part earlier than the one before.</summary>
    public static (WaitingPart Undated, IReadOnlyList<WaitingPart> Dated) Divide(ApprovalCandidates found)
    {
        var dated = found.Requests.Where(one => one.BeginRow != null).OrderByDescending(one => one.BeginRow).ToList();
        var undated = found.Requests.FindAll(one => one.BeginRow == null);
        if (found.Requests.Count + found.Unlinked.Count <= MostRequests)
            return (new(found.Requests, found.Unlinked, new HashSet<string>()) { IsUndated = true }, []);
        var ids = dated.Select(one => one.RequestId).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return (new(undated, found.Unlinked, ids) { IsUndated = true }, [.. Divide(dated).Select(some => new WaitingPart(some, [], ids))]);
    }

    /// <summary>Whether a request, by its events, is of this part.</summary>
    public bool Has(EventGroup group) => group.RequestId is { } id && ids.Contains(id)
        || (rows.Count > 0 && !(group.RequestId is { } other && OtherIds.Contains(other)) && group.Events.Any(one => rows.Contains(one.Event.Row)));

    // Rows are only about in the order of time: what is close together stays together.
    private static IEnumerable<List<ApprovalCandidate>> Divide(List<ApprovalCandidate> dated)
    {
        const long Close = 2 * ActivityTime.SlackTicks << ActivityTime.SequenceBits;
        var some = new List<ApprovalCandidate>();
        foreach (var one in dated)
        {
            if (some.Count >= MostRequests && some[^1].BeginRow - one.BeginRow > Close)
            {
                yield return some;
                some = [];
            }

            some.Add(one);
        }

        if (some.Count > 0) yield return some;
    }
}
