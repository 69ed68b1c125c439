using System.Globalization;
using EntraAuditTools.Core.Mirror.Chain;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Mirror.Writing.Logs;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Upkeep.Removal;

/// <summary>
/// Removes the rows of events of before a time, with all that hangs on them, and notes in temporary tables where their originals are: only
/// numbers, no words. What stays is left as deriving anew from the originals that stay would make it.
/// </summary>
internal sealed class GoneRows(SqliteConnection connection, RemovalOptions options)
{
    /// <summary>The places of originals whose events are gone, and that nothing else refers to.</summary>
    public const string Places = "temp.gone_place";

    /// <summary>Tables whose rows refer to originals by block and slot.</summary>
    private static readonly string[] Referring =
    [
        .. LogTable.All.SelectMany(log => new[] { log.Name, log.Copies }), "provisioning_part", "synchronization_job", "entity_state",
        "entity_original",
    ];

    /// <summary>How many events of a log are of before the time.</summary>
    public long Count(LogTable log) => MirrorFile.Scalar(connection, $"SELECT count(*) FROM {log.Name} WHERE {IsBefore()}");

    /// <summary>Removes them all; says how many events of each log.</summary>
    /// <param name="position">The position of the link that will say so.</param>
    public IReadOnlyDictionary<LogTable, long> Remove(long position)
    {
        Run($"""
            DROP TABLE IF EXISTS {Places};
            CREATE TABLE {Places} (block INTEGER NOT NULL, slot INTEGER NOT NULL, PRIMARY KEY (block, slot)) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS temp.gone_tenant (term INTEGER PRIMARY KEY);
            DELETE FROM temp.gone_tenant;
            """);
        var removed = options.Logs.ToDictionary(log => log, Remove);
        if (removed.GetValueOrDefault(LogTable.Provisioning) > 0) RemoveParts(position);
        KeepShared();
        return removed;
    }

    /// <summary>Drops the temporary tables.</summary>
    public void Forget() => Run($"""
        DROP TABLE IF EXISTS {Places}; DROP TABLE IF EXISTS temp.gone; DROP TABLE IF EXISTS temp.gone_tenant; DROP TABLE IF EXISTS temp.gone_key;
        DROP TABLE IF EXISTS temp.gone_change;
        """);

    private long Remove(LogTable log)
    {
        Run($"""
            DROP TABLE IF EXISTS temp.gone;
            CREATE TABLE temp.gone (id INTEGER PRIMARY KEY);
            INSERT INTO temp.gone SELECT id FROM {log.Name} WHERE {IsBefore()};
            """);
        var count = MirrorFile.Scalar(connection, "SELECT count(*) FROM temp.gone");
        if (count == 0) return 0;
        Run($"""
            INSERT OR IGNORE INTO {Places} SELECT block, slot FROM {log.Name} WHERE id IN (SELECT id FROM temp.gone)
                UNION ALL SELECT block, slot FROM {log.Copies} WHERE {log.Name} IN (SELECT id FROM temp.gone);
            INSERT OR IGNORE INTO temp.gone_tenant SELECT tenant FROM {log.Name} WHERE id IN (SELECT id FROM temp.gone);
            DROP TABLE IF EXISTS temp.gone_key;
            CREATE TABLE temp.gone_key (key INTEGER PRIMARY KEY);
            INSERT OR IGNORE INTO temp.gone_key SELECT key FROM {log.Name}
                WHERE id IN (SELECT id FROM temp.gone) AND key IN (SELECT key FROM {log.Conflicts});
            """);
        if (log == LogTable.Provisioning)
        {
            Run($"""
                DROP TABLE IF EXISTS temp.gone_change;
                CREATE TABLE temp.gone_change (change_id PRIMARY KEY) WITHOUT ROWID;
                INSERT OR IGNORE INTO temp.gone_change SELECT change_id FROM {log.Name}
                    WHERE id IN (SELECT id FROM temp.gone) AND change_id IS NOT NULL;
                """);
        }

        var torn = log.Twins == null ? [] : Untwin(log);
        foreach (var place in log.Places.Reverse()) Run($"DELETE FROM {place.Table} WHERE {place.Column} IN (SELECT id FROM temp.gone)");
        GiveKeys(log);
        if (torn.Count > 0) PairAgain(torn);
        return count;
    }

    /// <summary>
    /// Events lose the ones of the other log that they were linked with. Returns what stays of the same operations: they may now belong to
    /// each other.
    /// </summary>
    private List<long> Untwin(LogTable log)
    {
        Run($"""
            UPDATE {log.Name} SET origin = {TwinWriter.Unified} WHERE id IN (
                SELECT activity FROM {log.Twins} WHERE directory IN (SELECT id FROM temp.gone) AND activity NOT IN (SELECT id FROM temp.gone));
            """);
        var found = new List<long>();
        using var rows = new Statement(connection, $"""
            SELECT id FROM {log.Name} WHERE id NOT IN (SELECT id FROM temp.gone) AND correlation IN (
                SELECT correlation FROM {log.Name} WHERE id IN (SELECT id FROM temp.gone) AND correlation IS NOT NULL)
            """);
        while (rows.Step()) found.Add(rows.Number(0));
        return found;
    }

    private void PairAgain(List<long> rows)
    {
        using var twins = new TwinWriter(connection);
        using var find = new Statement(connection, "SELECT origin, correlation FROM activity WHERE id = ?");
        foreach (var row in rows)
        {
            if (!find.Bind(1, row).Step()) continue;
            var (origin, correlation, isGuid) = ((int)find.Number(0), find.Text(1), find.IsBlob(1));
            find.Reset();
            twins.Touch(row, origin, correlation, isGuid);
        }

        twins.Pair();
    }

    /// <summary>
    /// Where several events have one record id, the first that came has the id's key. When that one is gone, the next that came has it.
    /// </summary>
    private void GiveKeys(LogTable log)
    {
        var free = new List<long>();
        using (var keys = new Statement(connection, $"SELECT key FROM temp.gone_key k WHERE NOT EXISTS (SELECT 1 FROM {log.Name} WHERE key = k.key)"))
        {
            while (keys.Step()) free.Add(keys.Number(0));
        }

        using var next = new Statement(connection, $"""
            SELECT {log.Name} FROM (
                SELECT c.{log.Name}, r.block, r.slot FROM {log.Conflicts} c JOIN {log.Name} r ON r.id = c.{log.Name} WHERE c.key = ?1
                UNION ALL SELECT c.{log.Name}, o.block, o.slot FROM {log.Conflicts} c JOIN {log.Copies} o ON o.{log.Name} = c.{log.Name} WHERE c.key = ?1)
            ORDER BY block, slot LIMIT 1
            """);
        using var give = new Statement(connection, $"UPDATE {log.Name} SET key = ?2 WHERE id = ?1");
        using var end = new Statement(connection, $"DELETE FROM {log.Conflicts} WHERE key = ?2 AND {log.Name} = ?1");
        foreach (var key in free)
        {
            if (!next.Bind(1, key).Step()) continue;
            var row = next.Number(0);
            next.Reset();
            give.Bind(1, row).Bind(2, key).Execute();
            end.Bind(1, row).Bind(2, key).Execute();
        }
    }

    /// <summary>Steps and properties in files of their own go with the last entry of their change; their digests stay (ChainDigests).</summary>
    private void RemoveParts(long position)
    {
        const string Gone = """
            change_id IN (SELECT change_id FROM temp.gone_change) AND NOT EXISTS (SELECT 1 FROM provisioning e WHERE e.change_id = p.change_id)
            """;
        using var digests = new ChainDigests(connection);
        using (var parts = new Statement(connection,
            $"SELECT block, slot, change_id, part, digest, occurrence, position FROM provisioning_part p WHERE {Gone}"))
        using (var keep = new Statement(connection, "INSERT OR IGNORE INTO removed_original (block, slot, position, digest) VALUES (?, ?, ?, ?)"))
        using (var place = new Statement(connection, $"INSERT OR IGNORE INTO {Places} VALUES (?, ?)"))
        {
            while (parts.Step())
            {
                var (block, slot) = (parts.Number(0), parts.Number(1));
                keep.Bind(1, block).Bind(2, ChainDigests.FirstRemovedPart - slot).Bind(3, position).BindBlob(4, digests.OfPart(parts, 2)).Execute();
                place.Bind(1, block).Bind(2, slot).Execute();
            }
        }

        Run($"DELETE FROM provisioning_part AS p WHERE {Gone}");
    }

    /// <summary>Originals that something refers to still stay: another event, or a state.</summary>
    private void KeepShared()
    {
        Run($"""
            CREATE TABLE temp.gone_block (id INTEGER PRIMARY KEY);
            INSERT INTO temp.gone_block SELECT DISTINCT block FROM {Places};
            """);
        foreach (var table in Referring)
        {
            Run($"""
                DELETE FROM {Places} WHERE (block, slot) IN (SELECT block, slot FROM {table} WHERE block IN (SELECT id FROM temp.gone_block));
                """);
        }

        Run("DROP TABLE temp.gone_block");
    }

    private string IsBefore() => string.Create(CultureInfo.InvariantCulture, $"""
        id < {ActivityTime.ToRowId(options.Ticks + ActivityTime.SlackTicks)}
            AND (id >> {ActivityTime.SequenceBits}) - drift < {options.Ticks - ActivityTime.Epoch}
        """);

    private void Run(string sql) => MirrorFile.Execute(connection, sql);
}
