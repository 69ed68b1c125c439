using EntraAuditTools.Core.Formats.Entitlement;
using EntraAuditTools.Core.Mirror.Entities;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing;

/// <summary>
/// Writes what was observed of entities. An observation that tells nothing but what was known at its time lengthens the state before it;
/// any other makes a state of its own, wherever in time it belongs, so that the order of imports does not matter.
/// </summary>
internal sealed class EntityWriter : IDisposable
{
    // Ids of entities come in no order: of many, their index wants to stay in memory, or each is read and written a page at a time.
    private const int ManyRows = 50_000;
    private const string LargerCache = "PRAGMA cache_size = -49152";

    private readonly SqliteConnection connection;
    private readonly BlockQueue blocks;
    private readonly WriteCounts counts;
    private readonly EntityNumbers numbers;
    private readonly EdgeWriter edges;
    private readonly AssignmentProjection assignments;
    private readonly CompleteExports complete;

    private readonly Statement states;
    private readonly Statement insertState;
    private readonly Statement lengthen;
    private readonly Statement shorten;
    private readonly Statement copyState;
    private readonly Statement sight;
    private readonly Statement findOriginal;
    private readonly Statement insertOriginal;
    private readonly Statement link;
    private readonly Statement newestState;
    private long lastState;
    private long import;
    private long firstBlock;
    private int rows;

    public EntityWriter(SqliteConnection connection, BlockQueue blocks, WriteCounts counts)
    {
        this.connection = connection;
        this.blocks = blocks;
        this.counts = counts;
        numbers = new(connection);
        edges = new(connection, numbers);
        assignments = new(connection, numbers);
        complete = new(connection);
        states = new(connection, "SELECT id, observed, seen, last_observed, last_seen, assumed, gone, digest, block, slot, facts FROM entity_state WHERE entity = ? ORDER BY observed, seen, digest");
        newestState = new(connection, "SELECT id, observed, seen, digest, last_observed, last_seen, assumed, block FROM entity_state WHERE entity = ? ORDER BY observed DESC, seen DESC, digest DESC LIMIT 1");
        insertState = new(connection, "INSERT INTO entity_state (id, entity, observed, seen, last_observed, last_seen, assumed, gone, facts, digest, block, slot) VALUES (?1, ?2, ?3, ?4, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
        lengthen = new(connection, "UPDATE entity_state SET last_observed = max(last_observed, ?2), last_seen = max(last_seen, ?3), assumed = min(assumed, ?4) WHERE id = ?1");
        shorten = new(connection, "UPDATE entity_state SET last_observed = observed, last_seen = seen WHERE id = ?");
        copyState = new(connection, """
            INSERT INTO entity_state (id, entity, observed, seen, last_observed, last_seen, assumed, gone, facts, digest, block, slot)
            SELECT ?2, entity, last_observed, last_seen, last_observed, last_seen, assumed, gone, facts, digest, block, slot FROM entity_state WHERE id = ?1
            """);
        sight = new(connection, "INSERT OR IGNORE INTO entity_sighting (state, import) VALUES (?, ?)");
        findOriginal = new(connection, "SELECT block, slot FROM entity_original WHERE entity = ? AND digest = ?");
        insertOriginal = new(connection, "INSERT INTO entity_original (entity, digest, block, slot) VALUES (?, ?, ?, ?)");
        link = new(connection, "INSERT OR IGNORE INTO entity_link (target, kind, source) VALUES (?, ?, ?)");
        lastState = MirrorFile.Scalar(connection, "SELECT coalesce(max(id), 0) FROM entity_state");
    }

    /// <summary>Begins with another import.</summary>
    public void BeginImport(long number)
    {
        import = number;
        firstBlock = blocks.NextId;
    }

    /// <summary>Remembers which records were there, for <see cref="CloseMissing"/>.</summary>
    public void TrackComplete() => complete.IsTracking = true;

    /// <summary>Writes the rows of a batch.</summary>
    public void Write(ImportBatch batch)
    {
        if (rows < ManyRows && (rows += batch.Entities.Count) >= ManyRows) MirrorFile.Execute(connection, LargerCache);

        foreach (var row in batch.Entities)
        {
            var own = row.Told[0];
            var entity = numbers.Of(own.Kind, own.Id, out var isNew);
            var place = Keep(entity, isNew, row, batch);
            var change = WriteTold(own, entity, isNew, row, batch, place, isOwn: true);
            for (var i = 1; i < row.Told.Count; i++)
            {
                var nested = numbers.Of(row.Told[i].Kind, row.Told[i].Id, out isNew);
                WriteTold(row.Told[i], nested, isNew, row, batch, place, isOwn: false);
            }

            switch (change)
            {
                case Change.New:
                    counts.Added++;
                    break;
                case Change.Changed:
                    counts.Updated++;
                    break;
                default:
                    counts.Unchanged++;
                    break;
            }

            complete.Saw(own, entity, row, numbers);
        }
    }

    /// <summary>
    /// After complete exports: closes what they lack. Returns what was closed, by kind.
    /// </summary>
    /// <param name="package">Id of the package that assignments were exported of; null for all packages.</param>
    public IReadOnlyList<(EntityKind Kind, long Count)> CloseMissing(string? package)
    {
        var closed = new List<(EntityKind, long)>();
        edges.CloseMissing(complete);
        foreach (var (kind, tenant, seen, isAssumed) in complete.Kinds)
        {
            var missing = complete.Missing(kind, tenant, package == null ? 0 : numbers.Of(EntityKind.AccessPackage, package, out _));
            foreach (var entity in missing)
            {
                var known = Load(entity);
                if (known.Count > 0 && known[^1].IsGone) continue;
                // Something that was observed later than the complete export is not missing.
                if (known.Count > 0 && (known[^1].LastObserved > seen || known[^1].LastSeen > seen)) continue;
                insertState.Bind(1, ++lastState).Bind(2, entity).Bind(3, seen).Bind(4, seen).Bind(5, isAssumed ? 1 : 0).Bind(6, 1).BindText(7, "{}"u8).Bind(8, 0).Bind(9, 0).Bind(10, 0).Execute();
                sight.Bind(1, lastState).Bind(2, import).Execute();
                if (kind == EntityKind.Assignment) assignments.Project(entity, Load(entity));
                closed.Add((kind, entity));
            }
        }

        return [.. closed.GroupBy(c => c.Item1).Select(g => (g.Key, g.LongCount()))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in new IDisposable[] { numbers, edges, assignments, complete, states, newestState, insertState, lengthen, shorten, copyState, sight, findOriginal, insertOriginal, link }) part.Dispose();
    }

    private (long Block, int Slot) Keep(long entity, bool isNew, EntityRow row, ImportBatch batch)
    {
        if (!isNew && findOriginal.Bind(1, entity).Bind(2, row.Digest).Step())
        {
            var known = (findOriginal.Number(0), (int)findOriginal.Number(1));
            findOriginal.Reset();
            return known;
        }

        var place = (blocks.NextId, blocks.NextSlot);
        blocks.Add(row.Shape, batch.Get(row.Original));
        insertOriginal.Bind(1, entity).Bind(2, row.Digest).Bind(3, place.NextId).Bind(4, place.NextSlot).Execute();
        return place;
    }

    private Change WriteTold(ToldEntity told, long entity, bool isNew, EntityRow row, ImportBatch batch, (long Block, int Slot) place, bool isOwn)
    {
        var change = told.Facts.Length == 0 ? Change.None : WriteState(told, entity, isNew, row, batch, place);
        numbers.SetTenant(entity, row.Tenant);
        if (change != Change.None)
        {
            foreach (var (_, kind, id) in told.Links) link.Bind(1, numbers.Of(kind, id, out _)).Bind(2, (int)told.Kind).Bind(3, entity).Execute();
        }

        if (edges.Write(told, entity, isOwn ? row.Seen : told.Observed, row.Seen, import) && change == Change.None) change = Change.Changed;
        return change;
    }

    private Change WriteState(ToldEntity told, long entity, bool isNew, EntityRow row, ImportBatch batch, (long Block, int Slot) place)
    {
        // Nearly always the newest state says the same, or there is none.
        if (isNew || !newestState.Bind(1, entity).Step())
        {
            Insert(told, entity, row, batch, place);
            numbers.SetName(entity, told.Name, told.UserPrincipalName, isNewest: true);
            if (told.Kind == EntityKind.Assignment) assignments.ProjectFirst(entity, batch.Bytes.WrittenMemory.Slice(told.Facts.Start, told.Facts.Length), lastState);
            return Change.New;
        }

        var (newest, observed, seen, digest, lastObserved, lastSeen, assumed, block) = (newestState.Number(0), newestState.Number(1), newestState.Number(2), newestState.Number(3),
            newestState.Number(4), newestState.Number(5), newestState.Number(6) != 0, newestState.Number(7));
        newestState.Reset();
        if (digest == told.Digest && (observed, seen).CompareTo((told.Observed, row.Seen)) <= 0)
        {
            // Thousands of records of one file can tell the same of a package.
            if (block < firstBlock || told.Observed > lastObserved || row.Seen > lastSeen || (assumed && !row.IsAssumed)) Sight(newest, told, row);
            return Change.None;
        }

        var known = Load(entity);
        // What is there again after a complete export lacked it begins anew, whatever its own dates are.
        if (known.FindLast(s => s.IsGone && s.Seen <= row.Seen) is { } lacking && told.Observed <= lacking.Observed) told = told with { Observed = row.Seen };
        var at = known.FindLastIndex(s => (s.Observed, s.Seen).CompareTo((told.Observed, row.Seen)) <= 0);
        if (at >= 0 && !known[at].IsGone && (known[at].Digest == told.Digest || IsKnown(known.GetRange(0, at + 1), batch.Bytes.WrittenMemory.Slice(told.Facts.Start, told.Facts.Length))))
        {
            Sight(known[at].Id, told, row);
            return Change.None;
        }

        // A state that reaches beyond this one is two: before and after it.
        if (at >= 0 && (known[at].LastObserved, known[at].LastSeen).CompareTo((told.Observed, row.Seen)) > 0)
        {
            copyState.Bind(1, known[at].Id).Bind(2, ++lastState).Execute();
            shorten.Bind(1, known[at].Id).Execute();
        }

        Insert(told, entity, row, batch, place);
        numbers.SetName(entity, told.Name, told.UserPrincipalName, isNewest: at == known.Count - 1);
        if (told.Kind == EntityKind.Assignment) assignments.Project(entity, Load(entity));
        return Change.Changed;
    }

    private static bool IsKnown(List<StoredState> before, ReadOnlyMemory<byte> told)
    {
        using var facts = System.Text.Json.JsonDocument.Parse(told, new System.Text.Json.JsonDocumentOptions { MaxDepth = Formats.Json.JsonResync.MaxDepth });
        return StoredState.Contains(EntityState.At(before, null), facts.RootElement);
    }

    private void Sight(long state, ToldEntity told, EntityRow row)
    {
        lengthen.Bind(1, state).Bind(2, told.Observed).Bind(3, row.Seen).Bind(4, row.IsAssumed ? 1 : 0).Execute();
        sight.Bind(1, state).Bind(2, import).Execute();
    }

    private void Insert(ToldEntity told, long entity, EntityRow row, ImportBatch batch, (long Block, int Slot) place) =>
        insertState.Bind(1, ++lastState).Bind(2, entity).Bind(3, told.Observed).Bind(4, row.Seen).Bind(5, row.IsAssumed ? 1 : 0).Bind(6, 0).BindText(7, batch.Get(told.Facts)).Bind(8, told.Digest)
            .Bind(9, place.Block).Bind(10, place.Slot).Execute();

    private List<StoredState> Load(long entity)
    {
        var found = new List<StoredState>();
        states.Bind(1, entity);
        while (states.Step())
        {
            found.Add(new(states.Number(0), states.Number(1), states.Number(2), states.Number(3), states.Number(4), states.Number(5) != 0, states.Number(6) != 0, states.Number(7), states.Number(8), (int)states.Number(9), System.Text.Encoding.UTF8.GetString(states.Text(10))));
        }

        return found;
    }

    private enum Change
    {
        None,
        Changed,
        New,
    }
}
