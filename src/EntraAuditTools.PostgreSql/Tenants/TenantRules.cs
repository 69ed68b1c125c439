using EntraAuditTools.Core.Mirror.Tables;

namespace EntraAuditTools.PostgreSql.Tenants;

/// <summary>Which rows of a table are an audience's.</summary>
/// <param name="Table">The table.</param>
/// <param name="Keys">SQL of the audience and the row's key, as <c>k</c>; empty where nothing can have come.</param>
internal sealed record TenantRule(string Table, string Keys)
{
    /// <summary>Columns that an audience sees otherwise than they are: SQL of <c>x</c>, the row, and <c>k</c>.</summary>
    public IReadOnlyDictionary<string, string> Shown { get; init; } = new Dictionary<string, string>();

    /// <summary>Columns that the mirror's table lacks: SQL likewise.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether rows that are there stay as they are: words and names never change.</summary>
    public bool OnlyNew { get; init; }
}

/// <summary>
/// What each audience sees of a mirror, as SQL over the mirror's tables. A row with a tenant of its own is that tenant's; what belongs to
/// it follows it; of words, names and whatever else many refer to, an audience has what its rows name. What no export tells the tenant of is
/// nobody's here. Where something changed, rules say what follows from that alone: a word that another tenant's record brought years ago
/// becomes an audience's when the first of its own rows names it.
/// </summary>
/// <param name="change">The change that is written down.</param>
/// <param name="audiences">The audiences that get all anew; null for what the change brings to each.</param>
/// <param name="news">The mirror's tables that the change changed, and the audiences', by then, each behind its schema.</param>
internal sealed class TenantRules(long change, IReadOnlyCollection<long>? audiences, IReadOnlySet<string> news)
{
    private const string M = ServerSchema.Name, T = TenantSchema.Name, Changed = ServerSchema.Changed, Audience = TenantSchema.Audience;

    /// <summary>What an import's options begin with where somebody said whose it is (RememberedOptions).</summary>
    private const string Told = "^\\{\"Tenant\":\"([^\"\\\\]*)\"";

    private const string TellsTenant = $"~ '{Told}'";

    /// <summary>SQL for the tenant that an import was told to be of; null for none.</summary>
    private static string TenantOf(string import) => $"lower(substring({import}.options FROM '{Told}'))";

    private bool IsAll => audiences != null;

    /// <summary>Which words and imports are those of an audience's tenants: first of all.</summary>
    public IEnumerable<string> Beginnings()
    {
        if (IsNews(M, "term")) yield return $"""
            INSERT INTO {T}.audience_term ({Audience}, term) SELECT t.{Audience}, x.id FROM {M}.term x
            JOIN {T}.audience_tenant t ON t.tenant = lower(x.text) WHERE {New("x")}{Only("t")} ON CONFLICT DO NOTHING
            """;
        if (IsNews(M, "import")) yield return $"""
            INSERT INTO {T}.audience_import ({Audience}, import) SELECT t.{Audience}, x.id FROM {M}.import x
            JOIN {T}.audience_tenant t ON t.tenant = {TenantOf("x")} WHERE {New("x")}{Only("t")} ON CONFLICT DO NOTHING
            """;
    }

    /// <summary>Audiences that lose something, which has another tenant now: they get all anew.</summary>
    public string Losers()
    {
        string Lost(string table) => $"""
            SELECT p.{Audience} FROM {T}.{table} p JOIN {M}.{table} x ON x.id = p.id
            WHERE x.{Changed} = {change} AND x.tenant <> p.tenant AND p.tenant <> 0 AND {IsNot("p", "x.tenant")}
            """;
        return Any([.. LogTable.All.Select(log => log.Name).Concat(["synchronization_job", "entity"]).Select(table => (M, table, Lost(table)))]);
    }

    /// <summary>The logs, and the directory's objects.</summary>
    public IEnumerable<TenantRule> Records()
    {
        foreach (var log in LogTable.All) yield return Log(log);
        yield return new("synchronization_job", OfTenant("synchronization_job"));
        foreach (var log in LogTable.All)
        {
            foreach (var place in log.Places.Where(place => place.Table != log.Name).DistinctBy(place => place.Table))
                yield return place.Table == log.Twins ? Twins(log) : new(place.Table, Below(place.Table, log.Name, place.Column));
        }

        yield return Parts();
        yield return new("coverage", OfTenant("coverage"));
        yield return new("complete_export", OfTenant("complete_export"));
        yield return new("entity_state", States());
        yield return new("entity_original", Originals());
        yield return new("entity_sighting", Sightings());
        yield return new("entity_seen", Below("entity_seen", "entity_state", "state"));
        yield return new("assignment", OfObject("assignment", "entity"));
        yield return new("entity_link", OfObject("entity_link", "source"));
        yield return new("edge", Both(OfObject("edge", "source"), OfParent()));
        yield return new("edge_list", Both(OfObject("edge_list", "source"), OfEdges("edge_list")));
        yield return new("edge_seen", Both(OfObject("edge_seen", "source"), OfEdges("edge_seen")));
    }

    /// <summary>Where the originals are of what became an audience's: audience, block, slot.</summary>
    public string Slots() => Any([.. LogTable.All.SelectMany(log => new[] { log.Name, log.Copies })
        .Concat(["provisioning_part", "synchronization_job", "entity_state", "entity_original"]).Select(table =>
            (T, table, $"SELECT p.{Audience}, p.block, p.slot FROM {T}.{table} p WHERE p.block > 0 AND {Here("p")}"))]);

    /// <summary>The imports, once the originals are there.</summary>
    public IEnumerable<TenantRule> Imports()
    {
        const string Note = "This import holds more than what concerns your tenants: its source and counts are not shown.";
        (string Column, string Instead)[] hidden =
        [
            ("source", "'(an import of several tenants)'"), ("options", "'{}'"), ("notes", $"'[\"{Note}\"]'"),
            ("read", "w.seen"), ("added", "w.added"), ("unchanged", "w.seen - w.added"), ("updated", "0"),
            ("rejected", "0"), ("not_supported", "0"), ("conflicts", "0"), ("bytes", "NULL"),
            ("sha256", "NULL"), ("first_time", "NULL"), ("last_time", "NULL"), ("file_time", "NULL"), ("header", "NULL"),
        ];
        yield return new("import", Touched())
        {
            Shown = hidden.ToDictionary(one => one.Column, one => $"CASE WHEN w.{TenantSchema.Whole} THEN x.{one.Column} ELSE {one.Instead} END"),
            More = new Dictionary<string, string> { [TenantSchema.Whole] = $"w.{TenantSchema.Whole}" },
        };
        yield return new("rejection", Any((T, "import", $"""
            SELECT p.{Audience}, x.id FROM {T}.import p JOIN {M}.rejection x ON x.import = p.id
            JOIN {T}.audience_import d ON d.{Audience} = p.{Audience} AND d.import = p.id WHERE p.{TenantSchema.Whole} AND {Here("p")}
            """)));
        yield return new("original_context", Any((T, "import", $"""
            SELECT p.{Audience}, x.block, x.slot FROM {T}.import p JOIN {M}.block b ON b.import = p.id
            JOIN {M}.original_context x ON x.block = b.id WHERE p.{TenantSchema.Whole} AND {Here("p")}
            """)));
    }

    /// <summary>What rows name: last.</summary>
    public IEnumerable<TenantRule> Words()
    {
        foreach (var log in LogTable.All) yield return Named(log.Kinds.Name, [(log.Name, "kind")]);
        yield return Named("identity", [
            ("activity", "actor"), ("activity", "target"), ("activity_target", "identity"), ("activity_mention", "identity"),
            ("entitlement_event", "person"), ("provisioning", "source"), ("provisioning", "target"), ("provisioning", "initiator"),
            ("provisioning_identity", "identity"), ("provisioning_kind", "application"), ("synchronization_job", "application"),
        ]);
        yield return Named("address", [("activity", "address")]);
        yield return Named("property_set", [("activity", "property_set")]);
        yield return Objects();
        yield return Named("term", [
            ("activity", "result"), .. LogTable.All.Select(log => (log.Name, "tenant")), ("synchronization_job", "tenant"), ("coverage", "tenant"),
            ("complete_export", "tenant"), ("entity", "tenant"), ("assignment", "state"), ("identity", "type"),
            .. LogTable.Activity.Kinds.Columns.Select(column => (LogTable.Activity.Kinds.Name, column)),
            .. LogTable.Provisioning.Kinds.Columns.Except(["application", "out_of_scope"])
                .Select(column => (LogTable.Provisioning.Kinds.Name, column)),
        ]);
        yield return new("tenant", Any((M, "term", TenantWords()), (M, "tenant", TenantWords())));
    }

    private string TenantWords() => $"""
            SELECT t.{Audience}, x.term FROM {T}.audience_term t JOIN {M}.tenant x ON x.term = t.term
            WHERE NOT EXISTS (SELECT 1 FROM {T}.tenant p WHERE p.{Audience} = t.{Audience} AND p.term = x.term){Only("t")}
            """;

    private bool IsNews(string schema, string table) => IsAll || news.Contains($"{schema}.{table}");

    /// <summary>What follows from any of what is new: from each table whose rows a statement looks for.</summary>
    private string Any(params (string Schema, string Table, string Sql)[] ways) =>
        string.Join(" UNION ", ways.Where(way => IsNews(way.Schema, way.Table)).Select(way => way.Sql).Distinct());

    private static string Both(params string[] ways) => string.Join(" UNION ", ways.Where(way => way.Length > 0));

    private string New(string row) => IsAll ? "true" : $"{row}.{Changed} = {change}";

    /// <summary>That a row of an audience came, or came anew, with this change.</summary>
    private string Here(string row) => $"{row}.{Changed} = {change}{Only(row)}";

    private string Only(string row) => IsAll ? $" AND {row}.{Audience} IN ({string.Join(", ", audiences!)})" : string.Empty;

    private static string Is(string audience, string term) =>
        $"EXISTS (SELECT 1 FROM {T}.audience_term o WHERE o.{Audience} = {audience}.{Audience} AND o.term = {term})";

    private static string IsNot(string audience, string term) => "NOT " + Is(audience, term);

    private string OfTenant(string table) => Any((M, table,
        $"SELECT t.{Audience}, x.id FROM {M}.{table} x JOIN {T}.audience_term t ON t.term = x.tenant WHERE {New("x")}{Only("t")}"));

    private TenantRule Log(LogTable log)
    {
        if (log.Twins is not { } twins) return new(log.Name, OfTenant(log.Name));
        // An event of both logs whose other record is not the audience's is its own.
        var late = IsAll ? string.Empty : Any((M, log.Name, $"""
            SELECT t.{Audience}, x.id FROM {M}.{log.Name} d JOIN {M}.{twins} w ON w.directory = d.id JOIN {M}.{log.Name} x ON x.id = w.activity
            JOIN {T}.audience_term t ON t.term = x.tenant WHERE {New("d")}
            """));
        return new(log.Name, Both(OfTenant(log.Name), late))
        {
            Shown = new Dictionary<string, string>
            {
                ["origin"] = $"""
                    CASE WHEN x.origin = 2 AND NOT EXISTS (SELECT 1 FROM {M}.{twins} w JOIN {M}.{log.Name} d ON d.id = w.directory
                        WHERE w.activity = x.id AND {Is("k", "d.tenant")}) THEN 1 ELSE x.origin END
                    """,
            },
        };
    }

    private TenantRule Twins(LogTable log)
    {
        string Sql(string which) => $"""
            SELECT p.{Audience}, x.activity FROM {M}.{log.Twins} x JOIN {T}.{log.Name} p ON p.id = x.activity
            JOIN {T}.{log.Name} d ON d.id = x.directory AND d.{Audience} = p.{Audience} WHERE {which}{Only("p")}
            """;
        return new(log.Twins!, IsAll ? Sql("true")
            : Any((M, log.Twins!, Sql(New("x"))), (T, log.Name, Sql(New("p"))), (T, log.Name, Sql(New("d")))));
    }

    /// <summary>What belongs to rows of another table.</summary>
    private string Below(string table, string of, string column)
    {
        var keys = Keys(table);
        var own = $"SELECT p.{Audience}, {keys} FROM {M}.{table} x JOIN {T}.{of} p ON p.id = x.{column} WHERE {New("x")}{Only("p")}";
        return IsAll ? own : Any((M, table, own),
            (T, of, $"SELECT p.{Audience}, {keys} FROM {T}.{of} p JOIN {M}.{table} x ON x.{column} = p.id WHERE {Here("p")}"));
    }

    private TenantRule Parts()
    {
        var keys = Keys("provisioning_part");
        var entries = $"{T}.provisioning p ON p.change_id = x.change_id";
        var own = $"SELECT p.{Audience}, {keys} FROM {M}.provisioning_part x JOIN {entries} WHERE {New("x")}{Only("p")} UNION "
            + $"SELECT d.{Audience}, {keys} FROM {M}.provisioning_part x JOIN {M}.block b ON b.id = x.block "
            + $"JOIN {T}.audience_import d ON d.import = b.import WHERE {New("x")}{Only("d")}";
        var late = $"SELECT p.{Audience}, {keys} FROM {T}.provisioning p JOIN {M}.provisioning_part x ON x.change_id = p.change_id "
            + $"WHERE {Here("p")}";
        return new("provisioning_part", IsAll ? own : Any((M, "provisioning_part", own), (T, "provisioning", late)));
    }

    /// <summary>Of an import that was told whose it is; or of one that was not, of an object that is the audience's.</summary>
    private string OfImport(string table, string which) => $"""
        SELECT d.{Audience}, {Keys(table)} FROM {M}.{table} x JOIN {M}.block b ON b.id = x.block
        JOIN {T}.audience_import d ON d.import = b.import WHERE {which}{Only("d")}
        """;

    private string OfUntold(string table, string which) => $"""
        SELECT t.{Audience}, {Keys(table)} FROM {M}.{table} x JOIN {M}.entity e ON e.id = x.entity
        JOIN {T}.audience_term t ON t.term = e.tenant LEFT JOIN {M}.block b ON b.id = x.block LEFT JOIN {M}.import i ON i.id = b.import
        WHERE (i.options IS NULL OR NOT i.options {TellsTenant}) AND {which}{Only("t")}
        """;

    private string Originals() => OfRecords("entity_original");

    private string States() => OfRecords("entity_state");

    private string OfRecords(string table) => IsAll ? Both(OfImport(table, "true"), OfUntold(table, "true"))
        : Any((M, table, OfImport(table, New("x"))), (M, table, OfUntold(table, New("x"))), (M, "entity", OfUntold(table, New("e"))));

    private string Sightings() => Any((M, "entity_sighting", OfSightings), (T, "entity_state", OfSightings));

    private string OfSightings => $"""
        SELECT p.{Audience}, {Keys("entity_sighting")} FROM {M}.entity_sighting x JOIN {T}.entity_state p ON p.id = x.state
        JOIN {M}.import i ON i.id = x.import
        WHERE (NOT i.options {TellsTenant} OR EXISTS (SELECT 1 FROM {T}.audience_import d WHERE d.{Audience} = p.{Audience} AND d.import = x.import))
            AND ({New("x")} OR {New("p")}){Only("p")}
        """;

    /// <summary>
    /// That an object is the audience's alone: of its tenant, and told of by no import of another. Objects that two tenants' exports tell of
    /// have what those exports say, and no more.
    /// </summary>
    private static string IsOwn(string audience, string entity) => $"""
        ({Is(audience, $"{entity}.tenant")} AND NOT EXISTS (SELECT 1 FROM {M}.entity_state s JOIN {M}.block b ON b.id = s.block
            JOIN {M}.import i ON i.id = b.import WHERE s.entity = {entity}.id AND i.options {TellsTenant} AND NOT EXISTS
                (SELECT 1 FROM {T}.audience_import d WHERE d.{Audience} = {audience}.{Audience} AND d.import = i.id)))
        """;

    private string OfObject(string table, string column)
    {
        string Sql(string which) => $"""
            SELECT t.{Audience}, {Keys(table)} FROM {M}.{table} x JOIN {M}.entity e ON e.id = x.{column}
            JOIN {T}.audience_term t ON t.term = e.tenant WHERE {which}{Only("t")} AND {IsOwn("t", "e")}
            """;
        return IsAll ? Sql("true") : Any((M, table, Sql(New("x"))), (M, "entity", Sql(New("e"))));
    }

    /// <summary>What an object says that it belongs to, where no export tells of that itself.</summary>
    private string OfParent()
    {
        string Sql(string which) => $"""
            SELECT t.{Audience}, {Keys("edge")} FROM {M}.edge x JOIN {M}.entity e ON e.id = x.target JOIN {M}.entity o ON o.id = x.source
            JOIN {T}.audience_term t ON t.term = e.tenant WHERE o.tenant = 0 AND {which}{Only("t")} AND {IsOwn("t", "e")}
            """;
        return IsAll ? Sql("true") : Any((M, "edge", Sql(New("x"))), (M, "entity", Sql(New("e"))));
    }

    private string OfEdges(string table) => Any((M, table, OfEdgesIn(table)), (T, "edge", OfEdgesIn(table)));

    private string OfEdgesIn(string table) => $"""
        SELECT p.{Audience}, {Keys(table)} FROM {T}.edge p JOIN {M}.entity o ON o.id = p.source
        JOIN {M}.{table} x ON x.source = p.source AND x.role = p.role
        {(table == "edge_seen" ? "AND x.target = p.target " : string.Empty)}WHERE o.tenant = 0 AND ({New("x")} OR {New("p")}){Only("p")}
        """;

    private TenantRule Objects()
    {
        (string Table, string Column)[] named =
        [
            ("entity_state", "entity"), ("entity_original", "entity"), ("entity_link", "source"), ("entity_link", "target"), ("edge", "source"),
            ("edge", "target"), ("edge_list", "source"), ("assignment", "entity"), ("assignment", "package"), ("assignment", "policy"),
            ("assignment", "subject"), ("assignment", "catalog"), ("complete_export", "scope"),
        ];
        string IfOwn(string column) => $"CASE WHEN {IsOwn("k", "x")} THEN x.{column} END";
        return new("entity", Both(OfTenant("entity"), Missing("entity", named)))
        {
            Shown = new Dictionary<string, string>
            {
                ["name"] = IfOwn("name"), ["upn"] = IfOwn("upn"), ["tenant"] = $"CASE WHEN {Is("k", "x.tenant")} THEN x.tenant ELSE 0 END",
            },
        };
    }

    private TenantRule Named(string table, IEnumerable<(string Table, string Column)> by) => new(table, Missing(table, by)) { OnlyNew = true };

    /// <summary>What rows that came name, and their audience has not.</summary>
    private string Missing(string table, IEnumerable<(string Table, string Column)> by)
    {
        var named = Any([.. by.Select(place => (T, place.Table,
            $"SELECT p.{Audience}, p.{place.Column} AS id FROM {T}.{place.Table} p WHERE p.{place.Column} <> 0 AND {Here("p")}"))]);
        return named.Length == 0 ? named : $"SELECT n.{Audience}, n.id FROM ({named}) n WHERE NOT EXISTS (SELECT 1 FROM {T}.{table} h "
            + $"WHERE h.{Audience} = n.{Audience} AND h.id = n.id)";
    }

    private string Touched()
    {
        var sightings = LogTable.All.Select(log => log.Sightings).Append("entity_sighting").ToList();
        var by = Any([.. sightings.Concat(["block", "coverage", "complete_export", "edge"]).Select(table =>
            (T, table, $"SELECT p.{Audience}, p.import FROM {T}.{table} p WHERE p.import > 0 AND {Here("p")}"))]);
        var own = $"SELECT d.{Audience}, d.import FROM {T}.audience_import d JOIN {M}.import x ON x.id = d.import WHERE {New("x")}{Only("d")}";
        var again = $"SELECT p.{Audience}, p.id FROM {T}.import p JOIN {M}.import x ON x.id = p.id WHERE {New("x")}{Only("p")}";
        var all = Both(by, Any((M, "import", own), (M, "import", again)));
        return all.Length == 0 ? all : $"SELECT u.{Audience}, u.import AS id FROM ({all}) u";
    }

    /// <summary>Of an import <c>x</c>: how much of it is the audience's, and whether that is all.</summary>
    public static string Extent()
    {
        var sightings = LogTable.All.Select(log => log.Sightings).ToList();
        string Own(string table) => $"(SELECT count(*) FROM {T}.{table} p WHERE p.{Audience} = k.{Audience} AND p.import = x.id)";
        string All(string table) => $"(SELECT count(*) FROM {M}.{table} p WHERE p.import = x.id)";
        string Foreign(string table) =>
            $"EXISTS (SELECT 1 FROM {M}.{table} c WHERE c.import = x.id AND c.tenant <> 0 AND {IsNot("k", "c.tenant")})";
        return $"""
            CROSS JOIN LATERAL (SELECT coalesce(sum(p.{TenantSchema.Own}), 0)::bigint AS own FROM {T}.block p
                WHERE p.{Audience} = k.{Audience} AND p.import = x.id) a
            CROSS JOIN LATERAL (SELECT coalesce(sum(b.count), 0)::bigint AS total FROM {M}.block b WHERE b.import = x.id) b
            CROSS JOIN LATERAL (SELECT count(*) AS gone FROM {M}.removed_original r JOIN {M}.block b ON b.id = r.block
                WHERE b.import = x.id AND r.slot >= 0) r
            CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM {T}.audience_import d WHERE d.{Audience} = k.{Audience} AND d.import = x.id) AS told) d
            CROSS JOIN LATERAL (SELECT {string.Join(" + ", sightings.Select(Own))} AS own, {string.Join(" + ", sightings.Select(All))} AS total) s
            CROSS JOIN LATERAL (SELECT a.own AS added, a.own + s.own AS seen, x.finished IS NOT NULL AND (d.told OR NOT x.options {TellsTenant})
                AND (d.told OR a.own + s.own > 0) AND (a.own = b.total OR (d.told AND a.own = b.total - r.gone)) AND s.own = s.total
                AND {Own("entity_sighting")} = {All("entity_sighting")} AND NOT {Foreign("coverage")} AND NOT {Foreign("complete_export")}
                AS {TenantSchema.Whole}) w
            """;
    }

    private static string Keys(string table) => string.Join(", ", Key(table).Select(column => "x." + CopyTable.Quoted(column)));

    private static readonly Dictionary<string, string[]> KeyColumns =
        CopyTable.OfThisVersion().ToDictionary(table => table.Name, table => table.Key.Select(column => column.Name).ToArray());

    private static string[] Key(string table) => KeyColumns[table];
}
