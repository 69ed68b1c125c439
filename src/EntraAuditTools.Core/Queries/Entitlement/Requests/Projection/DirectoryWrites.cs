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
internal sealed class DirectoryWrites
{
    private const string Service = "CORE DIRECTORY";

    // Thousands of assignments made at once can share a correlation id: then the rows of the user are fewer.
    private const int MostSharing = 100;

    private const string OfCorrelation = "SELECT id FROM activity INDEXED BY activity_correlation WHERE correlation = ? AND id BETWEEN ? AND ?";
    private const string OfTarget = "SELECT activity FROM activity_target WHERE identity = ? AND activity BETWEEN ? AND ?";
    private const string Write = "SELECT drift, kind, result, actor, target, record_id, block, correlation, origin FROM activity WHERE id = ?";
    private const string Identities = "SELECT id FROM identity WHERE object_id = ?1 UNION ALL SELECT id FROM identity WHERE upn = ?1";

    private readonly MirrorReader mirror;
    private readonly ActivityDimensions words;
    private readonly HashSet<long> types;
    private readonly Dictionary<(string Correlation, string Person), List<EventGroup>> sharers = [];
    private readonly Dictionary<string, List<long>> identitiesOf = [];
    private readonly long until;

    /// <summary>Prepares for the requests found.</summary>
    /// <param name="mirror">The mirror, which stays open meanwhile.</param>
    /// <param name="words">Words behind numbers.</param>
    /// <param name="groups">All requests that are known: what they share goes to one of them.</param>
    /// <param name="asOf">Later writes are left out; null for all.</param>
    public DirectoryWrites(MirrorReader mirror, ActivityDimensions words, IEnumerable<EventGroup> groups, DateTimeOffset? asOf)
    {
        this.mirror = mirror;
        this.words = words;
        until = asOf?.UtcTicks ?? ActivityTime.MaxTicks;
        types = words.ActivityTypes.Where(type => ServiceAliases.ServiceKey(type.Value.Service) == Service).Select(type => type.Key)
            .ToHashSet();
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
    }

    /// <summary>The writes of a request.</summary>
    public IEnumerable<(long Row, long Block, AccessPackageRequestEvent Event)> Of(EventGroup group)
    {
        var range = (From: ActivityTime.ToRowId(group.FirstTicks - RequestTiming.DirectoryDelay),
            To: ActivityTime.ToRowId(Math.Min(group.LastTicks + RequestTiming.DirectoryDelay, until) + ActivityTime.SlackTicks));
        var sharing = Sharing(group, range);
        if (sharing is { Count: 0 }) yield break;
        var seen = new HashSet<long>();
        foreach (var person in group.Persons.Order(StringComparer.Ordinal))
        {
            var rows = sharing?.Where(row => IsTarget(person, row)) ?? RowsOf(person, range);
            foreach (var row in rows.Order())
            {
                if (seen.Contains(row) || Read(row, group, person, seen) is not { } write) continue;
                yield return (row, write.Block, write.Event);
            }
        }
    }

    // Rows that share a correlation id with the request and are not its own; null where those are many.
    private List<long>? Sharing(EventGroup group, (long From, long To) range)
    {
        var ownRows = group.Events.Select(e => e.Event.Row).ToHashSet();
        var rows = new List<long>();
        foreach (var id in group.Correlations)
        {
            var found = mirror.Prepared(OfCorrelation).Bind(2, range.From).Bind(3, range.To);
            if (StoredId.ToCorrelation(id) is byte[] bytes) found.BindBlob(1, bytes);
            else found.BindString(1, id);
            while (mirror.Step(found))
            {
                if (!ownRows.Contains(found.Number(0))) rows.Add(found.Number(0));
                if (rows.Count <= MostSharing) continue;
                found.Reset();
                return null;
            }
        }

        return rows;
    }

    private bool IsTarget(string person, long row)
    {
        foreach (var identity in IdentitiesOf(person))
        {
            var found = mirror.Prepared(OfTarget).Bind(1, identity).Bind(2, row).Bind(3, row);
            if (!mirror.Step(found)) continue;
            found.Reset();
            return true;
        }

        return false;
    }

    private List<long> RowsOf(string person, (long From, long To) range)
    {
        var rows = new List<long>();
        foreach (var identity in IdentitiesOf(person))
        {
            var found = mirror.Prepared(OfTarget).Bind(1, identity).Bind(2, range.From).Bind(3, range.To);
            while (mirror.Step(found)) rows.Add(found.Number(0));
        }

        return rows;
    }

    // The write of a row; null where it is of something else.
    private (long Block, AccessPackageRequestEvent Event)? Read(long id, EventGroup group, string person, HashSet<long> seen)
    {
        var row = mirror.Prepared(Write).Bind(1, id);
        if (!mirror.Step(row)) return null;
        var (drift, type, result, actorId, target, block, origin) =
            (row.Number(0), row.Number(1), row.Number(2), row.Number(3), row.Number(4), row.Number(6), row.Number(8));
        var record = row.String(5);
        var correlation = row.IsBlob(7) ? StoredId.Correlation(row.Blob(7)) : row.String(7);
        row.Reset();
        if (origin != 0 || !types.Contains(type) || correlation == null || !group.Correlations.Contains(correlation)) return null;
        seen.Add(id);
        var ticks = ActivityTime.ToTicks(id, drift);
        if (ticks > until || !IsNearest(group, (correlation, person), ticks)) return null;
        var actor = words.Identity(actorId);
        return (block, new AccessPackageRequestEvent
        {
            Time = UtcTime.Of(ticks),
            Phase = RequestPhase.Directory.ToString(),
            Activity = words.ActivityType(type).Activity,
            By = actor.UserPrincipalName ?? actor.DisplayName ?? actor.ObjectId,
            Result = words.Term(result),
            Detail = words.Identity(target).Summary,
            MatchedBy = LinkKind.CorrelationId.ToString(),
            CorrelationId = TerminalText.Visible(correlation),
            RecordId = TerminalText.Visible(StoredId.Record(record, correlation)),
        });
    }

    private bool IsNearest(EventGroup group, (string Correlation, string Person) key, long ticks)
    {
        var all = sharers[key];
        return all.Count == 1
            || all.OrderBy(other => Distance(other, ticks)).ThenBy(other => other.RequestId, StringComparer.Ordinal).First() == group;
    }

    // Services write to the directory when they deliver, not when somebody asks.
    private static long Distance(EventGroup group, long ticks) => group.Events
        .Select(e => Math.Abs(e.Event.Ticks - ticks) + (e.Event.Phase is RequestPhase.Delivery or RequestPhase.Resource or RequestPhase.End
            ? 0 : TimeSpan.TicksPerDay)).Min();

    private List<long> IdentitiesOf(string person)
    {
        if (identitiesOf.TryGetValue(person, out var known)) return known;
        identitiesOf.Add(person, known = []);
        var row = mirror.Prepared(Identities).BindString(1, person);
        while (mirror.Step(row)) known.Add(row.Number(0));
        return known;
    }
}
