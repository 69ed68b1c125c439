using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Formats;
using EntraAuditTools.Core.Mirror;
using SQLitePCL;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests;

/// <summary>
/// Reads events from <c>entitlement_event</c>, each once, however many ways lead to it. All that is read comes from indexes and columns;
/// originals stay closed.
/// </summary>
/// <param name="mirror">The mirror, which stays open meanwhile.</param>
/// <param name="asOf">Later events are left out; null for all.</param>
internal sealed class EntitlementEventSource(MirrorReader mirror, DateTimeOffset? asOf) : IDisposable
{
    private const string Columns = "e.activity, a.drift, a.kind, a.result, a.actor, a.tenant, a.correlation, a.record_id, a.block, e.targets, e.request, e.assignment, e.justification, e.reason";
    private const long FewRows = 10_000, MuchMore = 2;
    private const string Joined = " CROSS JOIN activity a ON a.id = e.activity ";

    private readonly ActivityDimensions words = new(mirror);
    private readonly Dictionary<long, EntitlementEvent> events = [];
    private readonly Dictionary<string, List<EntitlementEvent>> byCorrelation = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, RequestActivity?> meanings = [];
    private readonly HashSet<string> askedRequests = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> askedAssignments = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> askedCorrelations = new(StringComparer.OrdinalIgnoreCase);
    private readonly long until = asOf?.UtcTicks ?? long.MaxValue;

    /// <summary>All that was read, in no order.</summary>
    public IReadOnlyCollection<EntitlementEvent> Events => events.Values;

    /// <summary>Words behind numbers.</summary>
    public ActivityDimensions Words => words;

    /// <summary>Reads all there is.</summary>
    public void AddAll() => Add(new SqlText($"SELECT {Columns} FROM entitlement_event e{Joined}WHERE 1"));

    /// <summary>Reads what happened in a span.</summary>
    public void AddSpan(DateTimeOffset? after, DateTimeOffset? before)
    {
        var sql = new SqlText($"SELECT {Columns} FROM entitlement_event e{Joined}WHERE 1");
        Add(sql.Add(TimeCondition.Of(after, before).Rows(sql, "e.activity")));
    }

    /// <summary>Whether from the beginning of a span on there is not much that lies behind it.</summary>
    public bool IsMostOfTheRest(DateTimeOffset? after, DateTimeOffset? before)
    {
        if (before == null) return true;
        long Rows(DateTimeOffset? from, DateTimeOffset? to, long most)
        {
            var sql = new SqlText("SELECT count(*) FROM (SELECT 1 FROM entitlement_event WHERE 1");
            sql.Add(TimeCondition.Of(from, to).Rows(sql, "activity")).Add($" LIMIT {sql.Bind(most)})");
            return mirror.Query(sql, row => row.GetInt64(0)).First();
        }

        var most = Math.Max(FewRows, MuchMore * Rows(after, before, long.MaxValue));
        return Rows(before, null, most) < most;
    }

    /// <summary>Reads what can belong to requests of a span and does not name them, and what can end their assignments later.</summary>
    public void AddConsequences(DateTimeOffset? after)
    {
        var sql = new SqlText($"SELECT {Columns} FROM entitlement_event e INDEXED BY entitlement_event_loose{Joined}WHERE e.request IS NULL");
        Add(sql.Add(TimeCondition.Of(after?.AddDays(-30), null).Rows(sql, "e.activity")));
        var endings = words.Kinds.Where(k => RequestActivities.Find(k.Value.Activity) is { } known && (known.Type is "Removal" || known.Effect is RequestEffect.End)).Select(k => k.Key).ToList();
        if (endings.Count == 0) return;
        sql = new SqlText($"SELECT {Columns} FROM activity a INDEXED BY activity_kind CROSS JOIN entitlement_event e ON e.activity = a.id WHERE ");
        sql.Add(sql.In("a.kind", endings));
        Add(sql.Add(TimeCondition.Of(after, null).Rows(sql, "a.id")));
    }

    /// <summary>Reads what names any of some identities as a target, or is told of an initiator among them.</summary>
    public void AddIdentities(IReadOnlyCollection<long> identities)
    {
        if (identities.Count == 0) return;
        var sql = new SqlText($"SELECT {Columns} FROM activity_target t CROSS JOIN entitlement_event e ON e.activity = t.activity{Joined}WHERE ");
        Add(sql.Add(sql.In("t.identity", identities)));
        sql = new SqlText($"SELECT {Columns} FROM entitlement_event e INDEXED BY entitlement_event_person{Joined}WHERE e.person <> 0 AND ");
        Add(sql.Add(sql.In("e.person", identities)));
    }

    /// <summary>Reads what names requests.</summary>
    public void AddRequests(IEnumerable<string> ids) => AddEach(ids, askedRequests, $"SELECT {Columns} FROM entitlement_event e INDEXED BY entitlement_event_request{Joined}WHERE e.request = ");

    /// <summary>Reads what names assignments.</summary>
    public void AddAssignments(IEnumerable<string> ids) => AddEach(ids, askedAssignments, $"SELECT {Columns} FROM entitlement_event e INDEXED BY entitlement_event_assignment{Joined}WHERE e.assignment = ");

    /// <summary>Reads what shares correlation ids.</summary>
    public void AddCorrelations(IEnumerable<string> ids) => AddEach(ids, askedCorrelations, $"SELECT {Columns} FROM activity a INDEXED BY activity_correlation CROSS JOIN entitlement_event e ON e.activity = a.id WHERE a.correlation = ");

    /// <summary>The events of one correlation id.</summary>
    public IReadOnlyList<EntitlementEvent> OfCorrelation(string id)
    {
        AddCorrelations([id]);
        return byCorrelation.GetValueOrDefault(id) ?? [];
    }

    /// <inheritdoc/>
    public void Dispose() => words.Dispose();

    private void AddEach(IEnumerable<string> ids, HashSet<string> asked, string select)
    {
        using var command = mirror.Connection.CreateCommand();
        command.CommandText = select + "@id";
        var id = command.CreateParameter();
        id.ParameterName = "@id";
        command.Parameters.Add(id);
        foreach (var text in ids)
        {
            if (!asked.Add(text)) continue;
            id.Value = StoredId.ToCorrelation(text);
            using var rows = mirror.Execute(command);
            while (mirror.Read(rows)) Keep(rows.Handle!);
        }
    }

    private void Add(SqlText sql)
    {
        using var command = sql.ToCommand(mirror.Connection);
        using var rows = mirror.Execute(command);
        while (mirror.Read(rows)) Keep(rows.Handle!);
    }

    private void Keep(sqlite3_stmt row)
    {
        var id = raw.sqlite3_column_int64(row, 0);
        if (events.ContainsKey(id)) return;
        var ticks = ActivityTime.ToTicks(id, raw.sqlite3_column_int64(row, 1));
        if (ticks > until) return;
        var kindId = raw.sqlite3_column_int64(row, 2);
        var kind = words.Kind(kindId);
        if (!meanings.TryGetValue(kindId, out var meaning)) meanings.Add(kindId, meaning = RequestActivities.Find(kind.Activity));
        var correlation = RawColumn.Id(row, 6);
        var one = new EntitlementEvent
        {
            Row = id,
            Ticks = ticks,
            Kind = kind,
            Meaning = meaning,
            IsReview = ServiceAliases.ServiceKey(kind.Service) == "ACCESS REVIEWS",
            Result = words.Term(raw.sqlite3_column_int64(row, 3)),
            Actor = words.Identity(raw.sqlite3_column_int64(row, 4)),
            TenantId = words.Term(raw.sqlite3_column_int64(row, 5)),
            CorrelationId = TextSanitizer.Clean(correlation),
            RecordId = RawColumn.Text(row, 7) is { } stored ? TextSanitizer.Clean(StoredId.Record(stored, correlation)) : null,
            Block = raw.sqlite3_column_int64(row, 8),
            Targets = Targets(raw.sqlite3_column_blob(row, 9)),
            RequestId = TextSanitizer.Clean(RawColumn.Id(row, 10)),
            AssignmentId = TextSanitizer.Clean(RawColumn.Id(row, 11)),
            Justification = TextSanitizer.Clean(RawColumn.Text(row, 12)),
            Reason = TextSanitizer.Clean(RawColumn.Text(row, 13)),
        };
        events.Add(id, one);
        if (one.CorrelationId == null) return;
        if (!byCorrelation.TryGetValue(one.CorrelationId, out var same)) byCorrelation.Add(one.CorrelationId, same = []);
        same.Add(one);
    }

    // "[12,345]"
    private IdentityText[] Targets(ReadOnlySpan<byte> list)
    {
        if (list.Length <= 2) return [];
        var targets = new IdentityText[list.Count((byte)',') + 1];
        var at = 0;
        long number = 0;
        foreach (var c in list[1..])
        {
            if (c is >= (byte)'0' and <= (byte)'9')
            {
                number = (number * 10) + (c - '0');
                continue;
            }

            targets[at++] = words.Identity(number);
            number = 0;
        }

        return targets;
    }
}
