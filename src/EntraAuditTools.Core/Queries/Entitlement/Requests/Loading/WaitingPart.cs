using EntraAuditTools.Core.Queries.Entitlement.Requests.Linking;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Loading;

/// <summary>Some of the requests that may wait for approval: as many as are reconstructed at once.</summary>
/// <param name="RequestIds">Requests that events name.</param>
/// <param name="Unlinked">Rows of events that ask for an approval and name no request.</param>
/// <param name="OtherIds">Requests of other parts.</param>
internal sealed record WaitingPart(IReadOnlySet<string> RequestIds, IReadOnlyList<long> Unlinked, IReadOnlySet<string> OtherIds)
{
    private static readonly HashSet<string> None = [];

    private readonly HashSet<long> rows = [.. Unlinked];

    /// <summary>Whether it is the part that can have requests of any time; request objects without events are in it, too.</summary>
    public bool IsUndated { get; init; }

    /// <summary>
    /// Divides requests: into one part of all, or, where they are many, one of those whose beginning no event shows, and others of which
    /// each is earlier than the one before.
    /// </summary>
    /// <param name="found">The requests.</param>
    /// <param name="most">How many make a part, at least.</param>
    public static (WaitingPart Undated, IReadOnlyList<WaitingPart> Dated) Divide(ApprovalCandidates found, int most)
    {
        if (found.Requests.Count + found.Unlinked.Count <= most)
            return (new(Ids(found.Requests), found.Unlinked, None) { IsUndated = true }, []);
        var begins = found.Begins();
        var dated = Divide([.. begins.OrderByDescending(pair => pair.Value)], most).Select(some => new WaitingPart(Ids(some), [], None));
        return (new(Ids(found.Requests.Where(id => !begins.ContainsKey(id))), found.Unlinked, Ids(begins.Keys)) { IsUndated = true },
            [.. dated]);
    }

    /// <summary>Whether a request, by its events, is of this part.</summary>
    public bool Has(EventGroup group)
    {
        if (group.RequestId is { } id && RequestIds.Contains(id)) return true;
        return rows.Count > 0 && !(group.RequestId is { } other && OtherIds.Contains(other))
            && group.Events.Any(e => rows.Contains(e.Event.Row));
    }

    // Rows are only about in the order of time: what is close in time stays in one part.
    private static IEnumerable<List<string>> Divide(List<KeyValuePair<string, long>> dated, int most)
    {
        const long Close = 2 * ActivityTime.SlackTicks << ActivityTime.SequenceBits;
        var (some, last) = (new List<string>(), 0L);
        foreach (var (id, row) in dated)
        {
            if (some.Count >= most && last - row > Close)
            {
                yield return some;
                some = [];
            }

            some.Add(id);
            last = row;
        }

        if (some.Count > 0) yield return some;
    }

    private static HashSet<string> Ids(IEnumerable<string> ids) => new(ids, StringComparer.OrdinalIgnoreCase);
}
