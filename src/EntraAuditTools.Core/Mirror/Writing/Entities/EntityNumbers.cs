using System.Runtime.InteropServices;
using System.Text;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing.Entities;

/// <summary>Gives each entity its number; keeps the newest name to look it up by.</summary>
internal sealed class EntityNumbers : IDisposable
{
    private const int MaxCached = 64 * 1024;
    private const int Recent = 256;
    private const int ManyMissing = 1000;

    private readonly SqliteConnection connection;
    private readonly Dictionary<(Guid Id, EntityKind Kind), long> cache = [];

    // Of what is named by its own record and hardly ever again; in the cache it would take the room of what is named by thousands.
    private readonly (Guid Id, EntityKind Kind, long Number)[] recent = new (Guid, EntityKind, long)[Recent];
    private readonly IdFilter known = new();
    private readonly Statement find;
    private readonly ManyRows insert;
    private readonly Statement name;
    private readonly Statement setTenant;
    private readonly long atFirst;
    private readonly List<ulong> stated = [];
    private long last;
    private long missing;
    private bool knowsAll;

    public EntityNumbers(SqliteConnection connection)
    {
        this.connection = connection;
        find = new(connection, "SELECT id FROM entity WHERE object_id = ? AND kind = ?");
        insert = new(connection, "entity", "id", "object_id", "kind", "name", "upn", "tenant");
        // An index is written also where its column stays as it is.
        name = new(connection, """
            UPDATE entity SET name = coalesce(?2, name), upn = coalesce(?3, upn)
            WHERE id = ?1 AND (name IS NOT coalesce(?2, name) COLLATE BINARY OR upn IS NOT coalesce(?3, upn) COLLATE BINARY)
            """);
        setTenant = new(connection, "UPDATE entity SET tenant = ?2 WHERE id = ?1 AND tenant = 0");
        atFirst = last = MirrorFile.Scalar(connection, "SELECT coalesce(max(id), 0) FROM entity");
    }

    /// <summary>
    /// The number of an entity; a new one when it was never named. A new one waits to be written: see <see cref="Flush"/>.
    /// </summary>
    public long Of(EntityKind kind, string id, out bool isNew) => Of(kind, id, null, 0, out isNew);

    /// <inheritdoc cref="Of(EntityKind, string, out bool)"/>
    public long Of(EntityKind kind, Guid id) => Of(kind, id, null, 0, out _);

    /// <summary>The number of an entity that was observed; a new one, with its name and tenant, when it was never named.</summary>
    /// <param name="observation">What was observed of it.</param>
    /// <param name="tenant">Its tenant as a term; 0 when unknown.</param>
    /// <param name="isNew">Whether it was never named before.</param>
    public long Of(ObservedEntity observation, int tenant, out bool isNew) =>
        Of(observation.Kind, observation.Id, observation, tenant, out isNew);

    /// <summary>
    /// Notes that an entity has a state. False for one that was made here and had none before; true also where that is not known.
    /// </summary>
    public bool NoteState(long entity)
    {
        var at = entity - atFirst - 1;
        if (at < 0) return true;
        var (word, bit) = ((int)(at / 64), 1UL << (int)(at % 64));
        if (stated.Count <= word) CollectionsMarshal.SetCount(stated, word + 1);
        ref var bits = ref CollectionsMarshal.AsSpan(stated)[word];
        var hadState = (bits & bit) != 0;
        bits |= bit;
        return hadState;
    }

    /// <summary>Keeps the newest name.</summary>
    public void SetName(long entity, string? displayName, string? userPrincipalName)
    {
        if (displayName == null && userPrincipalName == null) return;
        insert.Flush();
        name.Bind(1, entity).BindText(2, Utf8(displayName)).BindText(3, Utf8(userPrincipalName)).Execute();
    }

    /// <summary>Sets the tenant once it is known.</summary>
    public void SetTenant(long entity, int term)
    {
        if (term == 0) return;
        insert.Flush();
        setTenant.Bind(1, entity).Bind(2, term).Execute();
    }

    /// <summary>Writes the new ones that wait to be written.</summary>
    public void Flush() => insert.Flush();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in new IDisposable[] { find, insert, name, setTenant }) part.Dispose();
    }

    private long Of(EntityKind kind, string id, ObservedEntity? observation, int tenant, out bool isNew)
    {
        if (Guid.TryParseExact(id, "D", out var guid)) return Of(kind, guid, observation, tenant, out isNew);
        // Ids that are no GUIDs are few, and can be long: they are not kept in memory.
        var hash = Hash(Encoding.UTF8.GetBytes(id), kind);
        isNew = false;
        if (MayBeKnown(hash))
        {
            StoredEntityId.Bind(find, 1, id);
            if (Find(kind) is { } known) return known;
        }

        isNew = true;
        insert.Add(0).Number(++last).Text(Encoding.UTF8.GetBytes(id));
        Insert(hash, kind, observation, tenant);
        return last;
    }

    private long Of(EntityKind kind, Guid id, ObservedEntity? observation, int tenant, out bool isNew)
    {
        isNew = false;
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var hash = Hash(bytes, kind);
        ref var place = ref recent[hash % Recent];
        if (place.Number != 0 && place.Id == id && place.Kind == kind) return place.Number;
        var isOften = IsNamedOften(kind);
        if (isOften && cache.TryGetValue((id, kind), out var number)) return number;
        number = 0;
        if (MayBeKnown(hash))
        {
            find.BindBlob(1, bytes);
            number = Find(kind) ?? 0;
        }

        if (number == 0)
        {
            isNew = true;
            insert.Add(0).Number(++last).Blob(bytes);
            Insert(hash, kind, observation, tenant);
            number = last;
        }

        place = (id, kind, number);
        if (!isOften) return number;
        if (cache.Count >= MaxCached) cache.Clear();
        cache.Add((id, kind), number);
        return number;
    }

    // Number and id are there already.
    private void Insert(ulong hash, EntityKind kind, ObservedEntity? observation, int tenant)
    {
        insert.Number((int)kind).Text(Utf8(observation?.Name)).Text(Utf8(observation?.UserPrincipalName)).Number(tenant);
        known.Add(hash);
    }

    private bool MayBeKnown(ulong hash) => (atFirst > 0 && !knowsAll) || known.MayHold(hash);

    // By the id that is bound.
    private long? Find(EntityKind kind)
    {
        insert.Flush();
        if (!find.Bind(2, (int)kind).Step())
        {
            // Reading all ids there are pays once that many are new.
            if (!knowsAll && ++missing > Math.Max(ManyMissing, atFirst / 8)) LearnAll();
            return null;
        }

        var number = find.Number(0);
        find.Reset();
        return number;
    }

    private static bool IsNamedOften(EntityKind kind) => kind is not (EntityKind.Assignment or EntityKind.Request
        or EntityKind.ResourceAssignment or EntityKind.Approval or EntityKind.AppRoleAssignment);

    private void LearnAll()
    {
        using var all = new Statement(connection, "SELECT object_id, kind FROM entity");
        while (all.Step())
        {
            var kind = (EntityKind)all.Number(1);
            known.Add(Hash(all.TextSpan(0), kind));
        }

        knowsAll = true;
    }

    private static ulong Hash(ReadOnlySpan<byte> id, EntityKind kind) => unchecked((ulong)StableHash.OfUtf8(id, (ulong)kind));

    private static byte[] Utf8(string? text) => text == null ? [] : Encoding.UTF8.GetBytes(text);
}
