using System.Text.Json;
using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Mirror.Writing;
using EntraAuditTools.Core.Schema;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Importing.Upgrading;

/// <summary>
/// The file beside a mirror in which it is derived anew: a mirror itself, with some work tables, which are dropped before it takes the old
/// one's place. One that an interrupted derivation left is continued, if it is of the same mirror and the same readers.
/// </summary>
internal static class UpgradeFile
{
    /// <summary>The file's name, after the mirror's own.</summary>
    public const string Ending = ".upgrade";

    private static readonly JsonSerializerOptions Lists = new() { Converters = { new ListConverter() } };

    private static readonly string[] WorkTables = ["work_sighting", "work_state", "work_owner", "work_time", "work_gone"];

    // Records of logs that imports saw again, by the first of their originals: that is older than the import. Records of states that
    // imports brought again: where the state began with a record that only names its object (a group's members), an own record of the
    // object, and rather one that no other state stands on, since that says something else. Whose own each original is. When the sources
    // of imports were written, as their states give it.
    private const string Work = """
        CREATE TABLE work_sighting (import INTEGER NOT NULL, block INTEGER NOT NULL, slot INTEGER NOT NULL, PRIMARY KEY (import, block, slot)) WITHOUT ROWID;
        CREATE TABLE work_state (
            import INTEGER NOT NULL, block INTEGER NOT NULL, slot INTEGER NOT NULL, kind INTEGER NOT NULL, PRIMARY KEY (import, block, slot)) WITHOUT ROWID;
        CREATE TABLE work_owner (
            block INTEGER NOT NULL, slot INTEGER NOT NULL, kind INTEGER NOT NULL, object_id NOT NULL, PRIMARY KEY (block, slot)) WITHOUT ROWID;
        CREATE TABLE work_gone (import INTEGER NOT NULL, state INTEGER NOT NULL, PRIMARY KEY (import, state)) WITHOUT ROWID;
        CREATE TABLE work_time (import INTEGER PRIMARY KEY, time INTEGER NOT NULL);

        INSERT INTO work_owner SELECT o.block, o.slot, e.kind, e.object_id FROM old.entity_original o JOIN old.entity e ON e.id = o.entity
            WHERE true ON CONFLICT DO NOTHING;
        INSERT OR IGNORE INTO work_state
            SELECT s.import, o.block, o.slot, e.kind FROM old.entity_sighting s JOIN old.entity_state t ON t.id = s.state JOIN old.entity e ON e.id = t.entity
            JOIN old.entity_original o ON o.entity = t.entity AND o.block = t.block AND o.slot = t.slot JOIN old.block b ON b.id = o.block
            WHERE t.gone = 0 AND b.import < s.import AND NOT EXISTS (SELECT 1 FROM old.entity_original x JOIN old.block y ON y.id = x.block
                WHERE x.entity = t.entity AND y.import = s.import);
        INSERT OR IGNORE INTO work_state
            SELECT import, place >> 20, place & 0xFFFFF, kind FROM (
                SELECT s.import, e.kind, (
                    SELECT (o.block << 20) | o.slot FROM old.entity_original o JOIN old.block b ON b.id = o.block
                        WHERE o.entity = t.entity AND b.import < s.import
                        ORDER BY EXISTS (SELECT 1 FROM old.entity_state x WHERE x.entity = t.entity AND x.block = o.block AND x.slot = o.slot
                            AND x.digest <> t.digest), o.block DESC, o.slot DESC LIMIT 1) AS place
                FROM old.entity_sighting s JOIN old.entity_state t ON t.id = s.state JOIN old.entity e ON e.id = t.entity
                WHERE t.gone = 0 AND NOT EXISTS (SELECT 1 FROM old.entity_original o JOIN old.block b ON b.id = o.block
                    WHERE o.entity = t.entity AND (b.import = s.import OR (o.block = t.block AND o.slot = t.slot))))
            WHERE place IS NOT NULL;
        INSERT OR IGNORE INTO work_gone SELECT s.import, t.id FROM old.entity_state t JOIN old.entity_sighting s ON s.state = t.id WHERE t.gone = 1;
        INSERT OR IGNORE INTO work_time
            SELECT import, seen FROM (
                SELECT b.import, t.seen, count(*) AS times FROM old.entity_state t JOIN old.block b ON b.id = t.block WHERE t.gone = 0 GROUP BY 1, 2
                UNION ALL
                SELECT b.import, max(j.observed), 0 FROM old.synchronization_job j JOIN old.block b ON b.id = j.block WHERE j.assumed = 1 GROUP BY 1
                UNION ALL
                SELECT s.import, min(t.last_seen), -1 FROM old.entity_state t JOIN old.entity_sighting s ON s.state = t.id WHERE t.gone = 0 GROUP BY 1)
            ORDER BY times DESC;
        """;

    private static string Sightings(LogTable log) => $"""
        INSERT OR IGNORE INTO work_sighting
            SELECT s.import, p.block, p.slot FROM old.{log.Sightings} s
            JOIN (
                SELECT activity, block, slot, row_number() OVER (PARTITION BY activity ORDER BY block, slot) AS place FROM (
                    SELECT id AS activity, block, slot FROM old.{log.Name} WHERE id IN (SELECT {log.Name} FROM old.{log.Sightings})
                    UNION ALL SELECT {log.Name}, block, slot FROM old.{log.Copies} WHERE {log.Name} IN (SELECT {log.Name} FROM old.{log.Sightings}))
            ) p ON p.activity = s.{log.Name} AND p.place = 1;
        """;

    // Tables that are copied unchanged: the imports, what they rejected, and the rows of provisioning that are read on demand.
    private static readonly string TakenOver = $"""
        INSERT INTO import (
            id, started, finished, status, source, kind, shape, tool_version, bytes, sha256, options, read, added, updated, unchanged,
                rejected, not_supported, conflicts,
            first_time, last_time, notes, reader, file_time, header)
        SELECT id, started, finished, status, source, kind, shape, tool_version, bytes, sha256,
            iif(reader = {ReaderVersion.Current}, options, json_set(options, '$.FileReader', coalesce(json_extract(options, '$.FileReader'), reader))),
            read, added, updated, unchanged, rejected, not_supported, conflicts, first_time, last_time, notes, {ReaderVersion.Current},
                file_time, header FROM old.import;
        INSERT INTO rejection (id, import, line, byte_offset, reason, text) SELECT id, import, line, byte_offset, reason, text FROM old.rejection;
        INSERT INTO provisioning_part SELECT * FROM old.provisioning_part;
        INSERT INTO original_context SELECT * FROM old.original_context WHERE block NOT IN (SELECT id FROM old.block);
        INSERT INTO block_digest SELECT * FROM old.block_digest;
        INSERT INTO removed_original SELECT * FROM old.removed_original;
        INSERT INTO chain SELECT * FROM old.chain;
        INSERT INTO chain_import SELECT * FROM old.chain_import;
        """;

    /// <summary>Path of the file.</summary>
    public static string PathOf(string mirror) => mirror + Ending;

    /// <summary>Opens the file that was left, or makes one.</summary>
    /// <param name="mirror">The old mirror; its schema is this version's.</param>
    /// <returns>The file, with the old mirror attached, and whether it was there.</returns>
    public static (SqliteConnection Connection, bool IsContinued) Open(string mirror)
    {
        var path = PathOf(mirror);
        if (File.Exists(path) && !IsOf(mirror, path)) Delete(mirror);
        var isContinued = File.Exists(path);
        if (!isContinued)
        {
            using var file = OwnerOnlyFile.Open(path, FileMode.CreateNew, FileShare.ReadWrite);
        }

        var connection = MirrorFile.OpenForWriting(path, out _, PageSize(mirror), WorkTables);
        try
        {
            Attach(connection, mirror);
            if (!isContinued) Prepare(connection, Identity(connection, Derivation.Old));
            return (connection, isContinued);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Attaches the old mirror.</summary>
    public static void Attach(SqliteConnection connection, string mirror)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"ATTACH DATABASE @path AS {Derivation.Old}";
        command.Parameters.AddWithValue("@path", mirror);
        command.ExecuteNonQuery();
    }

    /// <summary>The last import that is derived wholly.</summary>
    public static long LastImport(SqliteConnection connection) =>
        MirrorFile.Scalar(connection, "SELECT coalesce((SELECT value FROM meta WHERE name = 'derivation.import'), 0)");

    /// <summary>How far the next one is.</summary>
    public static long Position(SqliteConnection connection) =>
        MirrorFile.Scalar(connection, "SELECT coalesce((SELECT value FROM meta WHERE name = 'derivation.position'), 0)");

    /// <summary>Keeps where the mirror was backed up, and returns where an earlier run backed it up; null when it did not.</summary>
    public static string? KeepBackup(SqliteConnection connection, string? backup)
    {
        using var command = connection.CreateCommand();
        command.CommandText = backup == null
            ? "SELECT value FROM meta WHERE name = 'derivation.backup'"
            : "INSERT INTO meta (name, value) VALUES ('derivation.backup', @backup) ON CONFLICT (name) DO UPDATE SET value = excluded.value RETURNING value";
        command.Parameters.AddWithValue("@backup", (object?)backup ?? DBNull.Value);
        return command.ExecuteScalar() is string kept && File.Exists(kept) ? kept : null;
    }

    /// <summary>The result of the derivation; null while it is not done.</summary>
    public static AuditMirrorUpdate? Result(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT value FROM meta WHERE name = 'derivation.result'";
        return command.ExecuteScalar() is string result ? JsonSerializer.Deserialize<AuditMirrorUpdate>(result, Lists) : null;
    }

    /// <summary>Drops the work tables, and keeps the result.</summary>
    public static void Finish(SqliteConnection connection, AuditMirrorUpdate result)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"BEGIN IMMEDIATE; {string.Concat(WorkTables.Select(table => $"DROP TABLE {table}; "))} INSERT INTO meta "
            + $"VALUES ('derivation.result', @result); COMMIT";
        command.Parameters.AddWithValue("@result", JsonSerializer.Serialize(result, Lists));
        command.ExecuteNonQuery();
    }

    /// <summary>Takes the last traces of a derivation out of the mirror that it made.</summary>
    public static void Forget(SqliteConnection mirror) => MirrorFile.Execute(mirror, "DELETE FROM meta WHERE name LIKE 'derivation.%'");

    /// <summary>Deletes the file, and what SQLite keeps beside it.</summary>
    public static void Delete(string mirror)
    {
        foreach (var ending in new[] { string.Empty, "-wal", "-shm", "-journal" }) File.Delete(PathOf(mirror) + ending);
    }

    private static void Prepare(SqliteConnection connection, string identity)
    {
        var index = ActivitySearchIndex.Exists(connection, Derivation.Old) ? ActivitySearchIndex.Create : string.Empty;
        using (var command = connection.CreateCommand())
        {
            command.CommandText = $"BEGIN IMMEDIATE; {Work} {string.Join(' ', LogTable.All.Select(Sightings))} {TakenOver} {index}; "
                + $"INSERT INTO meta VALUES ('derivation.of', @of); COMMIT";
            command.Parameters.AddWithValue("@of", identity);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>
    /// States that came from another import than the one that brought their original: the record had come before, byte for byte, and was a
    /// new state again by then. Only their times say which import that was.
    /// </summary>
    /// <param name="connection">The new mirror; the old one is attached.</param>
    /// <param name="seen">When the exports of each import were taken, in their order.</param>
    public static void AddRepeatedStates(SqliteConnection connection, IReadOnlyList<(OldImport Import, long Seen)> seen)
    {
        var times = seen.ToDictionary(entry => entry.Import.Id, entry => entry.Seen);
        var imports = seen.ToLookup(entry => entry.Seen, entry => (entry.Import.Id, Kinds: entry.Import.Kind.Split(", ")));
        using var states = new Statement(connection, """
            SELECT t.block, t.slot, e.kind, t.seen, b.import, t.entity FROM old.entity_state t JOIN old.entity e ON e.id = t.entity
                JOIN old.block b ON b.id = t.block
            WHERE t.gone = 0 AND EXISTS (SELECT 1 FROM old.entity_original o WHERE o.entity = t.entity AND o.block = t.block AND o.slot = t.slot)
            """);
        using var findOriginal = new Statement(connection,
            "SELECT 1 FROM old.entity_original o JOIN old.block b ON b.id = o.block WHERE o.entity = ? AND b.import = ?");
        bool HasOwn(long entity, long import)
        {
            var found = findOriginal.Bind(1, entity).Bind(2, import).Step();
            if (found) findOriginal.Reset();
            return found;
        }

        using var insert = new Statement(connection, "INSERT OR IGNORE INTO work_state (import, block, slot, kind) VALUES (?, ?, ?, ?)");
        while (states.Step())
        {
            var (time, brought) = (states.Number(3), states.Number(4));
            if (!times.TryGetValue(brought, out var taken) || taken == time) continue;
            var name = EntityKinds.Name((EntityKind)states.Number(2));
            var by = imports[time].FirstOrDefault(row => row.Id > brought && row.Kinds.Contains(name)).Id;
            if (by != 0 && !HasOwn(states.Number(5), by))
                insert.Bind(1, by).Bind(2, states.Number(0)).Bind(3, states.Number(1)).Bind(4, states.Number(2)).Execute();
        }
    }

    /// <summary>Whether the file was begun for the mirror as it is now, by readers of this version.</summary>
    private static bool IsOf(string mirror, string path)
    {
        try
        {
            using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
            connection.Open();
            SchemaGuard.Restrict(connection);
            Attach(connection, mirror);
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT value FROM meta WHERE name = 'derivation.of'";
            return command.ExecuteScalar() as string == Identity(connection, Derivation.Old);
        }
        catch (SqliteException)
        {
            // It was stopped before it was made, or is damaged.
            return false;
        }
    }

    private static string Identity(SqliteConnection connection, string schema)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT '{ReaderVersion.Current} {MirrorSchema.Version} '
                || (SELECT count(*) || ' ' || coalesce(max(id), 0) || ' ' || coalesce(sum(reader), 0) || ' ' || coalesce(max(started), 0)
                    || ' ' || coalesce(max(finished), 0) FROM {schema}.import)
                || ' ' || (SELECT coalesce(max(id), 0) || ' ' || coalesce(sum(count), 0) FROM {schema}.block)
            """;
        return (string)command.ExecuteScalar()!;
    }

    private sealed class ListConverter : System.Text.Json.Serialization.JsonConverter<RecordList<IncompleteImport>>
    {
        public override RecordList<IncompleteImport> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<List<IncompleteImport>>(ref reader) ?? []);

        public override void Write(Utf8JsonWriter writer, RecordList<IncompleteImport> list, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, list.ToList());
    }

    private static long PageSize(string mirror)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = mirror, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        return MirrorFile.Scalar(connection, "PRAGMA page_size");
    }
}
