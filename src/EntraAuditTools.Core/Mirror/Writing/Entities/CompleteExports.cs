using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing.Entities;

/// <summary>What a complete export is complete for: all of a kind and tenant, or what of it belongs to one entity.</summary>
/// <param name="Kind">An <see cref="EntityKind"/>, or <see cref="PortalAssignments"/>.</param>
/// <param name="Tenant">Tenant as a term; 0 when unknown.</param>
/// <param name="Scope">Number of the entity that all belong to; 0 for all there are.</param>
internal readonly record struct CompleteKey(int Kind, int Tenant, long Scope)
{
    /// <summary>
    /// Rows of the portal's download of assignments, which are not Graph's objects: neither says anything about whether the other's are
    /// there.
    /// </summary>
    public const int PortalAssignments = 106;
}

/// <summary>
/// Records, in a temporary table, which records an invocation of complete exports brought: of each kind, or of the list of a parent
/// (members of a group) when the records belong to one; and, permanently, which were exported completely and when.
/// </summary>
internal sealed class CompleteExports(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<CompleteKey, (long Seen, bool IsAssumed)> kinds = [];
    private readonly Dictionary<(long Source, int Role), long> lists = [];
    private readonly Dictionary<CompleteKey, List<(long Seen, bool IsAssumed)>> earlier = [];
    private bool isLoaded;
    private Statement? insert;
    private Statement? hasItem;

    public bool IsTracking { get; set; }

    /// <summary>What was exported whole, with the time of the newest export.</summary>
    public IReadOnlyList<(CompleteKey Key, long Seen, bool IsAssumed)> Kinds =>
        [.. kinds.Select(k => (k.Key, k.Value.Seen, k.Value.IsAssumed))];

    /// <summary>The lists that were exported whole, with the time of the newest export.</summary>
    public IReadOnlyList<(long Source, int Role, long Seen)> Lists => [.. lists.Select(l => (l.Key.Source, l.Key.Role, l.Value))];

    /// <summary>A record was there.</summary>
    /// <param name="observation">What the record says.</param>
    /// <param name="entity">Its number.</param>
    /// <param name="row">The record.</param>
    /// <param name="numbers">Numbers of entities.</param>
    /// <param name="package">Of a row of the portal's download of assignments: its package; null for any other record.</param>
    public void AddRecord(ObservedEntity observation, long entity, EntityRow row, EntityNumbers numbers, long? package)
    {
        if (!IsTracking) return;
        if (observation.Parent is { } parent)
        {
            var list = (numbers.Of(parent.Kind, parent.Id, out _), (int)parent.Role);
            lists[list] = Math.Max(lists.GetValueOrDefault(list), row.Seen);
            Insert(list.Item1, list.Item2, entity);
            return;
        }

        AddComplete(package is { } portalPackage ? new(CompleteKey.PortalAssignments, row.Tenant, portalPackage)
            : Key(observation.Kind, observation.Scope, row.Tenant, numbers), row.Seen, row.IsAssumed);
        Insert(0, 0, entity);
    }

    /// <summary>An export was there that holds nothing.</summary>
    public void AddEmpty(EmptyExport export, EntityNumbers numbers)
    {
        if (!IsTracking) return;
        if (export.Parent is { } parent)
        {
            var list = (numbers.Of(parent.Kind, parent.Id, out _), (int)parent.Role);
            lists[list] = Math.Max(lists.GetValueOrDefault(list), export.Seen);
            return;
        }

        AddComplete(Key(export.Kind, export.Scope, export.Tenant, numbers), export.Seen, export.IsAssumed);
    }

    /// <summary>Whether a parent's list had an item.</summary>
    public bool HasItem(long source, int role, long target)
    {
        if (insert == null) return false;
        hasItem ??= new(connection, "SELECT 1 FROM temp.complete_export_item WHERE source = ? AND role = ? AND entity = ?");
        var found = hasItem.Bind(1, source).Bind(2, role).Bind(3, target).Step();
        if (found) hasItem.Reset();
        return found;
    }

    /// <summary>The known entities of what was exported whole that were not there.</summary>
    public List<long> Missing(CompleteKey key)
    {
        insert ??= Create();
        var isPortal = key.Kind == CompleteKey.PortalAssignments;
        var kind = isPortal ? (int)EntityKind.Assignment : key.Kind;
        // What was only named by others has no state that could end.
        // Not EXISTS, which SQLite 3.35 turns into IN: it then reads every state there is.
        using var missing = new Statement(connection, $"""
            SELECT e.id FROM entity e
            WHERE e.kind = {kind} AND e.tenant = {key.Tenant} AND (SELECT 1 FROM entity_state s WHERE s.entity = e.id LIMIT 1)
                AND (SELECT 1 FROM temp.complete_export_item x WHERE x.source = 0 AND x.role = 0 AND x.entity = e.id LIMIT 1) IS NULL
                {(kind == (int)EntityKind.Assignment ? $"AND (SELECT 1 FROM assignment a WHERE a.entity = e.id AND a.portal = {(isPortal ? 1 : 0)} {(key.Scope == 0 ? string.Empty : $"AND a.package = {key.Scope}")} LIMIT 1)"
                    : key.Scope == 0 ? string.Empty : $"AND (SELECT 1 FROM entity_link l WHERE l.target = {key.Scope} AND l.kind = {kind} AND l.source = e.id LIMIT 1)")}
                {(kind == (int)EntityKind.User ? $"AND (typeof(e.object_id) = 'blob' OR e.object_id NOT LIKE '{SubjectReader.OutsidePrefix}%')" : string.Empty)}
            """);
        var found = new List<long>();
        while (missing.Step()) found.Add(missing.Number(0));
        return found;
    }

    /// <summary>Keeps permanently that it was exported completely.</summary>
    public void Keep(CompleteKey key, long seen, bool isAssumed, long import)
    {
        using var keep = new Statement(connection,
            "INSERT INTO complete_export (kind, tenant, scope, seen, assumed, import) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE "
            + "SET assumed = min(assumed, excluded.assumed)");
        keep.Bind(1, key.Kind).Bind(2, key.Tenant).Bind(3, key.Scope).Bind(4, seen).Bind(5, isAssumed ? 1 : 0).Bind(6, import).Execute();
    }

    /// <summary>
    /// Complete exports of earlier invocations that would have held an entity which they did not know: they lacked it.
    /// </summary>
    public IEnumerable<(long Seen, bool IsAssumed)> Lacking(CompleteKey key)
    {
        Load();
        if (earlier.Count == 0) return [];
        var ofAll = key.Scope == 0 ? [] : earlier.GetValueOrDefault(key with { Scope = 0 }) ?? [];
        return (earlier.GetValueOrDefault(key) ?? []).Concat(ofAll);
    }

    /// <summary>Whether exports of a kind were complete for what belongs to an entity.</summary>
    public bool IsScope(int kind, long scope)
    {
        Load();
        return earlier.Keys.Any(key => key.Kind == kind && key.Scope == scope);
    }

    /// <summary>Whether any was kept of a kind.</summary>
    public bool IsKept(int kind)
    {
        Load();
        return earlier.Keys.Any(key => key.Kind == kind);
    }

    /// <summary>Loads again on the next use.</summary>
    public void Forget()
    {
        isLoaded = false;
        earlier.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        insert?.Dispose();
        hasItem?.Dispose();
    }

    private static CompleteKey Key(EntityKind kind, (EntityKind Kind, string Id)? scope, int tenant, EntityNumbers numbers) =>
        new((int)kind, tenant, scope is { } parent ? numbers.Of(parent.Kind, parent.Id, out _) : 0);

    private void AddComplete(CompleteKey key, long seen, bool isAssumed) =>
        kinds[key] = kinds.TryGetValue(key, out var known) ? (Math.Max(known.Seen, seen), known.IsAssumed || isAssumed) : (seen, isAssumed);

    private void Insert(long source, int role, long entity)
    {
        insert ??= Create();
        insert.Bind(1, source).Bind(2, role).Bind(3, entity).Execute();
    }

    private void Load()
    {
        if (isLoaded) return;
        isLoaded = true;
        using var all = new Statement(connection, "SELECT kind, tenant, scope, seen, assumed FROM complete_export");
        while (all.Step())
        {
            var key = new CompleteKey((int)all.Number(0), (int)all.Number(1), all.Number(2));
            if (!earlier.TryGetValue(key, out var list)) earlier.Add(key, list = []);
            list.Add((all.Number(3), all.Number(4) != 0));
        }
    }

    private Statement Create()
    {
        MirrorFile.Execute(connection,
            "CREATE TEMP TABLE IF NOT EXISTS complete_export_item (source INTEGER NOT NULL, role INTEGER NOT NULL, entity INTEGER NOT "
            + "NULL, PRIMARY KEY (source, role, entity)) WITHOUT ROWID");
        return new(connection, "INSERT OR IGNORE INTO temp.complete_export_item VALUES (?, ?, ?)");
    }
}
