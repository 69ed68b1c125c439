using System.Text.Json;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Queries.Entitlement.Entities;

/// <summary>
/// Reads what has states, as it was at a time by everything known now. What was read is kept for the question's duration.
/// </summary>
internal sealed class EntitlementReader
{
    // Beyond so many packages the whole table is read.
    private const int MaxSorted = 500;
    private const string EntityColumns = "kind, object_id, name, upn, tenant";
    private const string StateColumns =
        "s.id, s.observed, s.seen, s.last_observed, s.last_seen, s.assumed, s.gone, s.digest, s.block, s.slot, s.facts";
    private const int StateColumnCount = 11;
    private const string AssignmentColumns =
        "a.entity, a.package, a.policy, a.subject, a.catalog, a.state, a.starts, a.ends, a.end_known, a.expired, a.gone, a.portal, a.latest, a.versions";

    private readonly Dictionary<long, EntityRef?> refs = [];
    private readonly Dictionary<(EntityKind Kind, string Id), long> numbers = [];
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
        if (mirror.SchemaVersion < EntitySchema.Since) throw MirrorErrors.Older(mirror.Path);
    }

    public MirrorReader Mirror { get; }

    /// <summary>The time asked for, UTC ticks; null for the newest.</summary>
    public long? AsOf { get; }

    /// <summary>The time asked for, or now, UTC ticks.</summary>
    public long Time => AsOf ?? now;

    private readonly long now = DateTime.UtcNow.Ticks;

    /// <summary>What was exported whole.</summary>
    public CompleteExportTimes CompleteExports => completeExports ??= CompleteExportTimes.Read(Mirror);

    private CompleteExportTimes? completeExports;

    /// <summary>An entity by its number.</summary>
    public EntityRef? Ref(long number)
    {
        if (number == 0) return null;
        if (!refs.TryGetValue(number, out var known)) refs.Add(number, known = LoadRef(number));
        return known;
    }

    /// <summary>An entity by its id; null when the mirror does not name it.</summary>
    public EntityRef? Ref(EntityKind kind, string? id)
    {
        if (string.IsNullOrEmpty(id)) return null;
        if (!numbers.TryGetValue((kind, id), out var number)) numbers.Add((kind, id), number = EntityIds.Number(Mirror, kind, id));
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

    /// <summary>Whether anything was observed of an entity, also that it is gone: others may only have named it.</summary>
    public bool IsObserved(long entity) => StateOrGone(entity) is { States.Count: > 0 } or { GoneSince: not null };

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
        states.Add(entity, state = EntityState.At(LoadStates(entity), AsOf));
        return state;
    }

    /// <summary>Reads many entities together that will be used one by one.</summary>
    public void Prefetch(IEnumerable<long> entities, bool withStates)
    {
        // In the order in which they are stored: the next is often on the same page.
        var some = entities.Where(e => e != 0).Distinct().ToArray();
        Array.Sort(some);
        if (some.Length == 0) return;
        using var transaction = Mirror.BeginRead();
        foreach (var entity in some)
        {
            if (withStates && !refs.ContainsKey(entity) && !states.ContainsKey(entity)) LoadBoth(entity);
            else if (Ref(entity) != null && withStates) StateOrGone(entity);
        }
    }

    /// <summary>As <see cref="Prefetch(IEnumerable{long}, bool)"/>, with the states of assignments, which nearly always have one.</summary>
    public void Prefetch(IReadOnlyCollection<AssignmentRow> assignments)
    {
        if (assignments.Count == 0) return;
        using var transaction = Mirror.BeginRead();
        foreach (var row in assignments.OrderBy(row => row.Entity))
        {
            Ref(row.Entity);
            if (states.ContainsKey(row.Entity)) continue;
            // One state is found by its own number, without the index.
            if (row is not { Versions: 1, LatestState: not 0 }) StateOrGone(row.Entity);
            else states.Add(row.Entity,
                EntityState.At(LoadStates(Mirror.Prepared($"SELECT {StateColumns} FROM entity_state s WHERE s.id = ?")
                    .Bind(1, row.LatestState)), AsOf));
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
        var sql = new SqlText();
        sql.Add($"""
            SELECT e.target FROM edge e WHERE e.source = {sql.Bind(source)} AND e.role = {(int)role} AND {EdgeTime.Condition(sql, Time)}
            """);
        var targets = Mirror.Query(sql, row => row.GetInt64(0)).Distinct().ToList();
        var lists = new SqlText();
        lists.Add($"SELECT count(*), coalesce(max(complete), 0) FROM edge_list WHERE source = {lists.Bind(source)} AND role = {(int)role}");
        var (count, complete) = Mirror.Query(lists, row => (row.GetInt64(0), row.GetInt64(1))).First();
        edges.Add((source, role), list = new(targets, count > 0 || targets.Count > 0, complete != 0));
        return list;
    }

    /// <summary>The entities in whose lists an entity is at the time asked for.</summary>
    public IReadOnlyList<long> Sources(long target, EdgeRole role)
    {
        var sql = new SqlText();
        sql.Add($"SELECT source FROM edge INDEXED BY edge_target WHERE target = {sql.Bind(target)} AND role = {(int)role} AND (gone IS "
            + $"NULL OR gone > {sql.Bind(Time)}) AND first <= {sql.Bind(Time)}");
        return [.. Mirror.Query(sql, row => row.GetInt64(0)).Distinct()];
    }

    /// <summary>Assignments of any of some packages, to any of some subjects, or ending in a span; null for any.</summary>
    public IEnumerable<AssignmentRow> Assignments(IReadOnlyCollection<long>? packages = null, IReadOnlyCollection<long>? subjects = null,
        IReadOnlyCollection<long>? entities = null, (long From, long To)? ends = null)
    {
        if (packages is { Count: 0 } || subjects is { Count: 0 } || entities is { Count: 0 }) return [];
        var sql = new SqlText($"SELECT {AssignmentColumns} FROM assignment a WHERE 1");
        if (subjects == null && entities == null && (ends != null || packages is { Count: > 1 and <= MaxSorted }))
        {
            // The rows that one index finds are spread over the table: in the order of the table each page is read once.
            sql.Add(" AND a.entity IN (SELECT x.entity FROM assignment x WHERE 1");
            if (ends is { } soon) sql.Add($" AND x.ends >= {sql.Bind(soon.From)} AND x.ends < {sql.Bind(soon.To)}");
            if (packages != null) sql.Add($" AND {sql.In(ends != null ? "+x.package" : "x.package", packages)}");
            return ReadAssignments(sql.Add(")"));
        }

        // A subject has few assignments, a package hundreds: the other column's index stays out of it.
        if (entities != null) sql.Add($" AND {sql.In("a.entity", entities)}");
        if (subjects != null) sql.Add($" AND {sql.In(entities != null ? "+a.subject" : "a.subject", subjects)}");
        if (packages != null) sql.Add($" AND {sql.In(subjects != null || entities != null ? "+a.package" : "a.package", packages)}");
        if (ends is { } span) sql.Add(
            $" AND {(packages != null || subjects != null || entities != null ? "+a.ends" : "a.ends")} >= {sql.Bind(span.From)} AND "
                + $"a.ends < {sql.Bind(span.To)}");
        return ReadAssignments(sql);
    }

    /// <summary>Assignments that fulfil a condition on <c>assignment a</c>, read as they are taken.</summary>
    /// <param name="condition">Makes the condition, binding its values to the statement.</param>
    public IEnumerable<AssignmentRow> AssignmentsWhere(Func<SqlText, string> condition)
    {
        // Every row is looked at: an index would only read them in another order.
        var sql = new SqlText($"SELECT {AssignmentColumns} FROM assignment a NOT INDEXED WHERE ");
        return ReadAssignments(sql.Add(condition(sql)));
    }

    /// <summary>
    /// All assignments by their newest start, newest first, then by number; those without a start last. Read as they are taken.
    /// </summary>
    public IEnumerable<AssignmentRow> AssignmentsByStart()
    {
        // SQLite would prefer to sort everything: it does not know that the caller waits for the first row.
        var isIndexed = Mirror.Query("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'assignment_starts')",
            row => row.GetInt64(0) != 0).First();
        return ReadAssignments(new SqlText(
            $"SELECT {AssignmentColumns} FROM assignment a {(isIndexed ? "INDEXED BY assignment_starts" : string.Empty)} ORDER BY a.starts DESC, a.entity"));
    }

    /// <summary>Whether there are rows of portal downloads.</summary>
    public bool HasPortalAssignments() =>
        Mirror.Query("SELECT EXISTS (SELECT 1 FROM assignment WHERE portal <> 0)", row => row.GetInt64(0) != 0).First();

    /// <summary>A word by its number; null for 0.</summary>
    public string? Term(long number)
    {
        if (number == 0) return null;
        if (terms.TryGetValue(number, out var text)) return text;
        var sql = new SqlText();
        sql.Add($"SELECT text FROM term WHERE id = {sql.Bind(number)}");
        terms.Add(number, text = TerminalText.Visible(Mirror.Query(sql, row => row.GetString(0)).FirstOrDefault()));
        return text;
    }

    /// <summary>Every import that contained something about the entities, oldest first.</summary>
    public RecordList<AuditEvidence> Evidence(IReadOnlyCollection<long> entities) => EntityEvidence.Read(Mirror.Path, entities);

    private IEnumerable<AssignmentRow> ReadAssignments(SqlText sql)
    {
        using var row = Mirror.Prepare(sql);
        while (Mirror.Step(row))
        {
            yield return new(
                row.Number(0), row.Number(1), row.Number(2), row.Number(3), row.Number(4), Term(row.Number(5)), row.NumberOrNull(6),
                row.NumberOrNull(7), row.Number(8) != 0,
                row.NumberOrNull(9), row.NumberOrNull(10), row.Number(11) != 0, row.Number(12), (int)row.Number(13));
        }
    }

    private EntityRef? LoadRef(long number)
    {
        var row = Mirror.Prepared($"SELECT {EntityColumns} FROM entity WHERE id = ?").Bind(1, number);
        var found = Mirror.Step(row) ? ReadRef(number, row, 0) : null;
        row.Reset();
        return found;
    }

    // An entity with its states, by one look-up.
    private void LoadBoth(long number)
    {
        var row = Mirror.Prepared(
            $"SELECT {StateColumns}, {EntityColumns} FROM entity e LEFT JOIN entity_state s ON s.entity = e.id WHERE e.id = ? ORDER BY "
                + $"s.observed, s.seen").Bind(1, number);
        EntityRef? found = null;
        var loaded = new List<StoredState>(1);
        while (Mirror.Step(row))
        {
            found ??= ReadRef(number, row, StateColumnCount);
            if (!row.IsNull(0)) loaded.Add(ReadState(row));
        }

        refs.Add(number, found);
        states.Add(number, EntityState.At(InOrder(loaded), AsOf));
    }

    private static EntityRef ReadRef(long number, Statement row, int first) =>
        new(number, (EntityKind)row.Number(first), StoredEntityId.Of(row, first + 1), TerminalText.Visible(row.String(first + 2)),
            TerminalText.Visible(row.String(first + 3)), row.Number(first + 4));

    private StoredState ReadState(Statement row) =>
        new(row.Number(0), row.Number(1), row.Number(2), row.Number(3), row.Number(4), row.Number(5) != 0, row.Number(6) != 0,
            row.Number(7), row.Number(8), (int)row.Number(9), Facts(row.TextSpan(10)));

    /// <exception cref="AuditToolException">MirrorDamaged: they are no facts any more.</exception>
    private JsonElement Facts(ReadOnlySpan<byte> facts)
    {
        try
        {
            // The parser looks at text only when it is asked for.
            if (System.Text.Unicode.Utf8.IsValid(facts)) return StoredState.Parse(facts);
        }
        catch (JsonException e)
        {
            throw MirrorErrors.Damaged(Mirror.Path, e);
        }

        throw MirrorErrors.Damaged(Mirror.Path, new InvalidDataException());
    }

    private List<StoredState> LoadStates(long entity) =>
        LoadStates(Mirror.Prepared($"SELECT {StateColumns} FROM entity_state s WHERE s.entity = ? ORDER BY s.observed, s.seen")
            .Bind(1, entity));

    private List<StoredState> LoadStates(Statement row)
    {
        var found = new List<StoredState>(1);
        while (Mirror.Step(row)) found.Add(ReadState(row));
        return InOrder(found);
    }

    // Few have a second state: the index gives the order except for ties, and a sort in SQL would be prepared for every entity.
    private static List<StoredState> InOrder(List<StoredState> found)
    {
        if (found.Count > 1) found.Sort(StoredState.Compare);
        return found;
    }
}
