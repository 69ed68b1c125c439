using System.Globalization;
using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EntraAuditTools.PostgreSql;

/// <summary>
/// All rows of a mirror on their way to a server, in tables of their own beside those that people ask: some at a time, each some committed,
/// so that a copy that is stopped goes on where it was. From there, one transaction of the server's takes them over.
/// </summary>
/// <param name="server">The server, where the caller may become the owner of the mirror.</param>
/// <param name="tables">The tables of the mirror.</param>
internal sealed class StagedRows(ServerConnection server, IReadOnlyList<CopyTable> tables)
{
    /// <summary>How the tables are called before the name of what they are to become.</summary>
    public const string Prefix = "copying_";

    private const string Progress = $"{ServerSchema.Name}.copying";

    // Rows of originals have some ten thousand bytes each, others a hundred.
    private const int MostRows = 50_000, MostBlocks = 500;

    /// <summary>Brings the rows there.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="source">What distinguishes what it holds: rows of something else that were left are thrown away.</param>
    /// <param name="doing">Called with what is being done; null when nobody is to know.</param>
    /// <param name="cancel">Stops it; what was committed is there for the next time.</param>
    /// <returns>How many rows were there already.</returns>
    public long Send(SqliteConnection mirror, string source, Action<string>? doing, CancellationToken cancel)
    {
        using var remote = server.Open();
        return server.Try(() =>
        {
            Begin(remote, source);
            return tables.Sum(table => Send(remote, mirror, table, doing, cancel));
        });
    }

    /// <summary>Takes them over into the mirror's tables, which are empty. In the transaction that replaces all.</summary>
    public void TakeOver(NpgsqlConnection remote, long change)
    {
        ServerSchema.BecomeOwner(remote);
        foreach (var table in tables)
        {
            ServerSchema.Execute(remote, $"INSERT INTO {ServerSchema.Table(table.Name)} ({table.ColumnList()}, {ServerSchema.Changed}) "
                + $"SELECT {table.ColumnList()}, {change.ToString(CultureInfo.InvariantCulture)} FROM {Of(table.Name)}");
            if (ServerSecrets.Columns(table).Count > 0)
                ServerSchema.Execute(remote, $"INSERT INTO {ServerSecrets.Of(table.Name)} SELECT * FROM {Of(ServerSecrets.NameOf(table.Name))}");
        }

        Drop(remote);
    }

    private static string Of(string table) => ServerSchema.Table(Prefix + table);

    private void Begin(NpgsqlConnection remote, string source)
    {
        using var transaction = remote.BeginTransaction();
        ServerSchema.BecomeOwner(remote);
        var isThere = ServerSql.Texts(remote, $"SELECT (to_regclass('{Progress}') IS NOT NULL)::text") is ["true"];
        if (!isThere || ServerSql.Texts(remote, $"SELECT DISTINCT source FROM {Progress}") is not [var found] || found != source)
        {
            Drop(remote);
            Make(remote, source);
        }

        transaction.Commit();
    }

    private void Make(NpgsqlConnection remote, string source)
    {
        ServerSchema.Execute(remote, $"CREATE TABLE {Progress} (source text NOT NULL, tab text PRIMARY KEY, sent bigint NOT NULL, whole boolean "
            + $"NOT NULL); COMMENT ON TABLE {Progress} IS 'A mirror that is being copied here: goes with the end of the copy.'");
        foreach (var table in tables)
        {
            ServerSchema.Execute(remote, $"CREATE TABLE {Of(table.Name)} ({string.Join(", ", table.Columns.Select(ServerSchema.Column))})");
            if (ServerSecrets.Columns(table).Count > 0)
                ServerSchema.Execute(remote, $"CREATE TABLE {Of(ServerSecrets.NameOf(table.Name))} (LIKE {ServerSecrets.Of(table.Name)})");
            using var note = new NpgsqlCommand($"INSERT INTO {Progress} VALUES ($1, $2, 0, false)", remote);
            note.Parameters.Add(new() { Value = source });
            note.Parameters.Add(new() { Value = table.Name });
            note.ExecuteNonQuery();
        }

        // By default they would be everybody's who may read the mirror, secrets included.
        ServerSchema.TakeRights(remote, Names(remote));
    }

    private static void Drop(NpgsqlConnection remote)
    {
        foreach (var name in Names(remote)) ServerSchema.Execute(remote, $"DROP TABLE {ServerSchema.Table(name)}");
    }

    private static List<string> Names(NpgsqlConnection remote) => ServerSql.Texts(remote,
        $"SELECT tablename::text FROM pg_tables WHERE schemaname = '{ServerSchema.Name}' AND tablename LIKE '{ServerSchema.Copying}'");

    private static long Send(NpgsqlConnection remote, SqliteConnection mirror, CopyTable table, Action<string>? doing, CancellationToken cancel)
    {
        var (before, isWhole) = Sent(remote, table);
        if (isWhole) return before;
        var mask = ServerSecrets.Columns(table).Count > 0 ? new RowMask(table) : null;
        var most = mask == null ? MostRows : MostBlocks;
        using var rows = new Statement(mirror,
            $"SELECT {table.ColumnList()} FROM main.{CopyTable.Quoted(table.Name)} ORDER BY {table.KeyList()}");
        for (var i = 0L; i < before && rows.Step(); i++)
        {
        }

        for (var sent = before; !isWhole;)
        {
            cancel.ThrowIfCancellationRequested();
            using var transaction = remote.BeginTransaction();
            ServerSchema.BecomeOwner(remote);
            var count = RowCopy.Send(remote, Of(table.Name), table.Columns, rows, change: null, mask, most);
            if (mask != null) mask.SendSecrets(remote, mirror, Of(ServerSecrets.NameOf(table.Name)));
            isWhole = count < most;
            sent += count;
            Note(remote, table, sent, isWhole);
            transaction.Commit();
            doing?.Invoke(string.Create(CultureInfo.CurrentCulture, $"Sending {table.Name.Replace('_', ' ')}: {sent:N0} rows"));
        }

        return before;
    }

    private static (long Sent, bool IsWhole) Sent(NpgsqlConnection remote, CopyTable table)
    {
        using var look = new NpgsqlCommand($"SELECT sent, whole FROM {Progress} WHERE tab = $1", remote);
        look.Parameters.Add(new() { Value = table.Name });
        using var row = look.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), row.GetBoolean(1)) : (0, false);
    }

    private static void Note(NpgsqlConnection remote, CopyTable table, long sent, bool isWhole)
    {
        using var note = new NpgsqlCommand($"UPDATE {Progress} SET sent = $1, whole = $2 WHERE tab = $3", remote);
        note.Parameters.Add(new() { Value = sent });
        note.Parameters.Add(new() { Value = isWhole });
        note.Parameters.Add(new() { Value = table.Name });
        note.ExecuteNonQuery();
    }
}
