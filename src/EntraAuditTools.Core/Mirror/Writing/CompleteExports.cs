using EntraAuditTools.Core.Formats.Entitlement;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing;

/// <summary>
/// Remembers, in a temporary table, which records an invocation of complete exports brought: of each kind, or of the list of a parent
/// (members of a group) when the records are one's.
/// </summary>
internal sealed class CompleteExports(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<(EntityKind Kind, int Tenant), (long Seen, bool IsAssumed)> kinds = [];
    private readonly Dictionary<(long Source, int Role), long> lists = [];
    private Statement? insert;
    private Statement? hasItem;

    public bool IsTracking { get; set; }

    /// <summary>The kinds that were exported whole, with the time of the newest export.</summary>
    public IEnumerable<(EntityKind Kind, int Tenant, long Seen, bool IsAssumed)> Kinds => kinds.Select(k => (k.Key.Kind, k.Key.Tenant, k.Value.Seen, k.Value.IsAssumed));

    /// <summary>The lists that were exported whole, with the time of the newest export.</summary>
    public IEnumerable<(long Source, int Role, long Seen)> Lists => lists.Select(l => (l.Key.Source, l.Key.Role, l.Value));

    /// <summary>A record was there.</summary>
    public void Saw(ToldEntity observation, long entity, EntityRow row, EntityNumbers numbers)
    {
        if (!IsTracking) return;
        insert ??= Create();
        if (observation.Parent is { } parent)
        {
            var key = (numbers.Of(parent.Kind, parent.Id, out _), (int)parent.Role);
            lists[key] = Math.Max(lists.GetValueOrDefault(key), row.Seen);
            insert.Bind(1, key.Item1).Bind(2, key.Item2).Bind(3, entity).Execute();
            return;
        }

        var kind = (observation.Kind, row.Tenant);
        kinds[kind] = kinds.TryGetValue(kind, out var known) ? (Math.Max(known.Seen, row.Seen), known.IsAssumed || row.IsAssumed) : (row.Seen, row.IsAssumed);
        insert.Bind(1, 0).Bind(2, 0).Bind(3, entity).Execute();
    }

    /// <summary>Whether a parent's list had an item.</summary>
    public bool HasItem(long source, int role, long target)
    {
        hasItem ??= new(connection, "SELECT 1 FROM temp.complete_export WHERE source = ? AND role = ? AND entity = ?");
        var found = hasItem.Bind(1, source).Bind(2, role).Bind(3, target).Step();
        if (found) hasItem.Reset();
        return found;
    }

    /// <summary>The known entities of a kind that were not there.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="tenant">Tenant of the export as a term; 0 when unknown.</param>
    /// <param name="package">The package that assignments were exported of; 0 for all.</param>
    public List<long> Missing(EntityKind kind, int tenant, long package)
    {
        // What was only named by others has no state that could end; a portal row is not Graph's object.
        using var missing = new Statement(connection, $"""
            SELECT e.id FROM entity e
            WHERE e.kind = {(int)kind} AND e.tenant = {tenant} AND EXISTS (SELECT 1 FROM entity_state s WHERE s.entity = e.id)
                AND NOT EXISTS (SELECT 1 FROM temp.complete_export x WHERE x.source = 0 AND x.role = 0 AND x.entity = e.id)
                {(kind == EntityKind.Assignment ? $"AND EXISTS (SELECT 1 FROM assignment a WHERE a.entity = e.id AND a.portal = 0 {(package == 0 ? string.Empty : $"AND a.package = {package}")})" : string.Empty)}
            """);
        var found = new List<long>();
        while (missing.Step()) found.Add(missing.Number(0));
        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        insert?.Dispose();
        hasItem?.Dispose();
    }

    private Statement Create()
    {
        MirrorFile.Execute(connection, "CREATE TEMP TABLE IF NOT EXISTS complete_export (source INTEGER NOT NULL, role INTEGER NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (source, role, entity)) WITHOUT ROWID");
        return new(connection, "INSERT OR IGNORE INTO temp.complete_export VALUES (?, ?, ?)");
    }
}
