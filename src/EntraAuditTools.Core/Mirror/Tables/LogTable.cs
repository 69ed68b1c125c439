using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Mirror.Tables;

/// <summary>A column that only one log has.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type and constraint, as in the table's definition; empty for ids, which are bytes or text.</param>
/// <param name="KeepsKnown">Whether a richer copy that has none (0 or null) leaves what an earlier one had.</param>
/// <param name="IsFixed">Whether no other copy changes it.</param>
internal readonly record struct LogColumn(string Name, string Type = "INTEGER NOT NULL", bool KeepsKnown = false, bool IsFixed = false);

/// <summary>An index of a log. Each ends in the row's number and so in the order of time.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Column">The column.</param>
/// <param name="SkipsNull">Whether rows without a value are left out.</param>
internal readonly record struct LogIndex(string Name, string Column, bool SkipsNull = false);

/// <summary>A column of another table that names rows of a log: it follows when one gets another number.</summary>
internal readonly record struct Follower(string Table, string Column);

/// <summary>
/// How one log is stored: one event a row, with the tables beside it that every log has. Writing, evidence, coverage, tenants, counts, the
/// making and migrating of mirrors and their deriving anew go by this list; a log more is an entry more.
/// </summary>
internal sealed class LogTable
{
    /// <summary>The directory's audit log and Entra's part of the unified audit log.</summary>
    /// <remarks>
    /// result and tenant are terms, actor and target (the first one) identities (0: none). correlation is 16 bytes where it is a GUID, else
    /// its text; record_id has the correlation id replaced by char(1).
    /// </remarks>
    public static readonly LogTable Activity = new()
    {
        Kind = KindNames.AuditActivity,
        Collection = "auditLogs/directoryAudits",
        Words = "audit log",
        Name = "activity",
        Alias = "a",
        Records = "audit activities",
        Kinds = new("kind", "service", "category", "activity", "operation_type") { Unique = "activity, service, category, operation_type" },
        Links = "activity_target",
        Columns =
        [
            new("result"), new("actor"), new("target"), new("target_count"), new("property_set"), new("address", KeepsKnown: true),
        ],
        LaterColumns = [new("origin", IsFixed: true), new("correlation", Type: "", KeepsKnown: true)],
        RecordIdType = "TEXT",
        RecordIdRefersTo = "a.correlation",
        Size = "SELECT coalesce((SELECT sum(added) FROM import), 0)",
        Mentions = "activity_mention",
        Twins = "activity_twin",
        Indexes = [new("activity_kind", "kind"), new("activity_actor", "actor"),
            new("activity_correlation", "correlation", SkipsNull: true)],
        Followers =
        [
            new("entitlement_event", "activity"), new("activity_mention", "activity"),
            new("activity_twin", "activity"), new("activity_twin", "directory"),
        ],
    };

    /// <summary>The provisioning log.</summary>
    /// <remarks>
    /// Of a kind, application is an identity of type ServicePrincipal, and out_of_scope says (0, 1) whether a step says that the object is
    /// not to be provisioned. source, target and initiator are identities (0: none); duration is in milliseconds, null when unknown;
    /// record_id, cycle and change_id are 16 bytes where they are GUIDs, else text.
    /// </remarks>
    public static readonly LogTable Provisioning = new()
    {
        Kind = KindNames.ProvisioningLog,
        Collection = "auditLogs/provisioning",
        Words = "provisioning log",
        Name = "provisioning",
        Alias = "p",
        Records = "provisioning log entries",
        Kinds = new("provisioning_kind", "action", "status", "application", "job", "source_system", "target_system", "identity_type",
            "error_code", "error_category", "skip_reason", "out_of_scope"),
        Links = "provisioning_identity",
        Columns =
        [
            new("source", KeepsKnown: true), new("target", KeepsKnown: true), new("initiator", KeepsKnown: true),
            new("duration", Type: "INTEGER", KeepsKnown: true), new("cycle", Type: "", KeepsKnown: true),
                new("change_id", Type: "", KeepsKnown: true),
        ],
        Indexes =
        [
            new("provisioning_kind_time", "kind"), new("provisioning_change", "change_id", SkipsNull: true),
            new("provisioning_cycle", "cycle", SkipsNull: true),
        ],
    };

    private const long MostCounted = 2_000_000;

    private readonly string? size;

    /// <summary>All logs that are taken in.</summary>
    public static readonly IReadOnlyList<LogTable> All = [Activity, Provisioning];

    /// <summary>Which logs are taken in: "audit and provisioning".</summary>
    public static string InSentence
    {
        get
        {
            var words = All.Select(log => log.Words[..log.Words.LastIndexOf(' ')]).ToList();
            return $"{string.Join(", ", words[..^1])} and {words[^1]}";
        }
    }

    /// <summary>What its records are called in results, coverage and questions (<see cref="KindNames"/>).</summary>
    public required string Kind { get; init; }

    /// <summary>Its collection in Graph, as pages of it name it in their context.</summary>
    public required string Collection { get; init; }

    /// <summary>What it is called in sentences.</summary>
    public required string Words { get; init; }

    /// <summary>What its records are called in sentences, several of them.</summary>
    public required string Records { get; init; }

    /// <summary>The version of the schema that has its tables first (<see cref="MirrorSchema.Version"/>).</summary>
    public int Since { get; init; } = 1;

    /// <summary>The table: one event a row.</summary>
    public required string Name { get; init; }

    /// <summary>What the table is called within a statement.</summary>
    public required string Alias { get; init; }

    /// <summary>The table of its kinds: a row has the number of one.</summary>
    public required KindTable Kinds { get; init; }

    /// <summary>
    /// The table of its identities: (identity, row). Null where columns hold all of them, each with an index of its own: that is less to
    /// store where rows are very many.
    /// </summary>
    public string? Links { get; init; }

    /// <summary>
    /// The columns that only it has, in the order in which they are bound; <see cref="LaterColumns"/> stand behind the tenant.
    /// </summary>
    public required IReadOnlyList<LogColumn> Columns { get; init; }

    /// <inheritdoc cref="Columns"/>
    public IReadOnlyList<LogColumn> LaterColumns { get; init; } = [];

    /// <summary>Type of the record's own id: text, or bytes where it is a GUID and text elsewhere.</summary>
    public string RecordIdType { get; init; } = string.Empty;

    /// <summary>The column that a stored record id may refer to, of a row <c>a</c>; <c>NULL</c> for none.</summary>
    public string RecordIdRefersTo { get; init; } = "NULL";

    /// <summary>Indexes besides those that find a record again.</summary>
    public required IReadOnlyList<LogIndex> Indexes { get; init; }

    /// <summary>
    /// A second table of identities, of what its records name besides (since <see cref="ReadingSchema"/>); null for none.
    /// </summary>
    public string? Mentions { get; init; }

    /// <summary>The table that links its rows with another log's of the same event; null where no other log has them.</summary>
    public string? Twins { get; init; }

    /// <summary>
    /// SQL for about how many rows it has: counted, which takes some milliseconds a million, unless something cheaper is near enough.
    /// </summary>
    public string Size { get => size ?? $"SELECT count(*) FROM (SELECT 1 FROM {Name} LIMIT {MostCounted})"; init => size = value; }

    /// <summary>Further tables that name its rows.</summary>
    public IReadOnlyList<Follower> Followers { get; init; } = [];

    /// <summary>Other originals of its events.</summary>
    public string Copies => Name + "_copy";

    /// <summary>Imports that brought an original that was already there.</summary>
    public string Sightings => Name + "_sighting";

    /// <summary>Events whose record id belongs to another event too.</summary>
    public string Conflicts => Name + "_conflict";

    /// <summary>Everything that names its rows, the rows first.</summary>
    public IEnumerable<Follower> Places =>
    [
        new(Name, "id"), .. Links == null ? [] : new[] { new Follower(Links, Name) }, .. Followers,
        new(Copies, Name), new(Sightings, Name), new(Conflicts, Name),
    ];

    /// <summary>All columns that only it has, in the order in which they are bound.</summary>
    public IEnumerable<LogColumn> OwnColumns => Columns.Concat(LaterColumns);

    /// <summary>The log of a kind of record.</summary>
    /// <exception cref="ArgumentException">Records of the kind are no log's.</exception>
    public static LogTable Of(string kind) => Find(kind) ?? throw new ArgumentException($"'{kind}' is not a log.", nameof(kind));

    /// <summary>The log of a kind of record; null when its records are no log's.</summary>
    public static LogTable? Find(string kind) => All.FirstOrDefault(log => log.Kind == kind);

    /// <summary>Whether records of a kind are a log's.</summary>
    public static bool IsLog(string kind) => Find(kind) != null;

    /// <summary>The index of a column.</summary>
    public LogIndex IndexOf(string column) => Indexes.First(index => index.Column == column);

    /// <summary>
    /// SQL that makes its tables. id carries the time (<see cref="ActivityTime"/>), so that every index ends in the order of time; drift is
    /// how many ticks id runs ahead of the true time. key is the hash of the record id or of the fingerprint, rank says how rich the shown
    /// copy is,
    /// digest is the hash of its original, which stands in a slot of a block.
    /// </summary>
    public string Create()
    {
        var recordId = $"record_id {RecordIdType}".TrimEnd();
        var indexes = Indexes.Select(index =>
            $"CREATE INDEX {index.Name} ON {Name} ({index.Column}){(index.SkipsNull ? $" WHERE {index.Column} IS NOT NULL" : string.Empty)};\n");
        var links = Links == null ? string.Empty
            : $"CREATE TABLE {Links} (identity INTEGER NOT NULL, {Name} INTEGER NOT NULL, PRIMARY KEY (identity, {Name})) WITHOUT ROWID;";
        return $"""
            {Kinds.Create()}
            CREATE TABLE {Name} (
                id INTEGER PRIMARY KEY, drift INTEGER NOT NULL, key INTEGER NOT NULL, kind INTEGER NOT NULL,{Lines(Columns)}
                tenant INTEGER NOT NULL,{Lines(LaterColumns)} {recordId},
                fingerprint INTEGER NOT NULL, rank INTEGER NOT NULL, digest INTEGER NOT NULL, block INTEGER NOT NULL, slot INTEGER NOT NULL);
            CREATE UNIQUE INDEX {Name}_key ON {Name} (key);
            {string.Concat(indexes)}CREATE INDEX {Name}_without_id ON {Name} (fingerprint >> 40) WHERE record_id IS NULL;
            {links}
            -- Other originals of the same event.
            CREATE TABLE {Copies} (
                {Name} INTEGER NOT NULL, digest INTEGER NOT NULL, block INTEGER NOT NULL, slot INTEGER NOT NULL, {recordId},
                PRIMARY KEY ({Name}, digest)) WITHOUT ROWID;
            -- Imports that brought an original that was already there.
            CREATE TABLE {Sightings} ({Name} INTEGER NOT NULL, import INTEGER NOT NULL, PRIMARY KEY ({Name}, import)) WITHOUT ROWID;
            -- Events whose record id belongs to another event too (key: hash of that id).
            {(Since < ChainSchema.Since ? string.Empty : CreateSightingIndex)}
            CREATE TABLE {Conflicts} (key INTEGER NOT NULL, {Name} INTEGER NOT NULL, PRIMARY KEY (key, {Name})) WITHOUT ROWID;

            """;
    }

    /// <summary>SQL that makes the index by which an import's sightings are counted.</summary>
    public string CreateSightingIndex => $"CREATE INDEX {Sightings}_import ON {Sightings} (import);";

    private static string Lines(IEnumerable<LogColumn> columns) =>
        string.Concat(columns.Select(column => $" {$"{column.Name} {column.Type}".TrimEnd()},"));
}
