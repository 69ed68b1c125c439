using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Audit;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EntraAuditTools.Core.Mirror.Reading;

/// <summary>
/// The full-text index behind <see cref="AuditActivityFilter.Search"/>: an FTS5 table without content of its own (the originals are in
/// blocks), whose rowid is the activity's. It is built by the first search, and from then on updated by every import.
/// </summary>
internal static class ActivitySearchIndex
{
    internal const string Table = SearchIndexSchema.Table;

    internal const string Create = SearchIndexSchema.Create;
    private const string Insert = $"INSERT INTO {Table} (rowid, text) VALUES (@id, @text)";

    /// <summary>Whether the mirror has the index.</summary>
    public static bool Exists(MirrorReader mirror) => Exists(mirror.Connection);

    /// <summary>Builds the index where the mirror has none; takes about a minute for a million records.</summary>
    /// <param name="mirrorPath">Full path of the mirror.</param>
    /// <param name="progress">Called now and then; null when progress is not shown.</param>
    /// <param name="cancel">Stops; nothing is left behind.</param>
    /// <returns>False when the mirror cannot be written, so that searching reads every record instead.</returns>
    /// <exception cref="AuditToolException">MirrorLocked when an import is running, or what can be wrong with a mirror.</exception>
    public static bool Ensure(string mirrorPath, Action<ImportProgress>? progress, CancellationToken cancel)
    {
        using (var reader = MirrorReader.Open(mirrorPath))
        {
            if (Exists(reader)) return true;
        }

        try
        {
            using var writer = MirrorLock.Acquire(mirrorPath, TimeSpan.FromSeconds(30), cancel);
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = mirrorPath, Mode = SqliteOpenMode.ReadWrite,
                    Pooling = false }.ConnectionString);
            connection.Open();
            SchemaGuard.Restrict(connection);
            if (!Exists(connection)) Build(connection, mirrorPath, progress, cancel);
            return true;
        }
        catch (AuditToolException e) when (e.Kind == AuditErrorKind.PermissionDenied)
        {
            return false;
        }
        catch (SqliteException e)
            when (e.SqliteErrorCode is raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH)
        {
            return false;
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Translate(e, mirrorPath);
        }
    }

    internal static bool Exists(SqliteConnection connection, string schema = "main")
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT 1 FROM {schema}.sqlite_master WHERE name = '{Table}'";
        return command.ExecuteScalar() is not null;
    }

    private static void Build(SqliteConnection connection, string path, Action<ImportProgress>? progress, CancellationToken cancel)
    {
        using var transaction = connection.BeginTransaction();
        Run(connection, Create);
        using (var index = new Writer(connection))
        {
            long done = 0, total = Scalar(connection, "SELECT count(*) FROM activity");
            // Block by block, so that each is decompressed once.
            foreach (var (block, slots) in SlotsByBlock(connection))
            {
                cancel.ThrowIfCancellationRequested();
                foreach (var (activity, slot) in slots) index.Add(activity, block.Read(slot));
                done += slots.Count;
                progress?.Invoke(new ImportProgress(path, done, done, total));
            }
        }

        transaction.Commit();
    }

    private static IEnumerable<(OriginalBlock Block, List<(long Activity, int Slot)> Slots)> SlotsByBlock(SqliteConnection connection)
    {
        using var rows = connection.CreateCommand();
        rows.CommandText = "SELECT block, slot, id FROM activity ORDER BY block";
        using var block = connection.CreateCommand();
        block.CommandText = "SELECT data, raw_length FROM block WHERE id = @id";
        block.Parameters.Add("@id", SqliteType.Integer);
        using var reader = rows.ExecuteReader();
        var slots = new List<(long, int)>();
        var current = 0L;
        while (reader.Read())
        {
            if (reader.GetInt64(0) != current && slots.Count > 0)
            {
                yield return (Load(block, current), slots);
                slots = [];
            }

            current = reader.GetInt64(0);
            slots.Add((reader.GetInt64(2), reader.GetInt32(1)));
        }

        if (slots.Count > 0) yield return (Load(block, current), slots);
    }

    private static OriginalBlock Load(SqliteCommand block, long id)
    {
        block.Parameters[0].Value = id;
        using var row = block.ExecuteReader();
        return row.Read() ? OriginalBlock.Of(row, 0) : throw new InvalidDataException($"Block {id} is missing.");
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>
    /// Adds activities to the index; for imports, within their transaction, when <see cref="Exists(SqliteConnection, string)"/>.
    /// </summary>
    internal sealed class Writer : IDisposable
    {
        private readonly SqliteCommand insert;

        public Writer(SqliteConnection connection)
        {
            insert = connection.CreateCommand();
            insert.CommandText = Insert;
            insert.Parameters.Add("@id", SqliteType.Integer);
            insert.Parameters.Add("@text", SqliteType.Text);
        }

        /// <summary>Adds a record, or a further copy of one: then it is found by the words of both.</summary>
        public void Add(long activity, OriginalRecord record)
        {
            insert.Parameters[0].Value = activity;
            insert.Parameters[1].Value = TextOf(record);
            insert.ExecuteNonQuery();
        }

        public void Dispose() => insert.Dispose();
    }

    /// <summary>The words of a record.</summary>
    internal static string TextOf(OriginalRecord record)
    {
        try
        {
            return SearchText.TextOf(AuditNormalizer.ToGraph(record).Span);
        }
        catch (RecordException)
        {
            return SearchText.TextOf(record.Json.Span);
        }
    }
}
