using EntraAuditTools.Core.Formats.Entitlement.Objects;
using EntraAuditTools.Core.Mirror.Entities;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing.Entities;

/// <summary>
/// Writes what was observed of entities. An observation that contains nothing but what was known at its time lengthens the state before it;
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
    private readonly Statement writeState;
    private readonly Statement deleteState;
    private readonly Statement times;
    private readonly Statement insertTime;
    private readonly Statement deleteTimes;
    private readonly Statement moveSightings;
    private readonly Statement deleteSightings;
    private readonly Statement packageOf;
    private readonly Statement sight;
    private readonly Statement findOriginal;
    private readonly ManyRows insertOriginal;
    private readonly ManyRows insertStates;
    private readonly Statement link;
    private readonly Statement newestState;
    private readonly HashSet<long> isLackedBefore = [];
    private readonly List<(long Number, bool IsNew)> found = [];
    private long lastState;
    private long import;
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
        states = new(connection,
            "SELECT id, observed, seen, last_observed, last_seen, assumed, gone, digest, block, slot, facts FROM entity_state WHERE "
            + "entity = ? ORDER BY observed, seen, gone, digest");
        newestState = new(connection,
            "SELECT id, observed, seen, digest, last_observed, last_seen, assumed, block, gone FROM entity_state WHERE entity = ? ORDER "
            + "BY observed DESC, seen DESC, gone DESC, digest DESC LIMIT 1");
        insertState = new(connection,
            "INSERT INTO entity_state (id, entity, observed, seen, last_observed, last_seen, assumed, gone, facts, digest, block, slot) "
            + "VALUES (?1, ?2, ?3, ?4, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
        lengthen = new(connection,
            "UPDATE entity_state SET last_observed = max(last_observed, ?2), last_seen = max(last_seen, ?3), assumed = min(assumed, ?4) WHERE id = ?1");
        writeState = new(connection,
            "INSERT INTO entity_state (id, entity, observed, seen, last_observed, last_seen, assumed, gone, facts, digest, block, slot) "
            + "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
        deleteState = new(connection, "DELETE FROM entity_state WHERE id = ?");
        times = new(connection, "SELECT observed, seen FROM entity_seen WHERE state = ?");
        insertTime = new(connection, "INSERT OR IGNORE INTO entity_seen (state, observed, seen) VALUES (?, ?, ?)");
        deleteTimes = new(connection, "DELETE FROM entity_seen WHERE state = ?");
        moveSightings = new(connection,
            "INSERT OR IGNORE INTO entity_sighting (state, import) SELECT ?2, import FROM entity_sighting WHERE state = ?1 UNION SELECT "
            + "?2, b.import FROM entity_state s JOIN block b ON b.id = s.block WHERE s.id = ?1");
        deleteSightings = new(connection, "DELETE FROM entity_sighting WHERE state = ?");
        packageOf = new(connection, "SELECT package, portal FROM assignment WHERE entity = ?");
        sight = new(connection, "INSERT OR IGNORE INTO entity_sighting (state, import) VALUES (?, ?)");
        findOriginal = new(connection, "SELECT block, slot FROM entity_original WHERE entity = ? AND digest = ?");
        insertOriginal = new(connection, "entity_original", "entity", "digest", "block", "slot");
        insertStates = new(connection, "entity_state", "id", "entity", "observed", "seen", "last_observed", "last_seen", "assumed", "gone",
            "facts", "digest", "block", "slot");
        link = new(connection, "INSERT OR IGNORE INTO entity_link (target, kind, source) VALUES (?, ?, ?)");
        lastState = MirrorFile.Scalar(connection, "SELECT coalesce(max(id), 0) FROM entity_state");
    }

    /// <summary>Begins with another import.</summary>
    public void BeginImport(long number)
    {
        import = number;
    }

    /// <summary>Tracks which records were there, for <see cref="CloseMissing"/>.</summary>
    public void TrackComplete() => complete.IsTracking = true;

    /// <summary>Writes the rows of a batch.</summary>
    public void Write(ImportBatch batch)
    {
        if (rows < ManyRows && (rows += batch.Entities.Count) >= ManyRows) MirrorFile.Execute(connection, LargerCache);

        foreach (var row in batch.Entities)
        {
            blocks.Pin(row.Place);
            var main = row.Entities[0];
            // All of them before any is written: a new one is so inserted with its name, and not named by a link first.
            found.Clear();
            foreach (var observation in row.Entities) found.Add((numbers.Of(observation, row.Tenant, out var isNew), isNew));
            var entity = found[0].Number;
            var place = Keep(entity, found[0].IsNew, row, batch);
            var change = WriteEntity(main, entity, found[0].IsNew, row, batch, place, isOwn: true);
            for (var i = 1; i < row.Entities.Count; i++)
                WriteEntity(row.Entities[i], found[i].Number, found[i].IsNew, row, batch, place, isOwn: false);

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

            if (complete.IsTracking) complete.AddRecord(main, entity, row, numbers, PortalPackageOf(main, entity));
        }

        blocks.Pin(null);
        foreach (var empty in batch.EmptyExports) complete.AddEmpty(empty, numbers);
        numbers.Flush();
        insertOriginal.Flush();
        insertStates.Flush();
        assignments.Flush();
    }

    /// <summary>After complete exports: closes what they lack. Returns what was closed, by kind.</summary>
    public IReadOnlyList<(EntityKind Kind, long Count)> CloseMissing()
    {
        var closed = new List<EntityKind>();
        edges.CloseMissing(complete);
        foreach (var (key, seen, isAssumed) in complete.Kinds)
        {
            var kind = key.Kind == CompleteKey.PortalAssignments ? EntityKind.Assignment : (EntityKind)key.Kind;
            foreach (var entity in complete.Missing(key))
            {
                if (Lack(entity, kind, [(seen, isAssumed)])) closed.Add(kind);
            }

            complete.Keep(key, seen, isAssumed, import);
        }

        return [.. closed.GroupBy(kind => kind).Select(g => (g.Key, g.LongCount()))];
    }

    /// <summary>Writes that complete exports lacked an entity, as another mirror has it.</summary>
    /// <param name="entity">Its number.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="seen">When they were taken.</param>
    /// <param name="isAssumed">Whether that is assumed.</param>
    /// <param name="by">The import that found it out.</param>
    public void LackAgain(long entity, EntityKind kind, long seen, bool isAssumed, long by)
    {
        import = by;
        Lack(entity, kind, [(seen, isAssumed)]);
    }

    /// <summary>Complete exports were added elsewhere: they are loaded again.</summary>
    public void ForgetComplete() => complete.Forget();

    /// <summary>The writer of lists.</summary>
    public EdgeWriter Edges => edges;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in new IDisposable[] { numbers, edges, assignments, complete, states, newestState, insertState, lengthen,
            writeState, deleteState, times, insertTime, deleteTimes, moveSightings, deleteSightings, packageOf, sight, findOriginal,
            insertOriginal, insertStates, link }) part.Dispose();
    }

    private (long Block, int Slot) Keep(long entity, bool isNew, EntityRow row, ImportBatch batch)
    {
        insertOriginal.Flush(entity);
        if (!isNew && findOriginal.Bind(1, entity).Bind(2, row.Digest).Step())
        {
            var known = (findOriginal.Number(0), (int)findOriginal.Number(1));
            findOriginal.Reset();
            return known;
        }

        var place = (blocks.NextId, blocks.NextSlot);
        blocks.Add(row.Shape, batch.Get(row.Original), row.Context);
        insertOriginal.Add(entity).Number(entity).Number(row.Digest).Number(place.NextId).Number(place.NextSlot);
        return place;
    }

    private Change WriteEntity(ObservedEntity observation, long entity, bool isNew, EntityRow row, ImportBatch batch,
        (long Block, int Slot) place, bool isOwn)
    {
        var change = observation.Facts.Length == 0 ? Change.None : WriteState(observation, entity, isNew, row, batch, place);
        if (!isNew) numbers.SetTenant(entity, row.Tenant);
        if (change != Change.None)
        {
            foreach (var (_, kind, id) in observation.Links) link.Bind(1, numbers.Of(kind, id, out _)).Bind(2, (int)observation.Kind)
                .Bind(3, entity).Execute();
        }

        if (isLackedBefore.Remove(entity)) LackBefore(observation, entity, row);
        if (edges.Write(observation, entity, isOwn ? row.Seen : observation.Observed, row.Seen, import) && change == Change.None)
            change = Change.Changed;
        return change;
    }

    private Change WriteState(ObservedEntity observation, long entity, bool isNew, EntityRow row, ImportBatch batch,
        (long Block, int Slot) place)
    {
        // Nearly always the newest state says the same, or there is none.
        var isFirst = !numbers.NoteState(entity);
        if (!isFirst) insertStates.Flush(entity);
        if (isFirst || !newestState.Bind(1, entity).Step())
        {
            Insert(observation, entity, row, batch, place);
            if (!isNew) numbers.SetName(entity, observation.Name, observation.UserPrincipalName);
            if (observation.Kind == EntityKind.Assignment)
                assignments.ProjectFirst(entity, observation.Columns, batch.Get(observation.Facts), lastState, isFirst);
            if (complete.IsKept((int)observation.Kind)
                || (observation.Kind == EntityKind.Assignment && complete.IsKept(CompleteKey.PortalAssignments)))
                isLackedBefore.Add(entity);
            return Change.New;
        }

        var (newest, observed, seen, digest, lastObserved, lastSeen, assumed, block, gone) =
            (newestState.Number(0), newestState.Number(1), newestState.Number(2), newestState.Number(3),
            newestState.Number(4), newestState.Number(5), newestState.Number(6) != 0, newestState.Number(7), newestState.Number(8) != 0);
        newestState.Reset();
        if (digest == observation.Digest && !gone && (observed, seen).CompareTo((observation.Observed, row.Seen)) <= 0)
        {
            // Thousands of records of one file can say the same about a package.
            if (!blocks.IsOwn(block) || observation.Observed > lastObserved || row.Seen > lastSeen || (assumed && !row.IsAssumed))
                AddSighting(newest, (observed, seen), (observation.Observed, row.Seen), row.IsAssumed);
            return Change.None;
        }

        var known = Load(entity);
        var state = EntityHistory.RestartAfterAbsence(
            new(0, observation.Observed, row.Seen, observation.Observed, row.Seen, row.IsAssumed, false, observation.Digest, place.Block,
                place.Slot,
                StoredState.Parse(batch.Get(observation.Facts))), known.Where(s => s.IsGone).Select(s => s.LastObserved));
        var before = known.FindAll(s => StoredState.Compare(s, state) <= 0);
        var says = before is [] or [.., { IsGone: true }] || !EntityState.At(before, null).Contains(state.Facts);
        if (known.TrueForAll(s => s.LastObserved <= state.Observed && s.LastSeen <= state.Seen
            && (s.LastObserved, s.LastSeen) != (state.Observed, state.Seen)))
            Append(entity, known, state, says, observation, row, batch, place);
        else Rewrite(entity, known, [state]);
        if (observation.Kind == EntityKind.Assignment) ProjectAgain(observation, entity, row);
        return says ? Change.Changed : Change.None;
    }

    // Where the package was not known before, complete exports of it were not compared yet.
    private void ProjectAgain(ObservedEntity observation, long entity, EntityRow row)
    {
        var before = PackageOf(entity).Package;
        var states = Load(entity);
        assignments.Project(entity, states);
        if (ScopeOf(observation, entity) is not var (key, package) || package == before) return;
        var lacking = complete.Lacking(new(key, row.Tenant, package)).Distinct()
            .Where(pair => !states.Exists(s => !s.IsGone && (s.Seen == pair.Seen || TimesOf(s).Exists(time => time.Seen == pair.Seen))))
            .ToList();
        if (lacking.Count > 0) Lack(entity, observation.Kind, lacking);
    }

    // Later than all that is known, as most are.
    private void Append(long entity, List<StoredState> known, StoredState state, bool says, ObservedEntity observation, EntityRow row,
        ImportBatch batch,
        (long Block, int Slot) place)
    {
        numbers.SetName(entity, observation.Name, observation.UserPrincipalName);
        var begin = known.FindLastIndex(s => s.IsGone) + 1;
        var same = known.FindLastIndex(s => s.Digest == state.Digest && !s.IsGone);
        if (!says && same >= begin)
            AddSighting(known[same].Id, (known[same].Observed, known[same].Seen), (state.Observed, state.Seen), row.IsAssumed);
        else Insert(observation with { Observed = state.Observed }, entity, row, batch, place);
    }

    // Between or before what is known: states are made anew from all observations.
    private void Rewrite(long entity, List<StoredState> known, IReadOnlyList<StoredState> more)
    {
        var observations = new List<StoredState>();
        foreach (var state in known)
        {
            var withTimes = new ObservedState(state);
            foreach (var (observed, seen) in TimesOf(state)) withTimes.Add(state with { Observed = observed, Seen = seen });
            observations.AddRange(withTimes.Expand());
        }

        var states = EntityHistory.Of([.. observations, .. more]);
        var kept = new HashSet<long>();
        var numbered = states.ConvertAll(state =>
            (Id: state.First.Id != 0 && kept.Add(state.First.Id) ? state.First.Id : ++lastState, State: state));
        foreach (var old in known.Where(old => !kept.Contains(old.Id)))
        {
            var heir = numbered.Find(row => row.State.First.Digest == old.Digest && row.State.First.IsGone == old.IsGone).Id;
            if (heir == 0) continue;
            moveSightings.Bind(1, old.Id).Bind(2, heir).Execute();
            deleteSightings.Bind(1, old.Id).Execute();
        }

        // Most of what is known stays as it is: an object's own record is often of before the records that only name it.
        var unchanged = numbered.Where(row => known.Exists(old => old.Id == row.Id && IsAs(old, row.State))).Select(row => row.Id)
            .ToHashSet();
        foreach (var old in known.Where(old => !unchanged.Contains(old.Id)))
        {
            deleteTimes.Bind(1, old.Id).Execute();
            deleteState.Bind(1, old.Id).Execute();
        }

        foreach (var (id, state) in numbered)
        {
            var full = state.WithLastTimes;
            if (!unchanged.Contains(id)) Write(id, entity, full, state.Again);
            if (more.Any(stored => stored.Digest == full.Digest && stored.IsGone == full.IsGone))
                sight.Bind(1, id).Bind(2, import).Execute();
        }

        var now = EntityState.At([.. numbered.Select(row => row.State.WithLastTimes)], null);
        numbers.SetName(entity, now.Text(FactNames.Name), now.Text(FactNames.UserPrincipalName));
    }

    // Whether a stored state is as it is to be, and was observed once.
    private bool IsAs(StoredState old, ObservedState state) =>
        state.Again.Count == 0 && old with { Facts = default } == state.First with { Facts = default } && TimesOf(old).Count == 0;

    private void Write(long id, long entity, StoredState full, IEnumerable<(long Observed, long Seen)> again)
    {
        writeState.Bind(1, id).Bind(2, entity).Bind(3, full.Observed).Bind(4, full.Seen).Bind(5, full.LastObserved)
            .Bind(6, full.LastSeen).Bind(7, full.IsAssumed ? 1 : 0).Bind(8, full.IsGone ? 1 : 0)
            .BindText(9, System.Text.Encoding.UTF8.GetBytes(full.Facts.GetRawText())).Bind(10, full.Digest).Bind(11, full.Block)
            .Bind(12, full.Slot).Execute();
        foreach (var (observed, seen) in again) insertTime.Bind(1, id).Bind(2, observed).Bind(3, seen).Execute();
    }

    private List<(long Observed, long Seen)> TimesOf(StoredState state)
    {
        var found = new List<(long, long)>();
        times.Bind(1, state.Id);
        while (times.Step()) found.Add((times.Number(0), times.Number(1)));
        // Of states that were written before each time was kept there are the first and the last.
        if ((state.LastObserved, state.LastSeen) != (state.Observed, state.Seen)) found.Add((state.LastObserved, state.LastSeen));
        return found;
    }

    // Complete exports lacked an entity. Says whether that ends it.
    private bool Lack(long entity, EntityKind kind, List<(long Seen, bool IsAssumed)> exports)
    {
        numbers.NoteState(entity);
        var known = Load(entity);
        var ends = !EntityState.At(known, exports[0].Seen).IsGone;
        if (exports is [var (seen, isAssumed)] && known.TrueForAll(s => s.LastObserved < seen && s.LastSeen < seen))
        {
            if (known[^1].IsGone)
            {
                AddSighting(known[^1].Id, (known[^1].Observed, known[^1].Seen), (seen, seen), isAssumed);
                return false;
            }

            insertState.Bind(1, ++lastState).Bind(2, entity).Bind(3, seen).Bind(4, seen).Bind(5, isAssumed ? 1 : 0).Bind(6, 1)
                .BindText(7, "{}"u8).Bind(8, 0).Bind(9, 0).Bind(10, 0).Execute();
            sight.Bind(1, lastState).Bind(2, import).Execute();
        }
        else
        {
            Rewrite(entity, known,
                [.. exports.Select(row => new StoredState(0, row.Seen, row.Seen, row.Seen, row.Seen, row.IsAssumed, true, 0, 0, 0, "{}"))]);
        }

        if (kind == EntityKind.Assignment) assignments.Project(entity, Load(entity));
        return ends;
    }

    // What complete exports of before would have held, had it been there.
    private void LackBefore(ObservedEntity observation, long entity, EntityRow row)
    {
        var scope = ScopeOf(observation, entity);
        if (scope is not var (key, isOf)) return;
        var lacking = complete.Lacking(new(key, row.Tenant, isOf)).Distinct().ToList();
        if (lacking.Count > 0) Lack(entity, observation.Kind, lacking);
    }

    private (int Kind, long Scope)? ScopeOf(ObservedEntity observation, long entity)
    {
        if (observation.Kind == EntityKind.User && observation.Id.StartsWith(SubjectReader.OutsidePrefix, StringComparison.Ordinal))
            return null;
        if (observation.Kind != EntityKind.Assignment)
            return ((int)observation.Kind, observation.Links.Select(row => row is var (_, kind, id)
                && complete.IsScope((int)observation.Kind, numbers.Of(kind, id, out _))
                ? numbers.Of(kind, id, out _) : 0).FirstOrDefault(number => number != 0));
        return PackageOf(entity) is var (package, isPortal)
            ? (isPortal ? CompleteKey.PortalAssignments : (int)EntityKind.Assignment, package) : null;
    }

    private (long Package, bool IsPortal) PackageOf(long assignment)
    {
        assignments.Flush(assignment);
        if (!packageOf.Bind(1, assignment).Step()) return default;
        var found = (packageOf.Number(0), packageOf.Number(1) != 0);
        packageOf.Reset();
        return found;
    }

    private long? PortalPackageOf(ObservedEntity observation, long entity) =>
        observation.Kind == EntityKind.Assignment && PackageOf(entity) is (var package, true) ? package : null;

    private void AddSighting(long state, (long Observed, long Seen) first, (long Observed, long Seen) sighting, bool isAssumed)
    {
        lengthen.Bind(1, state).Bind(2, sighting.Observed).Bind(3, sighting.Seen).Bind(4, isAssumed ? 1 : 0).Execute();
        if (sighting != first) insertTime.Bind(1, state).Bind(2, sighting.Observed).Bind(3, sighting.Seen).Execute();
        sight.Bind(1, state).Bind(2, import).Execute();
    }

    private void Insert(ObservedEntity observation, long entity, EntityRow row, ImportBatch batch, (long Block, int Slot) place) =>
        insertStates.Add(entity).Number(++lastState).Number(entity).Number(observation.Observed).Number(row.Seen)
            .Number(observation.Observed).Number(row.Seen).Number(row.IsAssumed ? 1 : 0).Number(0).Text(batch.Get(observation.Facts))
            .Number(observation.Digest).Number(place.Block).Number(place.Slot);

    private List<StoredState> Load(long entity)
    {
        insertStates.Flush(entity);
        var found = new List<StoredState>();
        states.Bind(1, entity);
        while (states.Step())
        {
            found.Add(new(states.Number(0), states.Number(1), states.Number(2), states.Number(3), states.Number(4), states.Number(5) != 0,
                states.Number(6) != 0, states.Number(7), states.Number(8), (int)states.Number(9),
                    System.Text.Encoding.UTF8.GetString(states.Text(10))));
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
