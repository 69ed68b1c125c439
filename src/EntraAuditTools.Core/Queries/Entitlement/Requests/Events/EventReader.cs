using System.Text.Json;
using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using SQLitePCL;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Events;

/// <summary>
/// Reads events from <c>entitlement_event</c>, each once, however many ways lead to it. All that is read comes from indexes and columns;
/// originals stay closed.
/// </summary>
/// <param name="mirror">The mirror, which stays open meanwhile.</param>
/// <param name="asOf">Later events are left out; null for all.</param>
internal sealed class EventReader(MirrorReader mirror, DateTimeOffset? asOf) : IDisposable
{
    private const string Columns =
        "e.activity, a.drift, a.kind, a.result, a.actor, a.tenant, a.correlation, a.record_id, a.block, e.targets, e.request, "
        + "e.assignment, e.justification, e.reason";
    private const long FewRows = 10_000, MuchMore = 2;
    private const int IdsAtOnce = 500;
    private const string Joined = " CROSS JOIN activity a ON a.id = e.activity ";

    private readonly ActivityDimensions words = new(mirror);
    private readonly List<EntitlementEvent> events = [];
    private readonly HashSet<long> rows = [];
    private readonly Dictionary<string, List<EntitlementEvent>> byCorrelation = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, RequestActivity?> meanings = [];
    private readonly Dictionary<Guid, string> ids = [];
    private readonly HashSet<string> askedPersons = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> askedRequests = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> askedAssignments = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> askedCorrelations = new(StringComparer.OrdinalIgnoreCase);
    private readonly long until = asOf?.UtcTicks ?? long.MaxValue;

    /// <summary>All that was read, in the order of reading.</summary>
    public IReadOnlyList<EntitlementEvent> Events => events;

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

    /// <summary>Events since a time that name no request.</summary>
    public List<UnlinkedEvent> Unlinked(DateTimeOffset? after)
    {
        var sql = new SqlText("SELECT e.activity, e.targets, e.person, e.assignment FROM entitlement_event e INDEXED BY "
            + "entitlement_event_loose WHERE e.request IS NULL");
        return ReadUnlinked(sql.Add(TimeCondition.Of(after, null).Rows(sql, "e.activity")));
    }

    /// <summary>Events since a time that ask for the end of an assignment, tell of it, or take what it gave.</summary>
    public List<UnlinkedEvent> Endings(DateTimeOffset? after)
    {
        var endings = words.ActivityTypes.Where(k => RequestActivities.Find(k.Value.Activity) is { } known
            && (known.Type == RequestType.Removal || known.Effect is RequestEffect.End || EntitlementEvent.Takes(known))).Select(k => k.Key).ToList();
        if (endings.Count == 0) return [];
        var sql = new SqlText("SELECT e.activity, e.targets, e.person, e.assignment FROM activity a INDEXED BY activity_kind CROSS JOIN "
            + "entitlement_event e ON e.activity = a.id WHERE ");
        sql.Add(sql.In("a.kind", endings));
        return ReadUnlinked(sql.Add(TimeCondition.Of(after, null).Rows(sql, "a.id")));
    }

    /// <summary>Events since a time that ask somebody to approve.</summary>
    public HashSet<long> ApproverPrompts(DateTimeOffset? after)
    {
        var asking = words.ActivityTypes.Where(k => RequestActivities.Find(k.Value.Activity)?.Effect == RequestEffect.AddApprover).Select(k => k.Key).ToList();
        if (asking.Count == 0) return [];
        var sql = new SqlText("SELECT a.id FROM activity a INDEXED BY activity_kind WHERE ");
        sql.Add(sql.In("a.kind", asking));
        return [.. mirror.Query(sql.Add(TimeCondition.Of(after, null).Rows(sql, "a.id")), row => row.GetInt64(0))];
    }

    /// <summary>Correlation ids of activities by their rows; those that have none are left out.</summary>
    public IEnumerable<(long Row, string Correlation)> Correlations(IEnumerable<long> activities)
    {
        var sql = new SqlText();
        sql.Add($"SELECT a.id, a.correlation FROM json_each({sql.Bind(JsonSerializer.Serialize(activities))}) r CROSS JOIN activity a ON "
            + $"a.id = r.value WHERE a.correlation IS NOT NULL");
        using var command = sql.ToCommand(mirror.Connection);
        using var found = mirror.Execute(command);
        while (mirror.Read(found))
        {
            if (Id(found.Handle!, 1) is { } correlation) yield return (found.GetInt64(0), correlation);
        }
    }

    /// <summary>Every identity that records use for some persons.</summary>
    public HashSet<long> IdentitiesOf(IEnumerable<IdentityText> persons)
    {
        var (ids, names) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        foreach (var person in persons)
        {
            if (person.ObjectId != null) ids.Add(person.ObjectId);
            if (person.UserPrincipalName != null) names.Add(person.UserPrincipalName);
        }

        var sql = new SqlText();
        sql.Add($"SELECT i.id FROM json_each({sql.Bind(JsonSerializer.Serialize(ids))}) p CROSS JOIN identity i ON i.object_id = p.value "
            + $"UNION SELECT i.id FROM json_each({sql.Bind(JsonSerializer.Serialize(names))}) p CROSS JOIN identity i ON i.upn = p.value");
        return [.. mirror.Query(sql, row => row.GetInt64(0))];
    }

    /// <summary>Reads what is about some persons; requests that they are only asked to approve are not.</summary>
    public void AddPersons(IEnumerable<IdentityText> persons)
    {
        var asking = string.Join(',', words.ActivityTypes.Where(k => RequestActivities.Find(k.Value.Activity)?.Effect == RequestEffect.AddApprover).Select(k => k.Key));
        var names = persons.Select(p => p.ObjectId ?? p.UserPrincipalName).OfType<string>().Where(askedPersons.Add).Select(WildcardText.Escape).ToList();
        foreach (var some in names.Chunk(500)) AddIdentities(TermLookup.Identities(mirror, some)!, $" AND a.kind NOT IN ({asking})");
    }

    /// <summary>Reads events by the rows of their activities; those that are no events of entitlement management are left out.</summary>
    public void AddRows(IEnumerable<long> activities)
    {
        var missing = activities.Where(row => !rows.Contains(row)).Distinct().Order().ToList();
        if (missing.Count == 0) return;
        var sql = new SqlText();
        sql.Add($"SELECT {Columns} FROM json_each({sql.Bind(JsonSerializer.Serialize(missing))}) r CROSS JOIN entitlement_event e ON "
            + $"e.activity = r.value{Joined}");
        Add(sql);
    }

    /// <summary>Reads what names any of some identities as a target, or is told of an initiator among them.</summary>
    public void AddIdentities(IReadOnlyCollection<long> identities) => AddIdentities(identities, string.Empty);

    /// <summary>Reads what names requests.</summary>
    public void AddRequests(IEnumerable<string> ids) =>
        AddEach(ids, askedRequests, "SELECT activity FROM entitlement_event INDEXED BY entitlement_event_request WHERE request IN");

    /// <summary>Reads what names assignments.</summary>
    public void AddAssignments(IEnumerable<string> ids) =>
        AddEach(ids, askedAssignments, "SELECT activity FROM entitlement_event INDEXED BY entitlement_event_assignment WHERE assignment IN");

    /// <summary>Reads what shares correlation ids.</summary>
    public void AddCorrelations(IEnumerable<string> ids) =>
        AddEach(ids, askedCorrelations, "SELECT id FROM activity INDEXED BY activity_correlation WHERE correlation IN");

    /// <summary>The events of one correlation id.</summary>
    public IReadOnlyList<EntitlementEvent> OfCorrelation(string id)
    {
        AddCorrelations([id]);
        return byCorrelation.GetValueOrDefault(id) ?? [];
    }

    /// <inheritdoc/>
    public void Dispose() => words.Dispose();

    private void AddIdentities(IReadOnlyCollection<long> identities, string condition)
    {
        if (identities.Count == 0) return;
        var sql = new SqlText($"SELECT {Columns} FROM activity_target t CROSS JOIN entitlement_event e ON e.activity = t.activity{Joined}WHERE ");
        Add(sql.Add(sql.In("t.identity", identities)).Add(condition));
        sql = new SqlText($"SELECT {Columns} FROM entitlement_event e INDEXED BY entitlement_event_person{Joined}WHERE e.person <> 0 AND ");
        Add(sql.Add(sql.In("e.person", identities)).Add(condition));
    }

    // The indexes tell the rows: most are known already.
    private void AddEach(IEnumerable<string> ids, HashSet<string> asked, string select)
    {
        var found = new List<long>();
        foreach (var some in ids.Where(asked.Add).Chunk(IdsAtOnce))
        {
            var sql = new SqlText(select);
            sql.Add($" ({string.Join(',', some.Select(id => StoredId.ToCorrelation(id) is byte[] bytes ? $"x'{Convert.ToHexString(bytes)}'" : sql.Bind(id)))})");
            found.AddRange(mirror.Query(sql, row => row.GetInt64(0)));
        }

        AddRows(found);
    }

    private List<UnlinkedEvent> ReadUnlinked(SqlText sql)
    {
        var list = new List<UnlinkedEvent>();
        using var command = sql.ToCommand(mirror.Connection);
        using var found = mirror.Execute(command);
        while (mirror.Read(found))
        {
            var row = found.Handle!;
            var (targets, person) = (Numbers(raw.sqlite3_column_blob(row, 1)), raw.sqlite3_column_int64(row, 2));
            list.Add(new(raw.sqlite3_column_int64(row, 0), Id(row, 3), person == 0 ? targets : [.. targets, person], person == 0));
        }

        return list;
    }

    private void Add(SqlText sql)
    {
        using var command = sql.ToCommand(mirror.Connection);
        using var found = mirror.Execute(command);
        while (mirror.Read(found)) Keep(found.Handle!);
    }

    private void Keep(sqlite3_stmt row)
    {
        var id = raw.sqlite3_column_int64(row, 0);
        if (rows.Contains(id)) return;
        var ticks = ActivityTime.ToTicks(id, raw.sqlite3_column_int64(row, 1));
        if (ticks > until) return;
        var kindId = raw.sqlite3_column_int64(row, 2);
        var kind = words.ActivityType(kindId);
        if (!meanings.TryGetValue(kindId, out var meaning)) meanings.Add(kindId, meaning = RequestActivities.Find(kind.Activity));
        var correlation = Id(row, 6);
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
            CorrelationId = TerminalText.Visible(correlation),
            StoredRecordId = RawColumn.Text(row, 7),
            Block = raw.sqlite3_column_int64(row, 8),
            Targets = Targets(raw.sqlite3_column_blob(row, 9)),
            RequestId = TerminalText.Visible(Id(row, 10)),
            AssignmentId = TerminalText.Visible(Id(row, 11)),
            Justification = TerminalText.Visible(RawColumn.Text(row, 12)),
            Reason = TerminalText.Visible(RawColumn.Text(row, 13)),
        };
        events.Add(one);
        rows.Add(id);
        if (one.CorrelationId == null) return;
        if (!byCorrelation.TryGetValue(one.CorrelationId, out var same)) byCorrelation.Add(one.CorrelationId, same = []);
        same.Add(one);
    }

    // Many events share each.
    private string? Id(sqlite3_stmt row, int column)
    {
        if (raw.sqlite3_column_type(row, column) != raw.SQLITE_BLOB || raw.sqlite3_column_blob(row, column) is not { Length: 16 } bytes)
            return RawColumn.Id(row, column);
        var id = new Guid(bytes, bigEndian: true);
        if (!ids.TryGetValue(id, out var text)) ids.Add(id, text = id.ToString());
        return text;
    }

    private IdentityText[] Targets(ReadOnlySpan<byte> list) => Array.ConvertAll(Numbers(list), words.Identity);

    // "[12,345]"
    private static long[] Numbers(ReadOnlySpan<byte> list)
    {
        if (list.Length <= 2) return [];
        var numbers = new long[list.Count((byte)',') + 1];
        var at = 0;
        long number = 0;
        foreach (var c in list[1..])
        {
            if (c is >= (byte)'0' and <= (byte)'9')
            {
                number = (number * 10) + (c - '0');
                continue;
            }

            numbers[at++] = number;
            number = 0;
        }

        return numbers;
    }
}
