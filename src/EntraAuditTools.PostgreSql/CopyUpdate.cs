using System.Data;
using System.Globalization;
using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EntraAuditTools.PostgreSql;

/// <summary>
/// Brings a copy to the state that the server holds: what changed since in one transaction, or all of it into a new file that then takes
/// the copy's place. A kill leaves the copy as it was.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="copy">Full path of the copy; the caller holds its lock.</param>
/// <param name="doing">Called with what is being done where that takes long; null when nobody is to know.</param>
/// <param name="cancel">Stops it.</param>
/// <param name="isLight">Whether the copy is one without logs (<see cref="LightCopy"/>).</param>
internal sealed class CopyUpdate(ServerConnection server, string copy, Action<string>? doing, CancellationToken cancel, bool isLight = false)
{
    private const string PartEnding = ".part";

    /// <summary>Does it.</summary>
    /// <param name="anew">Take all of it anew, whatever the copy says it has.</param>
    /// <returns>The state that the copy is of now; null when the server holds no mirror.</returns>
    /// <exception cref="Core.Errors.AuditToolException">What can be wrong with a server, or with the copy.</exception>
    public MirrorState? Run(bool anew)
    {
        using var connection = server.Open();
        try
        {
            return server.Try(() => Bring(connection, anew));
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw MirrorErrors.WriteFailed(copy, e);
        }
    }

    private MirrorState? Bring(NpgsqlConnection connection, bool anew)
    {
        if (MirrorState.Of(connection, server.Server) is not { } seen) return null;
        // One state for all that is read: imports go on meanwhile.
        using var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        ServerSchema.HoldStill(connection, seen.On);
        if (MirrorState.Of(connection, server.Server) is not { } wanted) return null;
        var held = anew ? null : Held();
        if (held == wanted) return wanted;
        if (held is { } known && wanted.IsAfter(known) && ServerHistory.Has(connection, known))
            AddChanges(connection, known, wanted);
        else
            FetchAll(connection, wanted);
        transaction.Commit();
        return wanted;
    }

    private MirrorState? Held()
    {
        if (!File.Exists(copy)) return null;
        try
        {
            using var opened = Open(copy);
            return MirrorState.Of(opened);
        }
        catch (SqliteException)
        {
            // It is damaged, or no mirror: it is only a copy, and made anew.
            return null;
        }
    }

    private void AddChanges(NpgsqlConnection connection, MirrorState known, MirrorState wanted)
    {
        using var opened = Open(copy);
        // What somebody removed is to be gone here too.
        MirrorFile.Execute(opened, "PRAGMA secure_delete = ON; BEGIN IMMEDIATE");
        var tables = Tables(opened);
        var hasNews = Remove(connection, opened, tables, known);
        foreach (var table in tables)
        {
            var query = $"{Select(table, wanted)} WHERE t.{ServerSchema.Changed} > {known.Change}";
            hasNews |= Fetch(connection, opened, table, query) > 0 && table.Name == LogTable.Activity.Name;
        }

        // It has other texts than the activities that are there now: the next search makes it again.
        if (hasNews) MirrorFile.Execute(opened, $"DROP TABLE IF EXISTS {SearchIndexSchema.Table}");
        wanted.Keep(opened);
        MirrorFile.Execute(opened, "COMMIT");
    }

    /// <summary>Removes what was removed since; says whether activities were.</summary>
    private static bool Remove(NpgsqlConnection connection, SqliteConnection opened, IReadOnlyList<CopyTable> tables, MirrorState since)
    {
        var gone = new List<(string Table, byte[] Key)>();
        using (var command = new NpgsqlCommand(
            $"SELECT tab, key FROM {since.On}.removed WHERE {ServerSchema.Changed} > {since.Change}", connection))
        {
            using var rows = command.ExecuteReader();
            while (rows.Read()) gone.Add((rows.GetString(0), rows.GetFieldValue<byte[]>(1)));
        }

        foreach (var table in tables)
        {
            var keys = gone.Where(row => row.Table == table.Name).ToList();
            if (keys.Count == 0) continue;
            using var delete = new Statement(opened, $"DELETE FROM {CopyTable.Quoted(table.Name)} WHERE "
                + string.Join(" AND ", table.Key.Select(column => $"{CopyTable.Quoted(column.Name)} = ?")));
            foreach (var (_, key) in keys)
            {
                RemovedKey.Bind(delete, key);
                delete.Execute();
            }
        }

        return gone.Exists(row => row.Table == LogTable.Activity.Name);
    }

    private void FetchAll(NpgsqlConnection connection, MirrorState wanted)
    {
        var part = copy + PartEnding;
        MirrorCopy.Remove(part);
        try
        {
            OwnerOnlyFile.Open(part, FileMode.CreateNew, FileShare.ReadWrite).Dispose();
            using (var made = Open(part))
            {
                MirrorFile.Execute(made, "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
                    + "PRAGMA cache_size = -49152; BEGIN; " + MirrorMigration.Sql(0, wanted.Schema)
                    + $" PRAGMA application_id = {MirrorSchema.ApplicationId}; PRAGMA user_version = {wanted.Schema}");
                // Indexes are made of rows that are there: one by one, each page of them would be written many times.
                var indexes = Indexes(made);
                MirrorFile.Execute(made, string.Concat(indexes.Select(index => $"DROP INDEX {CopyTable.Quoted(index.Name)}; ")));
                foreach (var table in Tables(made))
                    Fetch(connection, made, table, $"{Select(table, wanted)} ORDER BY {table.KeyList("t.")}");

                doing?.Invoke("Making indexes");
                foreach (var (_, sql) in indexes) MirrorFile.Execute(made, sql);
                wanted.Keep(made);
                if (isLight) MirrorFile.Execute(made, $"INSERT INTO meta (name, value) VALUES ('{LightCopy.Mark}', 1)");
                MirrorFile.Execute(made, "COMMIT; PRAGMA analysis_limit = 1000; ANALYZE; PRAGMA journal_mode = WAL; "
                    + "PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)");
            }

            foreach (var file in MirrorFiles.OfLog(copy)) File.Delete(file);
            File.Move(part, copy, overwrite: true);
        }
        catch
        {
            MirrorCopy.Remove(part);
            throw;
        }
    }

    private IReadOnlyList<CopyTable> Tables(SqliteConnection opened) =>
        isLight ? [.. CopyTable.Of(opened).Where(table => !LightCopy.LeftOut.Contains(table.Name))] : CopyTable.Of(opened);

    private string Select(CopyTable table, MirrorState wanted)
    {
        if (!isLight || table.Name != LightCopy.Blocks) return ServerSecrets.Select(table, wanted.Sight, wanted.On);
        return ServerSecrets.Select(table, SecretSight.Masked, wanted.On)
            .Replace("t." + CopyTable.Quoted(LightCopy.Originals), "''::bytea", StringComparison.Ordinal);
    }

    private static List<(string Name, string Sql)> Indexes(SqliteConnection made)
    {
        var indexes = new List<(string Name, string Sql)>();
        using var found = new Statement(made, "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL");
        while (found.Step()) indexes.Add((found.String(0)!, found.String(1)!));
        return indexes;
    }

    private long Fetch(NpgsqlConnection connection, SqliteConnection target, CopyTable table, string query)
    {
        using var insert = new Statement(target, $"INSERT OR REPLACE INTO main.{CopyTable.Quoted(table.Name)} ({table.ColumnList()}) VALUES "
            + $"({string.Join(", ", table.Columns.Select(_ => "?"))})");
        var name = table.Name.Replace('_', ' ');
        return RowCopy.Fetch(connection, query, table.Columns, insert, count =>
        {
            cancel.ThrowIfCancellationRequested();
            doing?.Invoke(string.Create(CultureInfo.CurrentCulture, $"Fetching {name}: {count:N0} rows"));
        });
    }

    // Not as an import opens a mirror: that would bring the tables of an older one up to date.
    private static SqliteConnection Open(string path)
    {
        SqliteLibrary.Load();
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        try
        {
            connection.Open();
            SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle, 30_000);
            SchemaGuard.Restrict(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
