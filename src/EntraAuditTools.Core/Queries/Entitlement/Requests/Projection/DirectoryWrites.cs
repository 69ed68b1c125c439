using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Events;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Linking;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Projection;

/// <summary>
/// Writes of the Core Directory to a request's user that share a correlation id with its events: memberships and roles that its delivery
/// gave or took. Each goes to one request: of several that share id and user to the one whose delivery is nearest in time.
/// </summary>
internal sealed class DirectoryWrites : IDisposable
{
    private const string Service = "CORE DIRECTORY";

    private readonly MirrorReader mirror;
    private readonly ActivityDimensions words;
    private readonly HashSet<long> kinds;
    private readonly Dictionary<(string Correlation, string Person), List<EventGroup>> sharers = [];
    private readonly Dictionary<string, string> identitiesOf = [];
    private readonly Statement find;
    private readonly Statement identities;
    private readonly long until;

    /// <summary>Prepares for the requests found.</summary>
    /// <param name="mirror">The mirror, which stays open meanwhile.</param>
    /// <param name="words">Words behind numbers.</param>
    /// <param name="groups">All requests that are known: what they share is told apart.</param>
    /// <param name="asOf">Later writes are left out; null for all.</param>
    public DirectoryWrites(MirrorReader mirror, ActivityDimensions words, IEnumerable<EventGroup> groups, DateTimeOffset? asOf)
    {
        this.mirror = mirror;
        this.words = words;
        until = asOf?.UtcTicks ?? ActivityTime.MaxTicks;
        kinds = words.ActivityTypes.Where(k => ServiceAliases.ServiceKey(k.Value.Service) == Service).Select(k => k.Key).ToHashSet();
        foreach (var group in groups)
        {
            foreach (var id in group.Correlations)
            {
                foreach (var person in group.Persons)
                {
                    if (!sharers.TryGetValue((id, person), out var list)) sharers.Add((id, person), list = []);
                    list.Add(group);
                }
            }
        }

        // By the user rather than by the correlation id: an import of thousands of assignments can share one.
        find = mirror.Prepare("""
            SELECT a.id, a.drift, a.kind, a.result, a.actor, a.target, a.record_id, a.block, a.correlation
            FROM activity_target t CROSS JOIN activity a ON a.id = t.activity
            WHERE t.identity IN (SELECT value FROM json_each(?)) AND t.activity BETWEEN ? AND ? AND a.correlation IS NOT NULL AND a.origin = 0
            ORDER BY a.id
            """);
        identities = mirror.Prepare("SELECT id FROM identity WHERE object_id = ?1 UNION SELECT id FROM identity WHERE upn = ?1");
    }

    /// <summary>The writes of a request.</summary>
    public IEnumerable<(long Row, long Block, AccessPackageRequestEvent Event)> Of(EventGroup group)
    {
        var seen = new HashSet<long>();
        foreach (var person in group.Persons.Order(StringComparer.Ordinal))
        {
            find.BindString(1, IdentitiesOf(person)).Bind(2, ActivityTime.ToRowId(group.First - RequestTiming.DirectoryDelay))
                .Bind(3, ActivityTime.ToRowId(Math.Min(group.Last + RequestTiming.DirectoryDelay, until) + ActivityTime.SlackTicks));
            // Read to the end before any is shown: the statement serves the next request.
            var found = new List<(long, long, AccessPackageRequestEvent)>();
            while (mirror.Step(find))
            {
                if (Write(group, person, seen) is { } write) found.Add(write);
            }

            foreach (var write in found) yield return write;
        }
    }

    // The write of the current row; null where it is of something else.
    private (long Row, long Block, AccessPackageRequestEvent Event)? Write(EventGroup group, string person, HashSet<long> seen)
    {
        var (id, type) = (find.Number(0), find.Number(2));
        if (!kinds.Contains(type) || (find.IsBlob(8) ? StoredId.Correlation(find.Blob(8)) : find.String(8)) is not { } correlation
            || !group.Correlations.Contains(correlation) || !seen.Add(id)) return null;
        var ticks = ActivityTime.ToTicks(id, find.Number(1));
        if (ticks > until || !IsNearest(group, (correlation, person), ticks)) return null;
        var actor = words.Identity(find.Number(4));
        return (id, find.Number(7), new AccessPackageRequestEvent
        {
            Time = UtcTime.Of(ticks),
            Phase = RequestPhase.Directory.ToString(),
            Activity = words.ActivityType(type).Activity,
            By = actor.UserPrincipalName ?? actor.DisplayName ?? actor.ObjectId,
            Result = words.Term(find.Number(3)),
            Detail = words.Identity(find.Number(5)).Summary,
            MatchedBy = LinkKind.CorrelationId.ToString(),
            CorrelationId = TerminalText.Visible(correlation),
            RecordId = TerminalText.Visible(StoredId.Record(find.String(6), correlation)),
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        find.Dispose();
        identities.Dispose();
    }

    private bool IsNearest(EventGroup group, (string Correlation, string Person) key, long ticks)
    {
        var all = sharers[key];
        return all.Count == 1 || all.OrderBy(other => Distance(other, ticks)).ThenBy(other => other.RequestId, StringComparer.Ordinal).First() == group;
    }

    // Services write to the directory when they deliver, not when somebody asks.
    private static long Distance(EventGroup group, long ticks) => group.Events
        .Select(e => Math.Abs(e.Event.Ticks - ticks) + (e.Event.Phase is RequestPhase.Delivery or RequestPhase.Resource or RequestPhase.End
            ? 0 : TimeSpan.TicksPerDay)).Min();

    private string IdentitiesOf(string person)
    {
        if (identitiesOf.TryGetValue(person, out var known)) return known;
        identities.BindString(1, person);
        var list = new List<long>();
        while (mirror.Step(identities)) list.Add(identities.Number(0));
        identitiesOf.Add(person, known = "[" + string.Join(',', list) + "]");
        return known;
    }
}
