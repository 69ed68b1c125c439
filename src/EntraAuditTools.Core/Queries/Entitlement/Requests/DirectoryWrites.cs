using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Formats;
using EntraAuditTools.Core.Mirror;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests;

/// <summary>
/// Writes of the Core Directory that share a correlation id with a request's events: memberships and roles that its delivery gave or took.
/// Each goes to one request: of its user, and of several such the one whose delivery is nearest in time.
/// </summary>
internal sealed class DirectoryWrites
{
    private const string Service = "CORE DIRECTORY";

    private readonly MirrorReader mirror;
    private readonly ActivityDimensions words;
    private readonly People people;
    private readonly HashSet<long> kinds;
    private readonly Dictionary<string, List<RequestDraft>> sharers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<long>> identities = new(StringComparer.OrdinalIgnoreCase);
    private readonly long until;

    /// <summary>Prepares for the requests found.</summary>
    /// <param name="mirror">The mirror, which stays open meanwhile.</param>
    /// <param name="words">Words behind numbers.</param>
    /// <param name="people">Knows the persons.</param>
    /// <param name="drafts">All requests that are known: what they share is told apart.</param>
    /// <param name="asOf">Later writes are left out; null for all.</param>
    public DirectoryWrites(MirrorReader mirror, ActivityDimensions words, People people, IEnumerable<RequestDraft> drafts, DateTimeOffset? asOf)
    {
        this.mirror = mirror;
        this.words = words;
        this.people = people;
        until = asOf?.UtcTicks ?? long.MaxValue;
        kinds = words.Kinds.Where(k => ServiceAliases.ServiceKey(k.Value.Service) == Service).Select(k => k.Key).ToHashSet();
        foreach (var draft in drafts)
        {
            foreach (var id in draft.Correlations)
            {
                if (!sharers.TryGetValue(id, out var list)) sharers.Add(id, list = []);
                list.Add(draft);
            }
        }
    }

    /// <summary>The writes of a request.</summary>
    public IEnumerable<(long Row, long Block, AccessPackageRequestEvent Event)> Of(RequestDraft draft)
    {
        foreach (var id in draft.Correlations.Order(StringComparer.Ordinal))
        {
            var sql = new SqlText();
            sql.Add($"SELECT a.id, a.drift, a.kind, a.result, a.actor, a.target, a.record_id, a.block, a.target_count FROM activity a WHERE a.correlation = {sql.Bind(StoredId.ToCorrelation(id))} AND a.origin = 0 ORDER BY a.id");
            foreach (var row in mirror.Query(sql, r => (Id: r.GetInt64(0), Drift: r.GetInt64(1), Kind: r.GetInt64(2), Result: r.GetInt64(3), Actor: r.GetInt64(4), Target: r.GetInt64(5), RecordId: r.IsDBNull(6) ? null : r.GetString(6), Block: r.GetInt64(7), Targets: r.GetInt64(8))))
            {
                var ticks = ActivityTime.ToTicks(row.Id, row.Drift);
                var target = words.Identity(row.Target);
                if (!kinds.Contains(row.Kind) || ticks > until || !IsOf(draft, id, ticks, row.Id, target, row.Targets)) continue;
                var actor = words.Identity(row.Actor);
                yield return (row.Id, row.Block, new AccessPackageRequestEvent
                {
                    Time = UtcTime.Of(ticks),
                    Phase = RequestPhase.Directory.ToString(),
                    Activity = words.Kind(row.Kind).Activity,
                    By = actor.UserPrincipalName ?? actor.DisplayName ?? actor.ObjectId,
                    Result = words.Term(row.Result),
                    Detail = target.Summary,
                    MatchedBy = MatchKind.CorrelationId.ToString(),
                    CorrelationId = id,
                    RecordId = TextSanitizer.Clean(StoredId.Record(row.RecordId, id)),
                });
            }
        }
    }

    private bool IsOf(RequestDraft draft, string correlation, long ticks, long activity, IdentityText target, long targets)
    {
        bool Names(RequestDraft d) => d.Persons.Count == 0 || (target.Type is { } type && Utf8.Is(type, "User") && people.Key(target) is { } key ? d.Persons.Contains(key) : targets <= 1 || d.Persons.Any(p => IsTarget(activity, p)));
        if (!Names(draft)) return false;
        if (sharers[correlation].Count == 1) return true;
        return sharers[correlation].Where(Names).OrderBy(d => Distance(d, ticks)).ThenBy(d => d.RequestId, StringComparer.Ordinal).FirstOrDefault() == draft;
    }

    private bool IsTarget(long activity, string person)
    {
        if (!identities.TryGetValue(person, out var own)) identities.Add(person, own = ActivityConditions.Identities(mirror, [WildcardText.Escape(person)])!);
        if (own.Count == 0) return false;
        var sql = new SqlText("SELECT 1 FROM activity_target WHERE ");
        sql.Add($"{sql.In("identity", own)} AND activity = {sql.Bind(activity)}");
        return mirror.Query(sql, row => true).Any();
    }

    // Services write to the directory when they deliver, not when somebody asks.
    private static long Distance(RequestDraft draft, long ticks) => draft.Events
        .Select(e => Math.Abs(e.Event.Ticks - ticks) + (e.Event.Phase is RequestPhase.Delivery or RequestPhase.Resource or RequestPhase.End ? 0 : TimeSpan.TicksPerDay)).Min();
}
