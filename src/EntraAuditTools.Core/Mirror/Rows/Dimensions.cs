using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Rows;

/// <summary>
/// Gives every recurring value its number: words, kinds, identities, addresses, sets of property names. Used by the reading thread, which
/// holds the only right to write: numbers are given here and stored with the batch that first uses them. Identities and addresses can be
/// many, so only some are kept in memory; the others are looked up in what was committed.
/// </summary>
internal sealed class Dimensions : IDisposable
{
    private const int MaxCached = 250_000;

    private readonly SqliteConnection lookups;
    private readonly TextNumbers terms;
    private readonly TextNumbers propertySets;
    private readonly Dictionary<KindTable, KindNumbers> kinds = [];
    private readonly HashSet<int> tenants = [];
    private readonly CommittedCache identities;
    private readonly CommittedCache addresses;
    private readonly Dictionary<long, int> spellings = [];

    private readonly Statement findIdentity;
    private readonly Statement findAddress;

    /// <summary>Loads the small tables; <paramref name="lookups"/> stays open for the rest.</summary>
    public Dimensions(SqliteConnection lookups)
    {
        this.lookups = lookups;
        terms = new(lookups, "term", "text");
        propertySets = new(lookups, "property_set", "names");
        foreach (var log in LogTable.All) kinds.Add(log.Kinds, new(lookups, log.Kinds));
        Load("SELECT term FROM tenant", s => tenants.Add((int)s.Number(0)));
        identities = new(Max("identity"));
        addresses = new(Max("address"));
        findIdentity = new(lookups, "SELECT id FROM identity WHERE hash = ?");
        findAddress = new(lookups, "SELECT id FROM address WHERE text = ?");
    }

    /// <summary>A mirror that contains what is not here yet: the one that this is derived from; null when there is none.</summary>
    public Dimensions? Older { get; init; }

    /// <summary>Says that all values up to these are committed and need not be kept in memory.</summary>
    public void Committed(in LastNumbers last)
    {
        identities.Committed = last.Identity;
        addresses.Committed = last.Address;
        terms.Committed(last.Term);
        propertySets.Committed(last.PropertySet);
    }

    /// <summary>Number of a word; 0 for none.</summary>
    public int Term(ReadOnlySpan<byte> text, ImportBatch batch) => terms.Of(text, batch.Terms);

    /// <summary>Number of a tenant, which is a word in the table of tenants too; 0 for none.</summary>
    public int Tenant(ReadOnlySpan<byte> text, ImportBatch batch)
    {
        var term = Term(text, batch);
        if (term != 0 && tenants.Add(term)) batch.Tenants.Add(term);
        return term;
    }

    /// <summary>Number of a set of property names, given sorted and separated by line feeds; 0 for none.</summary>
    public int PropertySet(ReadOnlySpan<byte> names, ImportBatch batch) => propertySets.Of(names, batch.PropertySets);

    /// <summary>Number of a combination of what recurs in a log's rows.</summary>
    /// <param name="log">The log.</param>
    /// <param name="parts">Words or identities, in the order of the columns of <see cref="LogTable.Kinds"/>.</param>
    /// <param name="batch">Gets it when it is new.</param>
    public int Kind(LogTable log, ReadOnlySpan<int> parts, ImportBatch batch) => kinds[log.Kinds].Of(new(parts), batch);

    /// <summary>A part of a kind, by its column's position (<see cref="KindTable.PartOf"/>). For any thread.</summary>
    public int PartOfKind(LogTable log, int kind, int part) => kinds[log.Kinds].PartOf(kind, part);

    /// <summary>Number of an identity; 0 when nothing is known of it.</summary>
    public int Identity(int type, ReadOnlySpan<byte> objectId, ReadOnlySpan<byte> displayName, ReadOnlySpan<byte> userPrincipalName,
        ImportBatch batch)
    {
        if (objectId.IsEmpty && displayName.IsEmpty && userPrincipalName.IsEmpty) return 0;
        var hash = StableHash.OfUtf8(objectId, (ulong)type + 1);
        hash = StableHash.Combine(StableHash.OfUtf8(displayName, 2), hash);
        hash = StableHash.Combine(StableHash.OfUtf8(userPrincipalName, 3), hash);
        if (identities.TryGet(hash, findIdentity.Bind(1, hash), out var id)) return id;
        id = identities.Add(hash);
        batch.Identities.Add(new(id, hash, type, objectId.ToArray(), displayName.ToArray(), userPrincipalName.ToArray()));
        return id;
    }

    /// <summary>Number of an address in any spelling; 0 for none.</summary>
    public int Address(ReadOnlySpan<byte> text, ImportBatch batch)
    {
        if (text.IsEmpty) return 0;
        if (AddressText.IsPlain(text)) return PlainAddress(text, batch);
        // Each spelling is normalised once.
        var spelling = StableHash.OfUtf8(text, 1);
        if (spellings.TryGetValue(spelling, out var id)) return id;
        if (spellings.Count >= MaxCached) spellings.Clear();
        id = PlainAddress(System.Text.Encoding.UTF8.GetBytes(AddressText.Normalize(text)), batch);
        spellings.Add(spelling, id);
        return id;
    }

    private int PlainAddress(ReadOnlySpan<byte> text, ImportBatch batch)
    {
        if (text.IsEmpty) return 0;
        var hash = StableHash.OfUtf8(text);
        if (addresses.TryGet(hash, findAddress.BindText(1, text), out var id)) return id;
        id = addresses.Add(hash);
        batch.Addresses.Add(new(id, text.ToArray()));
        return id;
    }

    /// <summary>Ids of the committed entities of a kind and name.</summary>
    public IReadOnlyList<string> EntitiesNamed(EntityKind kind, string name)
    {
        using var command = lookups.CreateCommand();
        command.CommandText = "SELECT object_id FROM entity WHERE name = @name AND kind = @kind";
        command.Parameters.AddWithValue("@name", name);
        command.Parameters.AddWithValue("@kind", (int)kind);
        using var rows = command.ExecuteReader();
        var ids = new List<string>();
        while (rows.Read()) ids.Add(StoredEntityId.Of(rows, 0));
        return ids;
    }

    /// <summary>Whether an earlier import contained a fact of an entity.</summary>
    public bool IsFactKnown(EntityKind kind, string id, string fact)
    {
        using var command = lookups.CreateCommand();
        command.CommandText = "SELECT EXISTS (SELECT 1 FROM entity e JOIN entity_state s ON s.entity = e.id WHERE e.object_id = @id AND "
            + "e.kind = @kind AND json_extract(s.facts, '$.' || @fact) IS NOT NULL)";
        command.Parameters.AddWithValue("@id", StoredEntityId.ToStored(id));
        command.Parameters.AddWithValue("@kind", (int)kind);
        command.Parameters.AddWithValue("@fact", fact);
        return (long)command.ExecuteScalar()! != 0 || Older?.IsFactKnown(kind, id, fact) == true;
    }

    /// <summary>Whether an earlier import contained an entity as an item of a list.</summary>
    public bool IsListed(EntityKind kind, string id, EdgeRole role)
    {
        using var command = lookups.CreateCommand();
        command.CommandText = "SELECT EXISTS (SELECT 1 FROM entity e JOIN edge l ON l.target = e.id WHERE e.object_id = @id AND e.kind = "
            + "@kind AND l.role = @role)";
        command.Parameters.AddWithValue("@id", StoredEntityId.ToStored(id));
        command.Parameters.AddWithValue("@kind", (int)kind);
        command.Parameters.AddWithValue("@role", (int)role);
        return (long)command.ExecuteScalar()! != 0 || Older?.IsListed(kind, id, role) == true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        findIdentity.Dispose();
        findAddress.Dispose();
        terms.Dispose();
        propertySets.Dispose();
        lookups.Dispose();
    }

    private void Load(string sql, Action<Statement> row)
    {
        using var statement = new Statement(lookups, sql);
        while (statement.Step()) row(statement);
    }

    private int Max(string table)
    {
        using var statement = new Statement(lookups, $"SELECT max(id) FROM {table}");
        statement.Step();
        return (int)statement.Number(0);
    }

    /// <summary>Numbers by hash, of which those that are committed can be dropped when there are too many.</summary>
    private sealed class CommittedCache(int last)
    {
        private readonly Dictionary<long, int> numbers = [];
        private int last = last;
        private int most = MaxCached;
        private volatile bool mayBeStored = last > 0;

        /// <summary>The last number that is committed.</summary>
        public volatile int Committed = last;

        public bool TryGet(long hash, Statement find, out int id)
        {
            if (numbers.TryGetValue(hash, out id)) return true;
            if (!mayBeStored || !find.Step()) return false;
            id = (int)find.Number(0);
            find.Reset();
            Keep(hash, id);
            return true;
        }

        public int Add(long hash)
        {
            Keep(hash, ++last);
            return last;
        }

        private void Keep(long hash, int id)
        {
            if (numbers.Count >= most)
            {
                var committed = Committed;
                foreach (var (key, number) in numbers)
                {
                    if (number <= committed) numbers.Remove(key);
                }

                mayBeStored = true;
                // What is not committed yet is not looked through again for each of the next ones.
                most = Math.Max(MaxCached, numbers.Count * 2);
            }

            numbers[hash] = id;
        }
    }
}
