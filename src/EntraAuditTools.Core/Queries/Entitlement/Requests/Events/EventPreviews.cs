using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;

namespace EntraAuditTools.Core.Queries.Entitlement.Requests.Events;

/// <summary>Reads previews of events.</summary>
/// <param name="mirror">The mirror, which stays open meanwhile.</param>
/// <param name="rows">Makes previews of rows.</param>
internal sealed class EventPreviews(MirrorReader mirror, EventRows rows)
{
    /// <summary>Events that name no request and any of some identities.</summary>
    public IEnumerable<EventPreview> Unlinked(DateTimeOffset? after, DateTimeOffset? before, IReadOnlySet<long> identities)
    {
        var sql = new SqlText(
            $"SELECT {EventRows.PreviewColumns} FROM entitlement_event e INDEXED BY entitlement_event_loose WHERE e.request IS NULL");
        return Read(sql.Add(TimeCondition.Of(after, before).Rows(sql, "e.activity")), identities);
    }

    /// <summary>Events since a time that ask for the end of an assignment, tell of it, or take what it gave, and name any of some identities.</summary>
    public IEnumerable<EventPreview> Endings(DateTimeOffset after, IReadOnlySet<long> identities)
    {
        var endings = rows.Types(EntitlementEvent.Ends);
        if (endings.Count == 0) return [];
        var sql = new SqlText($"SELECT {EventRows.PreviewColumns} FROM activity a INDEXED BY activity_kind CROSS JOIN "
            + "entitlement_event e ON e.activity = a.id WHERE ");
        sql.Add(sql.In("a.kind", endings));
        return Read(sql.Add(TimeCondition.Of(after, null).Rows(sql, "a.id")), identities);
    }

    private IEnumerable<EventPreview> Read(SqlText sql, IReadOnlySet<long> identities)
    {
        using var command = sql.ToCommand(mirror.Connection);
        using var found = mirror.Execute(command);
        while (mirror.Read(found))
        {
            if (EventRows.Preview(found.Handle!, identities) is { } preview) yield return preview;
        }
    }
}
