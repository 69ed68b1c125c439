using System.Runtime.InteropServices;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Rows;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;
using EntraAuditTools.Core.Text;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Writing.Logs;

/// <summary>
/// Writes the rows of one log so that one event is one row, shown from its richest copy, however often and in whatever shape and order it
/// arrives. Beside the log's table stand <c>…_copy</c>, <c>…_sighting</c>, <c>…_conflict</c> and often a table that links rows with
/// identities.
/// </summary>
/// <remarks>
/// A record with an id is its event's row when the id is known; else it adopts a row without id of the same fingerprint and time (the event
/// came from a CSV before); else it is new. A record without id belongs to a row of the same fingerprint and time that this import has not
/// met yet (so two equal rows of one CSV stay two events); else it is new. The same id with another time or activity is a conflict: both
/// stay.
/// </remarks>
internal class RecordWriter<TRow> : ILogWriter
    where TRow : struct, IRecordRow
{
    /// <summary>Number of the first parameter that is a column of the log's own.</summary>
    private const int FirstColumn = 12;

    private const int MaxAlike = 50_000;

    private const string Row = "id, drift, key, kind, rank, digest, tenant, block, slot, fingerprint";

    private readonly BlockQueue blocks;
    private readonly WriteCounts counts;
    private readonly List<Statement> statements = [];
    private readonly Statement insert;
    private readonly Statement update;
    private readonly Statement findByKey;
    private readonly Statement findConflicts;
    private readonly Statement findWithoutId;
    private readonly Statement findAround;
    private readonly Statement? insertLink;
    private readonly Statement insertCopy;
    private readonly Statement keepShown;
    private readonly Statement findCopy;
    private readonly Statement findCopies;
    private readonly Statement insertSighting;
    private readonly Statement findSighting;
    private readonly Statement insertConflict;
    private readonly Statement setTenant;
    private readonly Statement setId;
    private readonly Statement lastOfTick;
    private readonly Statement findRow;
    private readonly Statement[] moves;
    private readonly List<(int Identity, long Row)> links = [];
    private readonly Dictionary<long, long> nextOfTick = [];
    private readonly Dictionary<(long Fingerprint, long Ticks), Alike> alike = [];
    private readonly List<Existing> candidates = [];
    private readonly RowOrder<TRow> order = new();
    private bool someWithoutId;
    private long import;
    private long lastInserted;

    /// <summary>Prepares the statements.</summary>
    /// <param name="connection">The mirror.</param>
    /// <param name="blocks">Takes the originals.</param>
    /// <param name="counts">Counts what becomes of the records.</param>
    public RecordWriter(SqliteConnection connection, BlockQueue blocks, WriteCounts counts)
    {
        var log = TRow.Log;
        var (table, columns) = (log.Name, log.OwnColumns.ToArray());
        this.blocks = blocks;
        this.counts = counts;
        Statement Prepare(string sql)
        {
            var statement = new Statement(connection, sql);
            statements.Add(statement);
            return statement;
        }

        var names = string.Concat(columns.Select(c => ", " + c.Name));
        var changes = string.Concat(
            columns.Select((c, i) => c.IsFixed ? string.Empty
                : $", {c.Name} = {(c.KeepsKnown ? $"iif(coalesce(?{FirstColumn + i}, 0) = 0, {c.Name}, ?{FirstColumn + i})" : $"?{FirstColumn + i}")}"));
        insert = Prepare($"INSERT OR IGNORE INTO {table} (id, drift, key, kind, tenant, record_id, fingerprint, rank, digest, block, "
            + $"slot{names}) VALUES ({string.Join(", ", Enumerable.Repeat("?", FirstColumn - 1 + columns.Length))})");
        update = Prepare($"""
            UPDATE {table} SET drift = ?2, key = ?3, kind = ?4, tenant = iif(?5 = 0, tenant, ?5), record_id = coalesce(?6, record_id),
                fingerprint = ?7, rank = ?8, digest = ?9, block = ?10, slot = ?11{changes} WHERE id = ?1
            """);
        findByKey = Prepare($"SELECT {Row} FROM {table} WHERE key = ?");
        findConflicts = Prepare($"SELECT {Row} FROM {table} WHERE id IN (SELECT {table} FROM {log.Conflicts} WHERE key = ?)");
        findWithoutId = Prepare($"SELECT {Row} FROM {table} WHERE fingerprint >> 40 = ? AND record_id IS NULL");
        findAround = Prepare($"SELECT {Row} FROM {table} WHERE id BETWEEN ? AND ? AND fingerprint >> 40 = ?");
        if (log.Links != null) insertLink = Prepare($"INSERT OR IGNORE INTO {log.Links} VALUES (?, ?)");
        insertCopy = Prepare($"INSERT OR IGNORE INTO {log.Copies} VALUES (?, ?, ?, ?, ?)");
        keepShown = Prepare($"INSERT OR IGNORE INTO {log.Copies} SELECT id, digest, block, slot, record_id FROM {table} WHERE id = ?");
        findCopy = Prepare($"SELECT 1 FROM {log.Copies} WHERE {table} = ? AND digest = ?");
        findCopies = Prepare($"SELECT block FROM {log.Copies} WHERE {table} = ?");
        insertSighting = Prepare($"INSERT OR IGNORE INTO {log.Sightings} VALUES (?, ?)");
        findSighting = Prepare($"SELECT 1 FROM {log.Sightings} WHERE {table} = ? AND import = ?");
        insertConflict = Prepare($"INSERT OR IGNORE INTO {log.Conflicts} VALUES (?, ?)");
        setTenant = Prepare($"UPDATE {table} SET tenant = ?2 WHERE id = ?1 AND tenant = 0");
        setId = Prepare($"UPDATE {table} SET key = ?2, record_id = ?3 WHERE id = ?1");
        lastOfTick = Prepare($"SELECT max(id) FROM {table} WHERE id BETWEEN ?1 AND ?2 AND (id >> 8) - drift = ?3");
        findRow = Prepare($"SELECT 1 FROM {table} WHERE id = ?");
        moves = [.. log.Places.Select(f => Prepare($"UPDATE {f.Table} SET {f.Column} = ?2 WHERE {f.Column} = ?1"))];
        someWithoutId = MirrorFile.Scalar(connection, $"SELECT EXISTS (SELECT 1 FROM {table} WHERE record_id IS NULL)") != 0;
    }

    /// <inheritdoc/>
    public LogTable Log => TRow.Log;

    /// <inheritdoc/>
    public void BeginImport(long id)
    {
        import = id;
        alike.Clear();
    }

    /// <inheritdoc/>
    public virtual void LacksRows() => someWithoutId = true;

    /// <inheritdoc/>
    public SoughtRows Seek(IReadOnlyList<ImportBatch> run)
    {
        var sought = new SoughtRows(TRow.Log);
        foreach (var batch in run)
        {
            foreach (ref var row in CollectionsMarshal.AsSpan(batch.Rows<TRow>().Rows)) Seek(ref row, batch, sought);
        }

        return sought;
    }

    /// <summary>What one row will look for.</summary>
    protected virtual void Seek(ref TRow row, ImportBatch batch, SoughtRows sought)
    {
        ref var record = ref row.Record;
        // Under its own key, or that of a conflict; without an id, under the one that follows from what it is.
        if (record.IdKey == 0) sought.Keys.Add(StableHash.Combine(record.Fingerprint, record.Ticks));
        else sought.Keys.UnionWith([record.IdKey, KeyOfConflict(record)]);
        var second = record.Ticks - (record.Ticks % TimeSpan.TicksPerSecond);
        sought.Alike.Add(new(ActivityTime.ToRowId(second - TimeSpan.TicksPerSecond),
            ActivityTime.ToRowId(second + TimeSpan.TicksPerSecond + ActivityTime.SlackTicks), Fingerprint.Base(record.Fingerprint)));
        var tick = ActivityTime.ToRowId(record.Ticks);
        sought.Ticks[tick] = sought.Ticks.GetValueOrDefault(tick) + 1;
    }

    private long KeyOfConflict(in RecordRow record) =>
        StableHash.Combine(StableHash.Combine(record.IdKey, record.Ticks), Distinction(record.Kind));

    /// <inheritdoc/>
    public void Write(IReadOnlyList<ImportBatch> run)
    {
        order.Sort(run);
        foreach (var place in order.Places)
        {
            var batch = run[place.Batch];
            var rows = batch.Rows<TRow>();
            ref var row = ref CollectionsMarshal.AsSpan(rows.Rows)[place.Row];
            var identities = CollectionsMarshal.AsSpan(rows.Links).Slice(place.Links, row.Record.LinkCount);
            blocks.Pin(row.Record.Place);
            if (row.Record.IdKey != 0) WriteWithId(ref row, identities, batch);
            else WriteWithoutId(ref row, identities, batch);
        }

        blocks.Pin(null);
    }

    /// <inheritdoc/>
    public virtual void Flush()
    {
        links.Sort();
        foreach (var (identity, row) in links) insertLink!.Bind(1, identity).Bind(2, row).Execute();
        links.Clear();
    }

    /// <inheritdoc/>
    public virtual void BeforeCommit()
    {
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        foreach (var statement in statements) statement.Dispose();
    }

    /// <summary>Whether a row under the same record id is the same event: one of its time, and of what all its shapes contain.</summary>
    protected virtual bool IsSame(in Existing known, in TRow row)
    {
        var record = row.Record;
        return TimeText.Agree(known.Ticks, record.Ticks) && Fingerprint.Agree(known.Fingerprint, record.Fingerprint);
    }

    /// <summary>A number that distinguishes events of one record id and time.</summary>
    protected virtual long Distinction(int kind) => kind;

    /// <summary>Called for each original that is kept.</summary>
    protected virtual void OnKept(long id, in RecordRow row, ImportBatch batch)
    {
    }

    /// <summary>Called when a record becomes the shown copy of its event.</summary>
    /// <param name="id">Row of the event.</param>
    /// <param name="row">The record.</param>
    /// <param name="identities">The identities that it is linked with (0: none).</param>
    /// <param name="batch">Its batch.</param>
    protected virtual void OnShown(long id, ref TRow row, ReadOnlySpan<int> identities, ImportBatch batch)
    {
    }

    /// <summary>Called for each record, once its event has its row.</summary>
    /// <param name="id">The row.</param>
    /// <param name="before">The row that it was before its time was known better; else the same.</param>
    /// <param name="row">The record.</param>
    /// <param name="batch">Its batch.</param>
    protected virtual void OnPlaced(long id, long before, ref TRow row, ImportBatch batch)
    {
    }

    private void WriteWithId(ref TRow row, ReadOnlySpan<int> identities, ImportBatch batch)
    {
        ref var record = ref row.Record;
        if (someWithoutId && Nearest(findWithoutId.Bind(1, Fingerprint.Base(record.Fingerprint)), record) is { } adopted
            && !Exists(record.IdKey))
        {
            Merge(adopted, ref row, identities, batch, record.IdKey);
            return;
        }

        if (TryInsert(ref row, record.IdKey, identities, batch)) return;
        if ((FindSame(findByKey.Bind(1, record.IdKey), row) ?? FindSame(findConflicts.Bind(1, record.IdKey), row)) is { } same)
        {
            Merge(same, ref row, identities, batch, same.Key);
            return;
        }

        // Another event has this id: kept beside it, under a key of its own.
        counts.Conflicts++;
        var key = KeyOfConflict(record);
        while (!TryInsert(ref row, key, identities, batch)) key++;
        insertConflict.Bind(1, record.IdKey).Bind(2, lastInserted).Execute();
    }

    private void WriteWithoutId(ref TRow row, ReadOnlySpan<int> identities, ImportBatch batch)
    {
        ref var record = ref row.Record;
        var second = record.Ticks - (record.Ticks % TimeSpan.TicksPerSecond);
        var (from, to) = (ActivityTime.ToRowId(second - TimeSpan.TicksPerSecond), ActivityTime.ToRowId(second + ActivityTime.SlackTicks));
        if (!alike.TryGetValue((record.Fingerprint, record.Ticks), out var equal))
        {
            if (alike.Count >= MaxAlike) alike.Clear();
            Find(findAround.Bind(1, from).Bind(2, to).Bind(3, Fingerprint.Base(record.Fingerprint)), record);
            equal = new([.. candidates]) { Key = StableHash.Combine(record.Fingerprint, record.Ticks) };
            alike.Add((record.Fingerprint, record.Ticks), equal);
        }

        while (equal.Next < equal.Candidates.Length)
        {
            var known = equal.Candidates[equal.Next++];
            if (IsClaimed(known)) continue;
            Merge(known, ref row, identities, batch, known.Key);
            alike.TryAdd((record.Fingerprint, record.Ticks), equal);
            return;
        }

        someWithoutId = true;
        while (!TryInsert(ref row, equal.Key, identities, batch)) equal.Key = StableHash.Combine(equal.Key, 1);
    }

    /// <summary>Inserts a row under a free rowid of its time. False when the key is taken.</summary>
    private bool TryInsert(ref TRow row, long key, ReadOnlySpan<int> identities, ImportBatch batch)
    {
        var ticks = row.Record.Ticks;
        var tick = ActivityTime.ToRowId(ticks);
        var rowId = FirstRowId(ticks, key);
        while (true)
        {
            Bind(insert, rowId, Drift(rowId, tick), key, ref row, batch);
            if (insert.ExecuteCounted() == 1) break;
            if (Exists(key)) return false;
            rowId = FreeRowId(ticks, tick, rowId);
        }

        if (nextOfTick.ContainsKey(ticks)) nextOfTick[ticks] = rowId + 1;
        KeepOriginal(rowId, row.Record, batch);
        AddLinks(identities, rowId);
        OnShown(rowId, ref row, identities, batch);
        OnPlaced(rowId, rowId, ref row, batch);
        lastInserted = rowId;
        counts.Added++;
        return true;
    }

    private static long Drift(long rowId, long tick) => (rowId >> ActivityTime.SequenceBits) - (tick >> ActivityTime.SequenceBits);

    private long FirstRowId(long ticks, long key) =>
        nextOfTick.TryGetValue(ticks, out var next) ? next : ActivityTime.ToRowId(ticks) | (key & ((1 << ActivityTime.SequenceBits) - 1));

    private long FreeRowId(long ticks, long tick, long taken)
    {
        // Many events in one tick, or a neighbour that ran over: go on behind the last of this tick, and remember that.
        if (!nextOfTick.TryGetValue(ticks, out var next))
        {
            if (nextOfTick.Count > 10_000) nextOfTick.Clear();
            lastOfTick.Bind(1, tick).Bind(2, tick + (ActivityTime.SlackTicks << ActivityTime.SequenceBits))
                .Bind(3, tick >> ActivityTime.SequenceBits);
            lastOfTick.Step();
            next = Math.Max(lastOfTick.Number(0) + 1, tick);
            lastOfTick.Reset();
        }

        next = next == taken ? taken + 1 : next;
        nextOfTick[ticks] = next;
        return next;
    }

    private void Merge(in Existing known, ref TRow row, ReadOnlySpan<int> identities, ImportBatch batch, long key)
    {
        ref var record = ref row.Record;
        var sameBytes = known.Digest == record.Digest || HasCopy(known.Id, record.Digest);
        if (sameBytes && !blocks.IsOwn(known.Block)) insertSighting.Bind(1, known.Id).Bind(2, import).Execute();
        if (sameBytes || record.Rank <= known.Rank)
        {
            if (!sameBytes) StoreCopy(known.Id, record, batch);
            // An id is a link: once known it stays, whatever copy is shown.
            if (key != known.Key) record.RecordId.Bind(setId.Bind(1, known.Id).Bind(2, key), 3, batch).Execute();
            if (record.Tenant != 0 && known.Tenant == 0) setTenant.Bind(1, known.Id).Bind(2, record.Tenant).Execute();
            OnPlaced(known.Id, known.Id, ref row, batch);
            counts.Unchanged++;
            return;
        }

        keepShown.Bind(1, known.Id).Execute();
        // What was found before does not show this event as it will be.
        alike.Clear();
        var ticks = TimeText.Agree(known.Ticks, record.Ticks) ? Finer(known.Ticks, record.Ticks) : record.Ticks;
        var tick = ActivityTime.ToRowId(ticks);
        var rowId = Math.Abs(Drift(known.Id, tick)) < ActivityTime.SlackTicks ? known.Id : Move(known.Id, ticks, known.Key);
        Bind(update, rowId, Drift(rowId, tick), key, ref row, batch).Execute();
        KeepOriginal(rowId, record, batch);
        AddLinks(identities, rowId);
        OnShown(rowId, ref row, identities, batch);
        OnPlaced(rowId, known.Id, ref row, batch);
        counts.Updated++;
    }

    /// <summary>Gives a row another rowid because its true time is another than the first copy said.</summary>
    private long Move(long from, long ticks, long key)
    {
        Flush();
        var tick = ActivityTime.ToRowId(ticks);
        var rowId = FirstRowId(ticks, key);
        while (IsTaken(rowId)) rowId = FreeRowId(ticks, tick, rowId);
        if (nextOfTick.ContainsKey(ticks)) nextOfTick[ticks] = rowId + 1;
        foreach (var move in moves) move.Bind(1, from).Bind(2, rowId).Execute();
        return rowId;
    }

    /// <summary>Of two spellings of one instant, the one with more digits.</summary>
    private static long Finer(long a, long b) =>
        a % TimeSpan.TicksPerSecond == 0 ? b : b % TimeSpan.TicksPerSecond == 0 ? a : a % TimeSpan.TicksPerMillisecond == 0 ? b
        : b % TimeSpan.TicksPerMillisecond == 0 ? a : b;

    private void StoreCopy(long id, in RecordRow row, ImportBatch batch)
    {
        row.RecordId.Bind(insertCopy.Bind(1, id).Bind(2, row.Digest).Bind(3, blocks.NextId).Bind(4, blocks.NextSlot), 5, batch).Execute();
        KeepOriginal(id, row, batch);
    }

    private void KeepOriginal(long id, in RecordRow row, ImportBatch batch)
    {
        blocks.Add(row.Shape, batch.Get(row.Original));
        OnKept(id, row, batch);
    }

    private bool Exists(long key) => Any(findByKey.Bind(1, key));

    private bool IsTaken(long rowId) => Any(findRow.Bind(1, rowId));

    private static bool Any(Statement rows)
    {
        var found = rows.Step();
        if (found) rows.Reset();
        return found;
    }

    private bool HasCopy(long id, long digest) => Any(findCopy.Bind(1, id).Bind(2, digest));

    /// <summary>The row among those found that is of the same event.</summary>
    private Existing? FindSame(Statement rows, in TRow row)
    {
        Existing? same = null;
        while (rows.Step())
        {
            var candidate = Read(rows);
            if (same == null && IsSame(candidate, row)) same = candidate;
        }

        return same;
    }

    /// <summary>The row among those found that agrees in time, the nearest first.</summary>
    private Existing? Nearest(Statement rows, in RecordRow row)
    {
        Find(rows, row);
        return candidates.Count > 0 ? candidates[0] : null;
    }

    /// <summary>Gathers the rows that agree in time, the nearest first.</summary>
    private void Find(Statement rows, in RecordRow row)
    {
        candidates.Clear();
        while (rows.Step())
        {
            var candidate = Read(rows);
            if (TimeText.Agree(candidate.Ticks, row.Ticks) && Fingerprint.Agree(candidate.Fingerprint, row.Fingerprint))
                candidates.Add(candidate);
        }

        var (ticks, fingerprint) = (row.Ticks, row.Fingerprint);
        candidates.Sort((x, y) => (x.Fingerprint != fingerprint, Math.Abs(x.Ticks - ticks), x.Id)
            .CompareTo((y.Fingerprint != fingerprint, Math.Abs(y.Ticks - ticks), y.Id)));
    }

    private bool IsClaimed(in Existing row)
    {
        if (blocks.IsOwn(row.Block)) return true;
        if (Any(findSighting.Bind(1, row.Id).Bind(2, import))) return true;
        var isOfImport = false;
        findCopies.Bind(1, row.Id);
        while (findCopies.Step()) isOfImport |= blocks.IsOwn(findCopies.Number(0));
        return isOfImport;
    }

    private void AddLinks(ReadOnlySpan<int> identities, long id)
    {
        foreach (var identity in identities)
        {
            if (identity != 0) links.Add((identity, id));
        }
    }

    private Statement Bind(Statement statement, long rowId, long drift, long key, ref TRow row, ImportBatch batch)
    {
        ref var record = ref row.Record;
        statement.Bind(1, rowId).Bind(2, drift).Bind(3, key).Bind(4, record.Kind).Bind(5, record.Tenant).Bind(7, record.Fingerprint)
            .Bind(8, record.Rank).Bind(9, record.Digest).Bind(10, blocks.NextId).Bind(11, blocks.NextSlot);
        record.RecordId.Bind(statement, 6, batch);
        row.Bind(statement, FirstColumn, batch);
        return statement;
    }

    private static Existing Read(Statement row) => new(
        row.Number(0), ActivityTime.ToTicks(row.Number(0), row.Number(1)), row.Number(2), (int)row.Number(3), row.Number(4), row.Number(5),
        (int)row.Number(6), row.Number(7), row.Number(8), row.Number(9));

    /// <summary>
    /// Records of an import that nothing distinguishes. They share their candidates, which are looked for once: those that the import has
    /// met stay met, and what it adds meanwhile it has met too. Thousands of them would each look at all others.
    /// </summary>
    private sealed class Alike(Existing[] candidates)
    {
        /// <summary>The events that one of them can belong to, the nearest first.</summary>
        public Existing[] Candidates => candidates;

        /// <summary>The first candidate that none of them has tried.</summary>
        public int Next { get; set; }

        /// <summary>The key that the next new event of them tries first.</summary>
        public long Key { get; set; }
    }

    /// <summary>A row that the mirror has.</summary>
    protected readonly record struct Existing(long Id, long Ticks, long Key, int Kind, long Rank, long Digest, int Tenant, long Block,
        long Slot, long Fingerprint);
}
