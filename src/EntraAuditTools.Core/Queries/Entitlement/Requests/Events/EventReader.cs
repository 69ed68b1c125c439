using System.Text.Json;
using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Events;

/// <summary>Reads events from <c>entitlement_event</c>, each once, however many ways lead to it.</summary>
/// <param name="mirror">The mirror, which stays open meanwhile.</param>
/// <param name="asOf">Later events are left out; null for all.</param>
internal sealed class EventReader(MirrorReader mirror, DateTimeOffset? asOf) : IDisposable
{
    private const string OfTarget =
        "SELECT e.activity FROM activity_target t CROSS JOIN entitlement_event e ON e.activity = t.activity WHERE t.identity = ? AND t.activity BETWEEN ? AND ?";
    private const string OfPerson =
        "SELECT activity FROM entitlement_event INDEXED BY entitlement_event_person WHERE person = ? AND person <> 0 AND activity BETWEEN ? AND ?";
    private const string Joined = " CROSS JOIN activity a ON a.id = e.activity ";

    private readonly EventRows rows = new(mirror);
    private readonly List<EntitlementEvent> events = [];
    private readonly HashSet<long> read = [];
    private readonly HashSet<string> askedRequests = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> askedAssignments = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> askedCorrelations = new(StringComparer.OrdinalIgnoreCase);
    private readonly long until = asOf?.UtcTicks ?? long.MaxValue;
    private List<long>? prompts;

    /// <summary>All that was read, in the order of reading.</summary>
    public IReadOnlyList<EntitlementEvent> Events => events;

    /// <summary>Words behind numbers.</summary>
    public ActivityDimensions Words => rows.Words;

    /// <summary>Makes events and previews of rows.</summary>
    public EventRows Rows => rows;

    /// <summary>Reads what happened in a span; null for open ends.</summary>
    public void ReadSpan(DateTimeOffset? after, DateTimeOffset? before)
    {
        var sql = new SqlText($"SELECT {EventRows.EventColumns} FROM entitlement_event e{Joined}WHERE 1");
        Read(sql.Add(TimeCondition.Of(after, before).Rows(sql, "e.activity")));
    }

    /// <summary>Reads events by the rows of their activities; those that are no events of entitlement management are left out.</summary>
    public void ReadRows(IEnumerable<long> activities) => ReadRows(activities, string.Empty);

    /// <summary>Reads what names any of some identities as a target, or as the initiator where no target is a user.</summary>
    public void ReadIdentities(IReadOnlyCollection<long> identities)
    {
        if (identities.Count == 0) return;
        var sql = new SqlText(
            $"SELECT {EventRows.EventColumns} FROM activity_target t CROSS JOIN entitlement_event e ON e.activity = t.activity{Joined}WHERE ");
        Read(sql.Add(sql.In("t.identity", identities)));
        sql = new SqlText($"SELECT {EventRows.EventColumns} FROM entitlement_event e INDEXED BY entitlement_event_person{Joined}WHERE e.person <> 0 AND ");
        Read(sql.Add(sql.In("e.person", identities)));
    }

    /// <summary>Reads what is about persons, but for what only asks them to approve.</summary>
    /// <param name="persons">The identities of each, and the time, UTC ticks.</param>
    public void ReadPersons(IEnumerable<(HashSet<long> Identities, long From, long To)> persons)
    {
        var found = new List<long>();
        foreach (var (identities, from, to) in persons)
        {
            foreach (var sql in new[] { OfTarget, OfPerson })
            {
                var row = mirror.Prepared(sql).Bind(2, RowOf(from)).Bind(3, RowOf(to));
                foreach (var identity in identities)
                {
                    row.Bind(1, identity);
                    while (mirror.Step(row)) found.Add(row.Number(0));
                }
            }
        }

        prompts ??= rows.Types(type => type.Effect == RequestEffect.AddApprover);
        ReadRows(found, $" AND a.kind NOT IN ({string.Join(',', prompts)})");
    }

    /// <summary>Reads what names requests.</summary>
    public void ReadRequests(IEnumerable<string> ids) => ReadRows(RowsOf(ids, askedRequests,
        "SELECT activity FROM entitlement_event INDEXED BY entitlement_event_request WHERE request = ?"));

    /// <summary>Reads what names assignments.</summary>
    public void ReadAssignments(IEnumerable<string> ids) => ReadRows(RowsOf(ids, askedAssignments,
        "SELECT activity FROM entitlement_event INDEXED BY entitlement_event_assignment WHERE assignment = ?"));

    /// <summary>Reads what shares correlation ids.</summary>
    public void ReadCorrelations(IEnumerable<string> ids) => ReadRows(RowsOf(ids, askedCorrelations, OfCorrelations));

    /// <summary>The events of a correlation id; they are not kept.</summary>
    public List<EntitlementEvent> OfCorrelation(string id)
    {
        var found = RowsOf([id], [], OfCorrelations);
        if (found.Count == 0) return [];
        var sql = new SqlText($"SELECT {EventRows.EventColumns} FROM entitlement_event e{Joined}WHERE ");
        return [.. Select(sql.Add(sql.In("e.activity", found)))];
    }

    /// <inheritdoc/>
    public void Dispose() => rows.Dispose();

    /// <summary>Activities of any kind that share correlation ids.</summary>
    private const string OfCorrelations = "SELECT id FROM activity INDEXED BY activity_correlation WHERE correlation = ?";

    // The rows that an index finds by ids that were not asked for yet.
    private List<long> RowsOf(IEnumerable<string> ids, HashSet<string> asked, string select)
    {
        var found = new List<long>();
        var row = mirror.Prepared(select);
        foreach (var id in ids)
        {
            if (!asked.Add(id)) continue;
            if (StoredId.ToCorrelation(id) is byte[] bytes) row.BindBlob(1, bytes);
            else row.BindString(1, id);
            while (mirror.Step(row)) found.Add(row.Number(0));
        }

        return found;
    }

    private static long RowOf(long ticks) => ActivityTime.ToRowId(Math.Clamp(ticks, ActivityTime.MinTicks, ActivityTime.MaxTicks));

    private void ReadRows(IEnumerable<long> activities, string condition)
    {
        var missing = activities.Where(row => !read.Contains(row)).Distinct().Order().ToList();
        if (missing.Count == 0) return;
        var sql = new SqlText();
        sql.Add($"SELECT {EventRows.EventColumns} FROM json_each({sql.Bind(JsonSerializer.Serialize(missing))}) r CROSS JOIN entitlement_event e ON "
            + $"e.activity = r.value{Joined}WHERE 1{condition}");
        Read(sql);
    }

    private void Read(SqlText sql)
    {
        foreach (var logged in Select(sql))
        {
            read.Add(logged.Row);
            events.Add(logged);
        }
    }

    // Those that were not read yet.
    private IEnumerable<EntitlementEvent> Select(SqlText sql)
    {
        using var command = sql.ToCommand(mirror.Connection);
        using var found = mirror.Execute(command);
        while (mirror.Read(found))
        {
            var row = found.Handle!;
            if (!read.Contains(EventRows.Row(row)) && EventRows.Ticks(row) <= until) yield return rows.Event(row);
        }
    }
}
