using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Events;

/// <summary>Reads previews of events.</summary>
/// <param name="mirror">The mirror, which stays open meanwhile.</param>
/// <param name="rows">Makes previews of rows.</param>
internal sealed class EventPreviews(MirrorReader mirror, EventRows rows)
{
    /// <summary>Events that name no request but any of some identities, and can be linked by that.</summary>
    public IEnumerable<EventPreview> Unlinked(DateTimeOffset after, DateTimeOffset? before, IReadOnlySet<long> identities)
    {
        var range = TimeCondition.Of(after, before);
        // Many name no request because they are about packages or reviews: their rows stay closed.
        var others = RowsOf(rows.TypesWithoutPerson(), range).ToHashSet();
        var sql = new SqlText("SELECT activity FROM entitlement_event INDEXED BY entitlement_event_loose WHERE request IS NULL");
        sql.Add(range.Rows(sql, "activity"));
        return Read(mirror.Query(sql, row => row.GetInt64(0)).Where(row => !others.Contains(row)), identities);
    }

    /// <summary>
    /// Events since a time that ask for the end of an assignment, report it, or take what it gave, and name any of some identities.
    /// </summary>
    public IEnumerable<EventPreview> Endings(DateTimeOffset after, IReadOnlySet<long> identities) =>
        Read(RowsOf(rows.Types(EntitlementEvent.Ends), TimeCondition.Of(after, null)), identities);

    private List<long> RowsOf(List<long> types, TimeCondition range)
    {
        if (types.Count == 0) return [];
        var sql = new SqlText("SELECT id FROM activity INDEXED BY activity_kind WHERE ");
        sql.Add(sql.In("kind", types));
        return [.. mirror.Query(sql.Add(range.Rows(sql, "id")), row => row.GetInt64(0))];
    }

    private IEnumerable<EventPreview> Read(IEnumerable<long> activities, IReadOnlySet<long> identities)
    {
        // In the order in which they lie.
        foreach (var activity in activities.Order())
        {
            var row = mirror.Prepared($"SELECT {EventRows.PreviewColumns} FROM entitlement_event WHERE activity = ?").Bind(1, activity);
            if (!mirror.Step(row)) continue;
            var preview = EventRows.Preview(row, identities);
            row.Reset();
            if (preview is { } named) yield return named;
        }
    }
}
