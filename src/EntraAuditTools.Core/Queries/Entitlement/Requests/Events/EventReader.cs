using System.Text.Json;
using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Identities;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Events;

/// <summary>Reads events from <c>entitlement_event</c>, each once, however many ways lead to it.</summary>
/// <param name="mirror">The mirror, which stays open meanwhile.</param>
/// <param name="asOf">Later events are left out; null for all.</param>
internal sealed class EventReader(MirrorReader mirror, DateTimeOffset? asOf) : IDisposable
{
    private const int IdsAtOnce = 500;
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
    public void ReadRows(IEnumerable<long> activities)
    {
        var missing = activities.Where(row => !read.Contains(row)).Distinct().Order().ToList();
        if (missing.Count == 0) return;
        var sql = new SqlText();
        sql.Add($"SELECT {EventRows.EventColumns} FROM json_each({sql.Bind(JsonSerializer.Serialize(missing))}) r CROSS JOIN entitlement_event e ON "
            + $"e.activity = r.value{Joined}");
        Read(sql);
    }

    /// <summary>Reads what names any of some identities as a target, or as the initiator where no target is a user.</summary>
    public void ReadIdentities(IReadOnlyCollection<long> identities) => ReadIdentities(identities, string.Empty);

    /// <summary>As <see cref="ReadIdentities(IReadOnlyCollection{long})"/>, but for what only asks them to approve.</summary>
    public void ReadPersons(IReadOnlyCollection<long> identities)
    {
        prompts ??= rows.Types(type => type.Effect == RequestEffect.AddApprover);
        ReadIdentities(identities, $" AND a.kind NOT IN ({string.Join(',', prompts)})");
    }

    /// <summary>Reads what names requests.</summary>
    public void ReadRequests(IEnumerable<string> ids) => ReadRows(RowsOf(ids, askedRequests,
        "SELECT activity FROM entitlement_event INDEXED BY entitlement_event_request WHERE request IN"));

    /// <summary>Reads what names assignments.</summary>
    public void ReadAssignments(IEnumerable<string> ids) => ReadRows(RowsOf(ids, askedAssignments,
        "SELECT activity FROM entitlement_event INDEXED BY entitlement_event_assignment WHERE assignment IN"));

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
    private const string OfCorrelations = "SELECT id FROM activity INDEXED BY activity_correlation WHERE correlation IN";

    // The rows that an index finds by ids that were not asked for yet.
    private List<long> RowsOf(IEnumerable<string> ids, HashSet<string> asked, string select)
    {
        var found = new List<long>();
        foreach (var some in ids.Where(asked.Add).Chunk(IdsAtOnce))
        {
            var sql = new SqlText(select);
            sql.Add($" ({string.Join(',', some.Select(id => Literal(sql, id)))})");
            found.AddRange(mirror.Query(sql, row => row.GetInt64(0)));
        }

        return found;
    }

    private static string Literal(SqlText sql, string id) =>
        StoredId.ToCorrelation(id) is byte[] bytes ? $"x'{Convert.ToHexString(bytes)}'" : sql.Bind(id);

    private void ReadIdentities(IReadOnlyCollection<long> identities, string condition)
    {
        if (identities.Count == 0) return;
        var sql = new SqlText(
            $"SELECT {EventRows.EventColumns} FROM activity_target t CROSS JOIN entitlement_event e ON e.activity = t.activity{Joined}WHERE ");
        Read(sql.Add(sql.In("t.identity", identities)).Add(condition));
        sql = new SqlText($"SELECT {EventRows.EventColumns} FROM entitlement_event e INDEXED BY entitlement_event_person{Joined}WHERE e.person <> 0 AND ");
        Read(sql.Add(sql.In("e.person", identities)).Add(condition));
    }

    private void Read(SqlText sql)
    {
        foreach (var one in Select(sql))
        {
            read.Add(one.Row);
            events.Add(one);
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
