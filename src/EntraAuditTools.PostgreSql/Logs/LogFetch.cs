using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Mirror.Chain;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Shared;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EntraAuditTools.PostgreSql.Logs;

/// <summary>
/// Puts rows of a server's logs into a copy without logs, for the transaction of an import that looks for them. Rows that the transaction
/// has changed or removed meanwhile are left as it left them.
/// </summary>
/// <param name="remote">The server.</param>
/// <param name="copy">The copy, in a transaction.</param>
/// <param name="changed">What changed in it.</param>
internal sealed class LogFetch(NpgsqlConnection remote, SqliteConnection copy, ChangedRows changed)
{
    // So many numbers a statement: some hundred kilobytes of it.
    private const int MostNumbers = 10_000;

    private const string PartTable = "provisioning_part";

    /// <summary>What no link of the chain covers yet; and the last number of a block, which is not used again though it was removed.</summary>
    public void Unlinked()
    {
        var linked = ChainHead.LastBlock(copy);
        var digests = ServerSchema.Table("block_digest");
        Take(Of("block_digest"), $"t.block > {linked} OR t.block = (SELECT max(block) FROM {digests})");
        Take(Of(PartTable), $"t.block > {linked}");
        var imports = new List<long>();
        using (var left = new Statement(copy, "SELECT id FROM import WHERE id NOT IN (SELECT import FROM chain_import)"))
        {
            while (left.Step()) imports.Add(left.Number(0));
        }

        Sightings(imports);
    }

    /// <summary>Which records imports met again.</summary>
    public void Sightings(IReadOnlyCollection<long> imports)
    {
        foreach (var log in LogTable.All) Take(log.Sightings, "import", imports);
    }

    /// <summary>The parts of changes that an import brought, with their entries; and of any import, those of one block of each kind.</summary>
    public void Parts(long import)
    {
        var table = ServerSchema.Table(PartTable);
        Take(Of(PartTable), "t.block = ANY($1)", [Blocks(import).ToArray()]);
        foreach (var part in new[] { 0, 1 })
            Take(Of(PartTable), $"t.part = {part} AND t.block = (SELECT min(block) FROM {table} WHERE part = {part})");
        var changes = new HashSet<SoughtId>();
        using (var held = new Statement(copy, $"SELECT DISTINCT change_id FROM {PartTable}"))
        {
            while (held.Step()) changes.Add(SoughtId.Of(held.TextSpan(0), held.IsBlob(0)));
        }

        Take(Of(LogTable.Provisioning.Name), "t.change_id = ANY($1)", [changes.Select(ToServer).ToArray()]);
    }

    private List<long> Blocks(long import)
    {
        using var own = new Statement(copy, "SELECT id FROM block WHERE import = ?");
        own.Bind(1, import);
        var blocks = new List<long>();
        while (own.Step()) blocks.Add(own.Number(0));
        return blocks;
    }

    /// <summary>What an import looks for.</summary>
    public void Sought(SoughtRows sought)
    {
        var (log, ids) = (sought.Log, new HashSet<long>());
        var table = ServerSchema.Table(log.Name);
        Find(ids, $"SELECT id FROM {table} WHERE key = ANY($1) UNION ALL "
            + $"SELECT {log.Name} FROM {ServerSchema.Table(log.Conflicts)} WHERE key = ANY($1)", [sought.Keys.ToArray()]);
        // A nightly export brings a day that nothing is there of.
        if (IsAnyWithin(table, sought)) FindNear(ids, table, sought);
        FindTwins(ids, sought);
        var changes = sought.Changes.Select(ToServer).ToArray();
        if (changes.Length > 0)
        {
            Find(ids, $"SELECT id FROM {table} WHERE change_id = ANY($1)", [changes]);
            Take(Of(PartTable), "t.change_id = ANY($1)", [changes]);
        }

        var all = ids.ToList();
        foreach (var (name, column) in log.Places.Where(place => LightCopy.LeftOut.Contains(place.Table))) Take(name, column, all);
    }

    private bool IsAnyWithin(string table, SoughtRows sought)
    {
        if (sought.Alike.Count == 0) return false;
        using var any = new NpgsqlCommand($"SELECT 1 FROM {table} WHERE id BETWEEN $1 AND $2 LIMIT 1", remote);
        any.Parameters.Add(new() { Value = sought.Alike.Min(alike => alike.From) });
        any.Parameters.Add(new() { Value = sought.Alike.Max(alike => alike.To) });
        return any.ExecuteScalar() != null;
    }

    /// <summary>What stands near in time: what may be the same event without its id, and what takes the places of its time.</summary>
    private void FindNear(HashSet<long> ids, string table, SoughtRows sought)
    {
        Find(ids, $"SELECT a.id FROM unnest($1, $2, $3) AS n(first, last, base) JOIN {table} a ON (a.fingerprint >> 40) = n.base "
            + "AND a.id BETWEEN n.first AND n.last", [sought.Alike.Select(alike => alike.From).ToArray(),
                sought.Alike.Select(alike => alike.To).ToArray(), sought.Alike.Select(alike => alike.Base).ToArray()]);
        FindTicks(ids, table, sought.Ticks);
    }

    /// <summary>
    /// The rows that stand where a record of a time would stand, and behind them: up to the last of that time, as many more as there are
    /// records, and some, since others may stand in between.
    /// </summary>
    private void FindTicks(HashSet<long> ids, string table, Dictionary<long, int> ticks)
    {
        if (ticks.Count == 0) return;
        const int Range = 1 << ActivityTime.SequenceBits;
        var slack = (ActivityTime.SlackTicks << ActivityTime.SequenceBits).ToString(CultureInfo.InvariantCulture);
        var last = ticks.Keys.ToDictionary(tick => tick, tick => tick + Range);
        using (var lasts = new NpgsqlCommand($"""
            SELECT n.tick, max(b.id) FROM unnest($1) AS n(tick) JOIN {table} b ON b.id BETWEEN n.tick AND n.tick + {slack}
                AND (b.id >> {ActivityTime.SequenceBits}) - b.drift = n.tick >> {ActivityTime.SequenceBits} GROUP BY n.tick
            """, remote))
        {
            lasts.Parameters.Add(new() { Value = ticks.Keys.ToArray() });
            using var rows = lasts.ExecuteReader();
            while (rows.Read()) last[rows.GetInt64(0)] = Math.Max(last[rows.GetInt64(0)], rows.GetInt64(1));
        }

        Find(ids, $"SELECT a.id FROM unnest($1, $2) AS n(first, last) JOIN {table} a ON a.id BETWEEN n.first AND n.last",
            [last.Keys.ToArray(), last.Select(one => one.Value + ticks[one.Key] + Range).ToArray()]);
    }

    /// <summary>The rows of operations that both logs tell of, and the other rows of pairs that were found otherwise.</summary>
    private void FindTwins(HashSet<long> ids, SoughtRows sought)
    {
        if (sought.Log.Twins is not { } twins) return;
        var table = ServerSchema.Table(sought.Log.Name);
        var operations = sought.Correlations.Select(ToServer).ToList();
        var others = sought.CorrelationsOfDirectory.Except(sought.Correlations).Select(ToServer).ToArray();
        if (others.Length > 0)
        {
            using var unified = new NpgsqlCommand(
                $"SELECT DISTINCT correlation FROM {table} WHERE origin <> 0 AND correlation IS NOT NULL AND correlation = ANY($1)", remote);
            unified.Parameters.Add(new() { Value = others });
            using var rows = unified.ExecuteReader();
            while (rows.Read()) operations.Add(rows.GetFieldValue<byte[]>(0));
        }

        if (operations.Count > 0) Find(ids, $"SELECT id FROM {table} WHERE correlation = ANY($1)", [operations.ToArray()]);
        var pairs = ServerSchema.Table(twins);
        var known = ids.ToArray();
        Find(ids, $"SELECT activity FROM {pairs} WHERE directory = ANY($1) UNION ALL SELECT directory FROM {pairs} WHERE activity = ANY($1)",
            [known]);
    }


    private void Find(HashSet<long> ids, string sql, IReadOnlyList<Array> parameters)
    {
        if (parameters[0].Length == 0) return;
        using var command = new NpgsqlCommand(sql, remote);
        foreach (var value in parameters) command.Parameters.Add(new() { Value = value });
        using var rows = command.ExecuteReader();
        while (rows.Read()) ids.Add(rows.GetInt64(0));
    }

    private CopyTable Of(string name) => changed.Tables.Single(table => table.Name == name);

    private void Take(string table, string column, IReadOnlyCollection<long> numbers)
    {
        foreach (var some in numbers.Chunk(MostNumbers)) Take(Of(table), $"t.{CopyTable.Quoted(column)} = ANY($1)", [some]);
    }

    private void Take(CopyTable table, string where, IReadOnlyList<Array>? parameters = null)
    {
        var loaded = CopyTable.Quoted("loaded_" + table.Name);
        var own = CopyTable.Quoted(table.Name);
        MirrorFile.Execute(copy, $"CREATE TEMP TABLE IF NOT EXISTS {loaded} ({table.ColumnList()}); DELETE FROM {loaded}");
        using var command = new NpgsqlCommand($"SELECT {table.ColumnList("t.")} FROM {ServerSchema.Table(table.Name)} t WHERE {where}", remote);
        foreach (var value in parameters ?? []) command.Parameters.Add(new() { Value = value });
        var count = 0L;
        using (var insert = new Statement(copy, $"INSERT INTO {loaded} VALUES ({string.Join(", ", table.Columns.Select(_ => "?"))})"))
        using (var rows = command.ExecuteReader())
        {
            for (; rows.Read(); count++)
            {
                for (var i = 0; i < table.Columns.Count; i++) Bind(insert, i, table.Columns[i].Kind, rows);
                insert.Execute();
            }
        }

        if (count == 0) return;
        var keys = table.KeyList();
        MirrorFile.Execute(copy, $"""
            DELETE FROM {loaded} WHERE ({keys}) IN (SELECT {keys} FROM {ChangedRows.Of(table)})
                OR EXISTS (SELECT 1 FROM main.{own} o WHERE {table.SameKey("o", loaded)});
            INSERT INTO main.{own} ({table.ColumnList()}) SELECT {table.ColumnList()} FROM {loaded};
            DELETE FROM {ChangedRows.Of(table)} WHERE ({keys}) IN (SELECT {keys} FROM {loaded});
            DELETE FROM {loaded}
            """);
    }

    private static void Bind(Statement row, int column, ColumnKind kind, NpgsqlDataReader rows)
    {
        var at = column + 1;
        if (rows.IsDBNull(column)) row.BindNull(at);
        else if (kind == ColumnKind.Number) row.Bind(at, rows.GetInt64(column));
        else if (kind == ColumnKind.Text) row.BindAsIs(at, ServerText.FromServer(Encoding.UTF8.GetBytes(rows.GetString(column))), isText: true);
        else if (kind == ColumnKind.Bytes) row.BindAsIs(at, rows.GetFieldValue<byte[]>(column), isText: false);
        else RowCopy.BindAny(row, at, rows.GetFieldValue<byte[]>(column));
    }

    private static byte[] ToServer(SoughtId id) =>
        id.Text == null ? AnyValue.OfBytes(id.Guid.ToByteArray(bigEndian: true)) : AnyValue.OfText(Encoding.UTF8.GetBytes(id.Text));
}
