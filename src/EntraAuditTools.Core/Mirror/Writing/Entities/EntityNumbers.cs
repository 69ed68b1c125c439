using System.Text;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing.Entities;

/// <summary>Gives each entity its number; keeps the newest name to look it up by.</summary>
internal sealed class EntityNumbers(SqliteConnection connection) : IDisposable
{
    private const int MaxCached = 64 * 1024;

    private readonly Dictionary<(Guid Id, EntityKind Kind), long> cache = [];
    private readonly Statement find = new(connection, "SELECT id FROM entity WHERE object_id = ? AND kind = ?");
    private readonly Statement insert = new(connection, "INSERT INTO entity (id, object_id, kind) VALUES (?, ?, ?)");
    private readonly Statement name = new(connection, "UPDATE entity SET name = coalesce(?2, name), upn = coalesce(?3, upn) WHERE id = ?1");
    private readonly Statement nameIfNone = new(connection,
        "UPDATE entity SET name = coalesce(name, ?2), upn = coalesce(upn, ?3) WHERE id = ?1");
    private readonly Statement tenant = new(connection, "UPDATE entity SET tenant = ?2 WHERE id = ?1 AND tenant = 0");
    private long last = MirrorFile.Scalar(connection, "SELECT coalesce(max(id), 0) FROM entity");

    /// <summary>The number of an entity; a new one when it was never named.</summary>
    public long Of(EntityKind kind, string id, out bool isNew)
    {
        isNew = false;
        // Ids that are no GUIDs are few, and can be long.
        var isGuid = Guid.TryParseExact(id, "D", out var guid);
        if (isGuid && cache.TryGetValue((guid, kind), out var number)) return number;
        StoredEntityId.Bind(find, 1, id);
        if (find.Bind(2, (int)kind).Step())
        {
            number = find.Number(0);
            find.Reset();
        }
        else
        {
            number = ++last;
            StoredEntityId.Bind(insert.Bind(1, number), 2, id);
            insert.Bind(3, (int)kind).Execute();
            isNew = true;
        }

        if (!isGuid) return number;
        if (cache.Count >= MaxCached) cache.Clear();
        cache.Add((guid, kind), number);
        return number;
    }

    /// <summary>Keeps a name: the newest, or any while there is none.</summary>
    public void SetName(long entity, string? displayName, string? userPrincipalName, bool isNewest)
    {
        if (displayName == null && userPrincipalName == null) return;
        var statement = isNewest ? name : nameIfNone;
        statement.Bind(1, entity).BindText(2, Utf8(displayName)).BindText(3, Utf8(userPrincipalName)).Execute();
    }

    /// <summary>Sets the tenant once it is known.</summary>
    public void SetTenant(long entity, int term)
    {
        if (term != 0) tenant.Bind(1, entity).Bind(2, term).Execute();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in new[] { find, insert, name, nameIfNone, tenant }) statement.Dispose();
    }

    private static byte[] Utf8(string? text) => text == null ? [] : Encoding.UTF8.GetBytes(text);
}
