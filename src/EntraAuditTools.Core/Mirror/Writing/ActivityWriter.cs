using EntraAuditTools.Core.Formats;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Mirror.Archive;
using EntraAuditTools.Core.Queries;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing;

/// <summary>
/// Writes activities so that one event is one row, shown from its richest copy, however often and in whatever shape and order it arrives.
/// </summary>
/// <remarks>
/// A record with an id is its event's row when the id is known; else it adopts a row without id of the same fingerprint and time (the event
/// came from a CSV before); else it is new. A record without id belongs to a row of the same fingerprint and time that this import has not
/// met yet (so two equal rows of one CSV stay two events); else it is new. The same id with another time or activity is a conflict: both stay.
/// </remarks>
internal sealed class ActivityWriter : IDisposable
{
    private const int Columns = 19;

    private readonly Dimensions dimensions;
    private readonly BlockQueue blocks;
    private readonly WriteCounts counts;
    private readonly Statement insert;
    private readonly Statement update;
    private readonly Statement findByKey;
    private readonly Statement findConflicts;
    private readonly Statement findWithoutId;
    private readonly Statement findAround;
    private readonly Statement insertTarget;
    private readonly Statement insertCopy;
    private readonly Statement keepShown;
    private readonly Statement findCopy;
    private readonly Statement insertSighting;
    private readonly Statement findSighting;
    private readonly Statement insertConflict;
    private readonly Statement setTenant;
    private readonly Statement setId;
    private readonly Statement lastOfTick;
    private readonly List<(int Identity, long Activity)> targets = [];
    private readonly Dictionary<long, long> nextOfTick = [];
    private readonly List<Existing> candidates = [];
    private readonly ActivitySearchIndex.Writer? searchIndex;
    private bool someWithoutId;
    private long firstBlock;
    private long import;
    private long lastInserted;

    /// <summary>Prepares the statements.</summary>
    public ActivityWriter(SqliteConnection connection, Dimensions dimensions, BlockQueue blocks, WriteCounts counts)
    {
        this.dimensions = dimensions;
        this.blocks = blocks;
        this.counts = counts;
        const string Row = "id, drift, key, kind, rank, digest, tenant, block, slot, fingerprint";
        insert = new(connection, $"INSERT OR IGNORE INTO activity VALUES ({string.Join(", ", Enumerable.Repeat("?", Columns))})");
        update = new(connection, """
            UPDATE activity SET drift = ?2, key = ?3, kind = ?4, result = ?5, actor = ?6, target = ?7, target_count = ?8, property_set = ?9,
                address = iif(?10 = 0, address, ?10), tenant = iif(?11 = 0, tenant, ?11), origin = ?12, correlation = coalesce(?13, correlation),
                record_id = coalesce(?14, record_id), fingerprint = ?15, rank = ?16, digest = ?17, block = ?18, slot = ?19 WHERE id = ?1
            """);
        findByKey = new(connection, $"SELECT {Row} FROM activity WHERE key = ?");
        findConflicts = new(connection, $"SELECT {Row} FROM activity WHERE id IN (SELECT activity FROM activity_conflict WHERE key = ?)");
        findWithoutId = new(connection, $"SELECT {Row} FROM activity WHERE fingerprint >> 40 = ? AND record_id IS NULL");
        findAround = new(connection, $"SELECT {Row} FROM activity WHERE id BETWEEN ? AND ? AND fingerprint >> 40 = ?");
        insertTarget = new(connection, "INSERT OR IGNORE INTO activity_target VALUES (?, ?)");
        insertCopy = new(connection, "INSERT OR IGNORE INTO activity_copy VALUES (?, ?, ?, ?, ?)");
        keepShown = new(connection, "INSERT OR IGNORE INTO activity_copy SELECT id, digest, block, slot, record_id FROM activity WHERE id = ?");
        findCopy = new(connection, "SELECT max(block) FROM activity_copy WHERE activity = ? AND (digest = ? OR ? = 0)");
        insertSighting = new(connection, "INSERT OR IGNORE INTO activity_sighting VALUES (?, ?)");
        findSighting = new(connection, "SELECT 1 FROM activity_sighting WHERE activity = ? AND import = ?");
        insertConflict = new(connection, "INSERT OR IGNORE INTO activity_conflict VALUES (?, ?)");
        setTenant = new(connection, "UPDATE activity SET tenant = ?2 WHERE id = ?1 AND tenant = 0");
        setId = new(connection, "UPDATE activity SET key = ?2, record_id = ?3 WHERE id = ?1");
        lastOfTick = new(connection, "SELECT max(id) FROM activity WHERE id BETWEEN ?1 AND ?2 AND (id >> 8) - drift = ?3");
        if (ActivitySearchIndex.Exists(connection)) searchIndex = new(connection);
        someWithoutId = MirrorFile.Scalar(connection, "SELECT EXISTS (SELECT 1 FROM activity WHERE record_id IS NULL)") != 0;
    }

    /// <summary>Begins with another import.</summary>
    public void BeginImport(long id)
    {
        import = id;
        firstBlock = blocks.NextId;
    }

    /// <summary>Writes the rows of a batch. <see cref="Flush"/> must follow before the transaction ends.</summary>
    public void Write(ImportBatch batch)
    {
        var targetsAt = 0;
        foreach (ref readonly var row in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(batch.Activities))
        {
            var rowTargets = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(batch.Targets).Slice(targetsAt, row.TargetCount);
            targetsAt += row.TargetCount;
            if (row.IdKey != 0) WriteWithId(row, rowTargets, batch);
            else WriteWithoutId(row, rowTargets, batch);
        }
    }

    /// <summary>Stores what is gathered for the end of a transaction, in the order of its table.</summary>
    public void Flush()
    {
        targets.Sort();
        foreach (var (identity, activity) in targets) insertTarget.Bind(1, identity).Bind(2, activity).Execute();
        targets.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        searchIndex?.Dispose();
        foreach (var statement in new[] { insert, update, findByKey, findConflicts, findWithoutId, findAround, insertTarget, insertCopy, keepShown, findCopy, insertSighting, findSighting, insertConflict, setTenant, setId, lastOfTick }) statement.Dispose();
    }

    private void WriteWithId(in ActivityRow row, ReadOnlySpan<int> rowTargets, ImportBatch batch)
    {
        if (someWithoutId && Nearest(findWithoutId.Bind(1, AuditFingerprint.Base(row.Fingerprint)), row, claimable: false) is { } adopted && !Exists(row.IdKey))
        {
            Merge(adopted, row, rowTargets, batch, row.IdKey);
            return;
        }

        if (TryInsert(row, row.IdKey, rowTargets, batch)) return;
        if ((FindSame(findByKey.Bind(1, row.IdKey), row) ?? FindSame(findConflicts.Bind(1, row.IdKey), row)) is { } same)
        {
            Merge(same, row, rowTargets, batch, same.Key);
            return;
        }

        // Another event has this id: kept beside it, under a key of its own.
        counts.Conflicts++;
        var key = StableHash.Combine(StableHash.Combine(row.IdKey, row.Ticks), dimensions.ActivityOf(row.Kind));
        while (!TryInsert(row, key, rowTargets, batch)) key++;
        insertConflict.Bind(1, row.IdKey).Bind(2, lastInserted).Execute();
    }

    private void WriteWithoutId(in ActivityRow row, ReadOnlySpan<int> rowTargets, ImportBatch batch)
    {
        var second = row.Ticks - (row.Ticks % TimeSpan.TicksPerSecond);
        var (from, to) = (ActivityTime.ToRowId(second - TimeSpan.TicksPerSecond), ActivityTime.ToRowId(second + ActivityTime.SlackTicks));
        if (Nearest(findAround.Bind(1, from).Bind(2, to).Bind(3, AuditFingerprint.Base(row.Fingerprint)), row, claimable: true) is { } known)
        {
            Merge(known, row, rowTargets, batch, known.Key);
            return;
        }

        someWithoutId = true;
        var key = StableHash.Combine(row.Fingerprint, row.Ticks);
        while (!TryInsert(row, key, rowTargets, batch)) key = StableHash.Combine(key, 1);
    }

    /// <summary>Inserts a row under a free rowid of its time. False when the key is taken.</summary>
    private bool TryInsert(in ActivityRow row, long key, ReadOnlySpan<int> rowTargets, ImportBatch batch)
    {
        var tick = ActivityTime.ToRowId(row.Ticks);
        var rowId = nextOfTick.TryGetValue(row.Ticks, out var next) ? next : tick | (key & ((1 << ActivityTime.SequenceBits) - 1));
        while (true)
        {
            var drift = (rowId >> ActivityTime.SequenceBits) - (tick >> ActivityTime.SequenceBits);
            Bind(insert, rowId, drift, key, row, batch).Bind(18, blocks.NextId).Bind(19, blocks.NextSlot);
            if (insert.Execute() == 1) break;
            if (Exists(key)) return false;
            rowId = FreeRowId(row.Ticks, tick, rowId);
        }

        if (nextOfTick.ContainsKey(row.Ticks)) nextOfTick[row.Ticks] = rowId + 1;
        KeepOriginal(rowId, row, batch);
        AddTargets(rowTargets, rowId);
        lastInserted = rowId;
        counts.Added++;
        return true;
    }

    private long FreeRowId(long ticks, long tick, long taken)
    {
        // Many events in one tick, or a neighbour that ran over: go on behind the last of this tick, and remember that.
        if (!nextOfTick.TryGetValue(ticks, out var next))
        {
            if (nextOfTick.Count > 10_000) nextOfTick.Clear();
            lastOfTick.Bind(1, tick).Bind(2, tick + (ActivityTime.SlackTicks << ActivityTime.SequenceBits)).Bind(3, tick >> ActivityTime.SequenceBits);
            lastOfTick.Step();
            next = Math.Max(lastOfTick.Number(0) + 1, tick);
            lastOfTick.Reset();
        }

        next = next == taken ? taken + 1 : next;
        nextOfTick[ticks] = next;
        return next;
    }

    private void Merge(in Existing known, in ActivityRow row, ReadOnlySpan<int> rowTargets, ImportBatch batch, long key)
    {
        var sameBytes = known.Digest == row.Digest || HasCopy(known.Id, row.Digest);
        if (sameBytes && known.Block < firstBlock) insertSighting.Bind(1, known.Id).Bind(2, import).Execute();
        if (sameBytes || row.Rank <= known.Rank)
        {
            if (!sameBytes) StoreCopy(known.Id, row, batch);
            // An id is a link: once known it stays, whatever copy is shown.
            if (key != known.Key) setId.Bind(1, known.Id).Bind(2, key).BindText(3, batch.Get(row.RecordId)).Execute();
            if (row.Tenant != 0 && known.Tenant == 0) setTenant.Bind(1, known.Id).Bind(2, row.Tenant).Execute();
            counts.Unchanged++;
            return;
        }

        keepShown.Bind(1, known.Id).Execute();
        var drift = (known.Id >> ActivityTime.SequenceBits) - (ActivityTime.ToRowId(Finer(known.Ticks, row.Ticks)) >> ActivityTime.SequenceBits);
        Bind(update, known.Id, drift, key, row, batch).Bind(18, blocks.NextId).Bind(19, blocks.NextSlot).Execute();
        KeepOriginal(known.Id, row, batch);
        AddTargets(rowTargets, known.Id);
        counts.Updated++;
    }

    /// <summary>Of two spellings of one instant, the one with more digits.</summary>
    private static long Finer(long a, long b) => a % TimeSpan.TicksPerSecond == 0 ? b : b % TimeSpan.TicksPerSecond == 0 ? a : a % TimeSpan.TicksPerMillisecond == 0 ? b : b % TimeSpan.TicksPerMillisecond == 0 ? a : b;

    private void StoreCopy(long activity, in ActivityRow row, ImportBatch batch)
    {
        insertCopy.Bind(1, activity).Bind(2, row.Digest).Bind(3, blocks.NextId).Bind(4, blocks.NextSlot).BindText(5, batch.Get(row.RecordId)).Execute();
        KeepOriginal(activity, row, batch);
    }

    private void KeepOriginal(long activity, in ActivityRow row, ImportBatch batch)
    {
        blocks.Add(row.Shape, batch.Get(row.Original));
        searchIndex?.Add(activity, new OriginalRecord(row.Shape, batch.Bytes.WrittenMemory.Slice(row.Original.Start, row.Original.Length)));
    }

    private bool Exists(long key)
    {
        var found = findByKey.Bind(1, key).Step();
        findByKey.Reset();
        return found;
    }

    private bool HasCopy(long activity, long digest)
    {
        findCopy.Bind(1, activity).Bind(2, digest).Bind(3, 1).Step();
        var found = !findCopy.IsNull(0);
        findCopy.Reset();
        return found;
    }

    /// <summary>The row among those found that is of the same time and activity.</summary>
    private Existing? FindSame(Statement rows, in ActivityRow row)
    {
        Existing? same = null;
        while (rows.Step())
        {
            var candidate = Read(rows);
            if (TimeText.Agree(candidate.Ticks, row.Ticks) && dimensions.ActivityOf(candidate.Kind) == dimensions.ActivityOf(row.Kind)) same ??= candidate;
        }

        return same;
    }

    /// <summary>The row among those found that agrees in time, the nearest first; with <paramref name="claimable"/>, one this import has not met yet.</summary>
    private Existing? Nearest(Statement rows, in ActivityRow row, bool claimable)
    {
        candidates.Clear();
        while (rows.Step())
        {
            var candidate = Read(rows);
            if (TimeText.Agree(candidate.Ticks, row.Ticks) && AuditFingerprint.Agree(candidate.Fingerprint, row.Fingerprint)) candidates.Add(candidate);
        }

        var (ticks, fingerprint) = (row.Ticks, row.Fingerprint);
        candidates.Sort((x, y) => (x.Fingerprint != fingerprint, Math.Abs(x.Ticks - ticks), x.Id).CompareTo((y.Fingerprint != fingerprint, Math.Abs(y.Ticks - ticks), y.Id)));
        foreach (var candidate in candidates)
        {
            if (!claimable || !IsClaimed(candidate)) return candidate;
        }

        return null;
    }

    private bool IsClaimed(in Existing row)
    {
        if (row.Block >= firstBlock) return true;
        var seen = findSighting.Bind(1, row.Id).Bind(2, import).Step();
        findSighting.Reset();
        if (seen) return true;
        findCopy.Bind(1, row.Id).Bind(2, 0).Bind(3, 0).Step();
        var block = findCopy.Number(0);
        findCopy.Reset();
        return block >= firstBlock;
    }

    private void AddTargets(ReadOnlySpan<int> rowTargets, long activity)
    {
        foreach (var target in rowTargets)
        {
            if (target != 0) targets.Add((target, activity));
        }
    }

    private static Statement Bind(Statement statement, long rowId, long drift, long key, in ActivityRow row, ImportBatch batch)
    {
        statement.Bind(1, rowId).Bind(2, drift).Bind(3, key).Bind(4, row.Kind).Bind(5, row.Result).Bind(6, row.Actor).Bind(7, row.FirstTarget).Bind(8, row.TargetCount)
            .Bind(9, row.PropertySet).Bind(10, row.Address).Bind(11, row.Tenant).Bind(12, row.Origin).BindText(14, batch.Get(row.RecordId)).Bind(15, row.Fingerprint)
            .Bind(16, row.Rank).Bind(17, row.Digest);
        return row.CorrelationIsGuid ? statement.BindBlob(13, batch.Get(row.Correlation)) : statement.BindText(13, batch.Get(row.Correlation));
    }

    private static Existing Read(Statement row) => new(
        row.Number(0), ActivityTime.ToTicks(row.Number(0), row.Number(1)), row.Number(2), (int)row.Number(3), row.Number(4), row.Number(5), (int)row.Number(6), row.Number(7), row.Number(8), row.Number(9));

    private readonly record struct Existing(long Id, long Ticks, long Key, int Kind, long Rank, long Digest, int Tenant, long Block, long Slot, long Fingerprint);
}
