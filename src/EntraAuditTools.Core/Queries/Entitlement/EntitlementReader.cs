using EntraAuditTools.Core.Formats;
using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Mirror;
using EntraAuditTools.Core.Mirror.Entities;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Queries.Entitlement;

/// <summary>
/// Reads what has states, as it was at a time by everything known now. What was read is kept for the question's duration.
/// </summary>
internal sealed class EntitlementReader
{
    private const int MaxAtOnce = 500;
    private const string AssignmentColumns = "a.entity, a.package, a.policy, a.subject, a.catalog, a.state, a.starts, a.ends, a.end_known, a.expired, a.gone, a.portal, a.latest, a.versions";
    private const string StateColumns = "s.entity, s.id, s.observed, s.seen, s.last_observed, s.last_seen, s.assumed, s.gone, s.digest, s.block, s.slot, s.facts";

    private readonly Dictionary<long, EntityRef?> refs = [];
    private readonly Dictionary<long, IReadOnlyList<StoredState>> stored = [];
    private readonly Dictionary<long, EntityState> states = [];
    private readonly Dictionary<(long, EdgeRole), EdgeList> edges = [];
    private readonly Dictionary<long, string?> terms = [];

    /// <summary>Reads at a time.</summary>
    /// <param name="mirror">The mirror, which stays open meanwhile.</param>
    /// <param name="asOf">The time; null for the newest.</param>
    /// <exception cref="AuditToolException">MirrorOlder: it was made by a version that had no entitlement management.</exception>
    public EntitlementReader(MirrorReader mirror, DateTimeOffset? asOf)
    {
        Mirror = mirror;
        AsOf = asOf?.UtcTicks;
        if (mirror.SchemaVersion < MirrorSchema.Version) throw MirrorErrors.Older(mirror.Path);
    }

    public MirrorReader Mirror { get; }

    /// <summary>The time asked for, UTC ticks; null for the newest.</summary>
    public long? AsOf { get; }

    /// <summary>The time asked for, or now, UTC ticks.</summary>
    public long Time => AsOf ?? now;

    private readonly long now = DateTime.UtcNow.Ticks;

    /// <summary>An entity by its number.</summary>
    public EntityRef? Ref(long number)
    {
        if (number == 0) return null;
        if (!refs.ContainsKey(number)) LoadRefs([number]);
        return refs[number];
    }

    /// <summary>An entity by its id; null when the mirror does not name it.</summary>
    public EntityRef? Ref(EntityKind kind, string? id)
    {
        if (string.IsNullOrEmpty(id)) return null;
        var sql = new SqlText();
        sql.Add($"SELECT id FROM entity WHERE object_id = {sql.Bind(StoredEntityId.ToStored(id))} AND kind = {(int)kind}");
        var number = Mirror.Query(sql, row => row.GetInt64(0)).FirstOrDefault();
        return Ref(number);
    }

    /// <summary>Entities by id, name or UPN; PowerShell wildcards.</summary>
    public IReadOnlyList<long> Find(EntityKind kind, IReadOnlyList<string> texts)
    {
        var found = new HashSet<long>();
        var names = new List<string>();
        foreach (var text in texts)
        {
            // An id is exact; a name could look like one, so both are tried only for what is no GUID.
            if (new WildcardText(text).Literal is not { } literal)
            {
                names.Add(text);
                continue;
            }

            if (Ref(kind, literal) is { } byId) found.Add(byId.Number);
            if (!Guid.TryParse(literal, out _)) names.Add(text);
        }

        if (names.Count > 0)
        {
            foreach (var column in kind == EntityKind.User ? new[] { "name", "upn" } : ["name"])
            {
                var sql = new SqlText("SELECT id FROM entity WHERE ");
                sql.Add($"{TextCondition.AnyOf(sql, names, column)} AND +kind = {(int)kind}");
                found.UnionWith(Mirror.Query(sql, row => row.GetInt64(0)));
            }
        }

        return [.. found];
    }

    /// <summary>All entities of a kind of which anything was observed.</summary>
    public IReadOnlyList<long> All(EntityKind kind)
    {
        // Not EXISTS, which SQLite 3.35 turns into IN: it then reads every state there is.
        var sql = new SqlText();
        sql.Add($"SELECT e.id FROM entity e WHERE e.kind = {(int)kind} AND (SELECT 1 FROM entity_state s WHERE s.entity = e.id LIMIT 1)");
        return [.. Mirror.Query(sql, row => row.GetInt64(0))];
    }

    /// <summary>
    /// What is known of an entity at the time asked for; without facts when it was only named. Null when it did not exist then: created
    /// later, or missing in a complete export.
    /// </summary>
    public EntityState? StateOf(long entity)
    {
        var state = StateOrGone(entity);
        return state.IsGone || (AsOf is { } asOf && !state.ExistedAt(asOf)) ? null : state;
    }

    /// <summary>As <see cref="StateOf"/>, also when it did not exist at the time asked for.</summary>
    public EntityState StateOrGone(long entity)
    {
        if (states.TryGetValue(entity, out var state)) return state;
        if (!stored.ContainsKey(entity)) LoadStates([entity]);
        states.Add(entity, state = EntityState.At(stored[entity], AsOf));
        return state;
    }

    /// <summary>Reads many entities at once that will be asked for one by one.</summary>
    public void Prefetch(IEnumerable<long> entities, bool withStates)
    {
        foreach (var some in entities.Where(e => e != 0 && (!refs.ContainsKey(e) || (withStates && !stored.ContainsKey(e)))).Distinct().Chunk(MaxAtOnce))
        {
            LoadRefs(some.Where(e => !refs.ContainsKey(e)).ToArray());
            if (withStates) LoadStates(some.Where(e => !stored.ContainsKey(e)).ToArray());
        }
    }

    /// <summary>The entities of a kind that name an entity: policies of a package, packages of a catalog. Not for assignments.</summary>
    public IReadOnlyList<long> Referring(long target, EntityKind sourceKind)
    {
        var sql = new SqlText();
        sql.Add($"SELECT source FROM entity_link WHERE target = {sql.Bind(target)} AND kind = {(int)sourceKind}");
        return [.. Mirror.Query(sql, row => row.GetInt64(0))];
    }

    /// <summary>An entity's list at the time asked for.</summary>
    public EdgeList Edges(long source, EdgeRole role)
    {
        if (edges.TryGetValue((source, role), out var list)) return list;
        // Before the first observation the list is taken to have been what it was then.
        var sql = new SqlText();
        sql.Add($"""
            SELECT target FROM edge WHERE source = {sql.Bind(source)} AND role = {(int)role} AND (gone IS NULL OR gone > {sql.Bind(Time)})
                AND first <= max({sql.Bind(Time)}, (SELECT min(first) FROM edge WHERE source = {sql.Bind(source)} AND role = {(int)role}))
            """);
        var targets = Mirror.Query(sql, row => row.GetInt64(0)).Distinct().ToList();
        var told = new SqlText();
        told.Add($"SELECT count(*), coalesce(max(complete), 0) FROM edge_list WHERE source = {told.Bind(source)} AND role = {(int)role}");
        var (count, complete) = Mirror.Query(told, row => (row.GetInt64(0), row.GetInt64(1))).First();
        edges.Add((source, role), list = new(targets, count > 0 || targets.Count > 0, complete != 0));
        return list;
    }

    /// <summary>The entities in whose lists an entity is at the time asked for.</summary>
    public IReadOnlyList<long> Sources(long target, EdgeRole role)
    {
        var sql = new SqlText();
        sql.Add($"SELECT source FROM edge INDEXED BY edge_target WHERE target = {sql.Bind(target)} AND role = {(int)role} AND (gone IS NULL OR gone > {sql.Bind(Time)}) AND first <= {sql.Bind(Time)}");
        return [.. Mirror.Query(sql, row => row.GetInt64(0)).Distinct()];
    }

    /// <summary>Assignments of any of some packages, to any of some subjects, or ending in a span; null for any.</summary>
    public IEnumerable<AssignmentRow> Assignments(IReadOnlyCollection<long>? packages = null, IReadOnlyCollection<long>? subjects = null, IReadOnlyCollection<long>? entities = null, (long From, long To)? ends = null)
    {
        if (packages is { Count: 0 } || subjects is { Count: 0 } || entities is { Count: 0 }) return [];
        var sql = new SqlText($"SELECT {AssignmentColumns} FROM assignment a WHERE 1");
        // A subject has few assignments, a package hundreds: the other column's index stays out of it.
        if (entities != null) sql.Add($" AND {sql.In("a.entity", entities)}");
        if (subjects != null) sql.Add($" AND {sql.In(entities != null ? "+a.subject" : "a.subject", subjects)}");
        if (packages != null) sql.Add($" AND {sql.In(subjects != null || entities != null ? "+a.package" : "a.package", packages)}");
        if (ends is { } span) sql.Add($" AND {(packages != null || subjects != null || entities != null ? "+a.ends" : "a.ends")} >= {sql.Bind(span.From)} AND a.ends < {sql.Bind(span.To)}");
        return Mirror.Query(sql, ReadAssignment);
    }

    /// <summary>A word by its number; null for 0.</summary>
    public string? Term(long number)
    {
        if (number == 0) return null;
        if (terms.TryGetValue(number, out var text)) return text;
        var sql = new SqlText();
        sql.Add($"SELECT text FROM term WHERE id = {sql.Bind(number)}");
        terms.Add(number, text = TextSanitizer.Clean(Mirror.Query(sql, row => row.GetString(0)).FirstOrDefault()));
        return text;
    }

    /// <summary>Every import that told something of entities, oldest first.</summary>
    public RecordList<AuditEvidence> Evidence(IReadOnlyCollection<long> entities) => EntityEvidence.Read(Mirror.Path, entities);

    private AssignmentRow ReadAssignment(SqliteDataReader row)
    {
        long? Number(int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
        return new(
            row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), Term(row.GetInt64(5)), Number(6), Number(7), row.GetInt64(8) != 0,
            Number(9), Number(10), row.GetInt64(11) != 0, row.GetInt64(12), row.GetInt32(13));
    }

    private void LoadRefs(long[] numbers)
    {
        if (numbers.Length == 0) return;
        foreach (var number in numbers) refs[number] = null;
        var sql = new SqlText();
        sql.Add($"SELECT e.id, e.kind, e.object_id, e.name, e.upn, e.tenant FROM entity e WHERE {sql.In("e.id", numbers)}");
        foreach (var found in Mirror.Query(sql, row => new EntityRef(
            row.GetInt64(0), (EntityKind)row.GetInt64(1), StoredEntityId.Of(row, 2), row.IsDBNull(3) ? null : TextSanitizer.Clean(row.GetString(3)), row.IsDBNull(4) ? null : TextSanitizer.Clean(row.GetString(4)), row.GetInt64(5))))
        {
            refs[found.Number] = found;
        }
    }

    private void LoadStates(long[] numbers)
    {
        if (numbers.Length == 0) return;
        foreach (var number in numbers) stored[number] = [];
        var sql = new SqlText();
        sql.Add($"SELECT {StateColumns} FROM entity_state s WHERE {sql.In("s.entity", numbers)} ORDER BY s.entity, s.observed, s.seen, s.digest");
        foreach (var (entity, state) in Mirror.Query(sql, row => (row.GetInt64(0), new StoredState(
            row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6) != 0, row.GetInt64(7) != 0, row.GetInt64(8), row.GetInt64(9), row.GetInt32(10), row.GetString(11)))))
        {
            if (stored[entity] is not List<StoredState> list) stored[entity] = list = [];
            list.Add(state);
        }
    }
}
