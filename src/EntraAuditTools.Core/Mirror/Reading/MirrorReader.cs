using System.Globalization;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Originals;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EntraAuditTools.Core.Mirror.Reading;

/// <summary>
/// A mirror opened for reading. Not thread-safe, except <see cref="Interrupt"/>.
/// The file is released when this is disposed: handles are not pooled.
/// </summary>
internal sealed class MirrorReader : IDisposable
{
    private const int BusyTimeout = 30_000;

    private readonly object gate = new();
    private readonly Dictionary<string, Statement> prepared = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stop = new();
    private volatile bool interrupted;
    private readonly ReadWatch watch = new();
    private bool disposed;
    private int readDepth;

    static MirrorReader() => SqliteLibrary.Load();

    private MirrorReader(string path, SqliteConnection connection)
    {
        Path = path;
        Connection = connection;
    }

    /// <summary>Full path of the mirror.</summary>
    public string Path { get; }

    internal SqliteConnection Connection { get; }

    /// <summary>Version of the tables.</summary>
    internal long SchemaVersion { get; private init; }

    /// <summary>The logs that it can hold: a mirror of an older version lacks the tables of later ones.</summary>
    internal IEnumerable<LogTable> Logs => LogTable.All.Where(Has);

    /// <summary>Whether it has the tables of a log.</summary>
    internal bool Has(LogTable log) => SchemaVersion >= log.Since;

    /// <summary>Whether everything is read of one state now (<see cref="BeginRead"/>).</summary>
    internal bool IsReading => readDepth > 0;

    /// <summary>Set when <see cref="Interrupt"/> is called.</summary>
    internal CancellationToken Interrupted => stop.Token;

    /// <summary>The logs of a copy that lacks them; null where the logs are here.</summary>
    internal LightCopy? Light { get; private init; }

    /// <summary>A question on the logs, in the SQL of where they are.</summary>
    internal SqlText LogText(string start = "") => new(start) { Dialect = Light?.Logs.Dialect ?? SqliteDialect.Instance };

    /// <summary>The rows that a question on the logs has (<see cref="LogText"/>), wherever the logs are.</summary>
    /// <returns>A statement that stands at one row after the other: nothing of it is to be kept.</returns>
    internal IEnumerable<Statement> LogRows(SqlText sql)
    {
        if (Light is { } light)
        {
            foreach (var row in light.Logs.Rows(sql, stop.Token))
            {
                watch.Count(true);
                yield return row;
            }

            yield break;
        }

        using var found = Prepare(sql);
        while (Step(found)) yield return found;
    }

    /// <summary>The same of a question that is asked thousands of times, about a number that it names <c>@p0</c>.</summary>
    internal IEnumerable<Statement> LogRows(string sql, long number)
    {
        if (Light != null)
        {
            var text = LogText(sql);
            text.Bind(number);
            foreach (var row in LogRows(text)) yield return row;
            yield break;
        }

        var found = Prepared(sql).Bind("@p0", number);
        try
        {
            while (Step(found)) yield return found;
        }
        finally
        {
            found.Reset();
        }
    }

    /// <summary>What a question on the logs has, each row as something of its own.</summary>
    internal IEnumerable<T> QueryLog<T>(SqlText sql, Func<Statement, T> read)
    {
        foreach (var row in LogRows(sql)) yield return Value(row, read);
    }

    /// <summary>Whether a question on the logs has any row.</summary>
    internal bool AnyInLog(SqlText sql) => QueryLog(sql, _ => true).Any();

    /// <summary>The one number that a question on the logs has.</summary>
    internal long NumberOfLog(SqlText sql) => QueryLog(sql, row => row.Number(0)).First();

    /// <summary>SQL of where originals are, for a question on the logs.</summary>
    internal string Blocks => Light?.Logs.Blocks ?? "block";

    /// <summary>Whether secrets are masked in its originals: it is of somebody who may not read them.</summary>
    internal bool HasMaskedOriginals => Query(MaskedOriginals.IsMaskedSql, row => row.GetInt64(0) != 0).First();

    /// <summary>Whether the file at a path is a mirror or claims to be one; an empty file is none yet, as for an import.</summary>
    public static bool Exists(string path) => File.Exists(path) && !(FileFacts.Of(path).Oddity is null && new FileInfo(path).Length == 0);

    /// <summary>Opens a mirror for reading.</summary>
    /// <param name="path">Full path of the mirror.</param>
    /// <exception cref="AuditToolException">
    /// MirrorNotFound, NotAMirror, MirrorDamaged, MirrorNewer, MirrorAccessDenied or MirrorLocked.
    /// </exception>
    public static MirrorReader Open(string path)
    {
        // The file is looked at through SQLite alone: opening and closing it ourselves would drop, on Unix,
        // the locks that this process's other connections hold on it.
        if (Directory.Exists(path)) throw MirrorErrors.NotAMirror(path, "it is a folder");
        if (!File.Exists(path)) throw MirrorErrors.NotFound(path);
        if (FileFacts.Of(path).Oddity is { } oddity) throw MirrorErrors.NotAMirror(path, $"it is {oddity}");

        try
        {
            return OpenChecked(path, immutable: false);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY)
        {
            return OpenInReadOnlyFolder(path, e);
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Translate(e, path);
        }
    }

    /// <summary>
    /// Calls something now and then while SQLite works, with the number of rows that were read so far: on the thread that asks, some
    /// hundred times a second. What it throws ends the query, and is thrown by it.
    /// </summary>
    internal void Watch(Action<long> tick) => watch.Begin(Connection.Handle!, tick);

    /// <summary>Stops the running query, which then throws <see cref="OperationCanceledException"/>. May be called from any thread, also
    /// after disposal.</summary>
    public void Interrupt()
    {
        lock (gate)
        {
            interrupted = true;
            if (disposed) return;
            raw.sqlite3_interrupt(Connection.Handle);
            stop.Cancel();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            if (disposed) return;
            disposed = true;
            foreach (var statement in prepared.Values) statement.Dispose();
            Connection.Dispose();
            stop.Dispose();
        }
    }

    /// <summary>The next row, with SQLite's errors in our words.</summary>
    internal bool Read(SqliteDataReader rows)
    {
        if (interrupted) throw new OperationCanceledException();
        try
        {
            return watch.Count(rows.Read());
        }
        catch (SqliteException e)
        {
            throw Translate(e);
        }
    }

    /// <summary>Starts a query.</summary>
    internal SqliteDataReader Execute(SqliteCommand command)
    {
        if (interrupted) throw new OperationCanceledException();
        try
        {
            return command.ExecuteReader();
        }
        catch (SqliteException e)
        {
            throw Translate(e);
        }
    }

    /// <summary>
    /// A statement that is prepared once, for thousands of small look-ups, where ADO.NET's objects would cost more than SQLite. The caller
    /// steps to its end, or resets it, before the next caller uses it. Not to be disposed.
    /// </summary>
    internal Statement Prepared(string sql)
    {
        if (!prepared.TryGetValue(sql, out var statement)) prepared.Add(sql, statement = Prepare(sql));
        return statement;
    }

    /// <summary>A statement on the bare SQLite interface, for very many rows. The caller disposes it.</summary>
    internal Statement Prepare(string sql)
    {
        try
        {
            return new Statement(Connection, sql);
        }
        catch (SqliteException e)
        {
            throw Translate(e);
        }
    }

    /// <inheritdoc cref="Prepare(string)"/>
    internal Statement Prepare(SqlText sql)
    {
        var statement = Prepare(sql.ToString());
        for (var i = 0; i < sql.Values.Count; i++) statement.Bind("@p" + i.ToString(CultureInfo.InvariantCulture), SqlText.Plain(sql.Values[i]));
        return statement;
    }

    /// <summary>
    /// Everything read until this is disposed is read of one state of the mirror, and the mirror's locks are taken once: for many small
    /// look-ups they would be most of the work. An import that ends meanwhile waits for it a while.
    /// </summary>
    /// <param name="isLarge">Whether much will be read again and again: it stays in memory until then. Only of the outermost.</param>
    internal ReadTransaction BeginRead(bool isLarge = false) => new(this, isLarge);

    /// <summary>The next row of a statement, with SQLite's errors in our words.</summary>
    internal bool Step(Statement statement)
    {
        var until = 0L;
        while (true)
        {
            if (interrupted)
            {
                statement.Reset();
                throw new OperationCanceledException();
            }

            try
            {
                return watch.Count(statement.Step());
            }
            catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_BUSY && (until == 0 || Environment.TickCount64 < until))
            {
                // Another process opens or closes the mirror: ADO.NET's commands wait as long. Only the first row can meet that.
                if (until == 0) until = Environment.TickCount64 + BusyTimeout;
                Thread.Sleep(50);
            }
            catch (SqliteException e)
            {
                throw Translate(e);
            }
        }
    }

    // What a watcher threw is why the query was interrupted.
    private Exception Translate(SqliteException e) => watch.Failure is { } failure ? failure
        : Light is { WasRefused: true } ? MirrorErrors.IsPart(Path, e) : SqliteErrors.Translate(e, Path);

    private void Run(string sql)
    {
        var statement = Prepared(sql);
        Step(statement);
        statement.Reset();
    }

    /// <summary>What a row holds; a value that no mirror of ours has (a time beyond the calendar, text for a number) is damage.</summary>
    /// <exception cref="AuditToolException">MirrorDamaged.</exception>
    internal T Value<TRow, T>(TRow rows, Func<TRow, T> row)
    {
        try
        {
            return row(rows);
        }
        catch (Exception e)
            when (e is ArgumentException or OverflowException or InvalidCastException or FormatException or KeyNotFoundException
            or InvalidDataException or System.Text.Json.JsonException)
        {
            throw MirrorErrors.Damaged(Path, e);
        }
    }

    /// <summary>A query's rows, one after the other.</summary>
    internal IEnumerable<T> Query<T>(SqlText sql, Func<SqliteDataReader, T> row)
    {
        using var command = sql.ToCommand(Connection);
        using var rows = Execute(command);
        while (Read(rows)) yield return Value(rows, row);
    }

    /// <inheritdoc cref="Query{T}(SqlText, Func{SqliteDataReader, T})"/>
    internal IEnumerable<T> Query<T>(string sql, Func<SqliteDataReader, T> row) => Query(new SqlText(sql), row);

    /// <summary>Look-ups that belong together; may be nested.</summary>
    internal readonly struct ReadTransaction : IDisposable
    {
        private const string LargeCache = "PRAGMA cache_size = -64000", UsualCache = "PRAGMA cache_size = -16000";

        private readonly MirrorReader mirror;
        private readonly bool isLarge;

        public ReadTransaction(MirrorReader mirror, bool isLarge)
        {
            this.mirror = mirror;
            this.isLarge = isLarge && mirror.readDepth == 0;
            if (mirror.readDepth == 0) mirror.Run("BEGIN");
            mirror.readDepth++;
            if (this.isLarge) mirror.Run(LargeCache);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            // Stopped or closed meanwhile: the reader is not used again.
            if (--mirror.readDepth > 0 || mirror.interrupted || mirror.Connection.State != System.Data.ConnectionState.Open) return;
            mirror.Run("COMMIT");
            if (isLarge) mirror.Run(UsualCache);
        }
    }

    private static MirrorReader OpenChecked(string path, bool immutable)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            // A URI only where its option is needed: a plain path needs no escaping.
            DataSource = immutable ? new Uri(path).AbsoluteUri + "?immutable=1" : path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ConnectionString);
        try
        {
            connection.Open();
            SchemaGuard.Restrict(connection);
            CheckIsMirror(connection, path);
            using var settings = connection.CreateCommand();
            // Sorting stays in memory: the mirror's folder or the temporary one may be read-only.
            settings.CommandText = "PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;";
            settings.ExecuteNonQuery();
            FunctionRegistration.Register(connection, path);
            return new MirrorReader(path, connection)
            {
                SchemaVersion = Pragma(connection, "user_version"), Light = LightCopy.Of(connection, path),
            };
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // A mirror in WAL mode needs to create its -shm file even for reading. Where the folder forbids that, SQLite can read the file
    // alone ("immutable"), which leaves out what a -wal file still holds: then refuse rather than answer with rows missing.
    private static MirrorReader OpenInReadOnlyFolder(string path, SqliteException cause)
    {
        var log = new FileInfo(path + "-wal");
        if (log.Exists && log.Length > 0)
        {
            throw new AuditToolException("MirrorAccessDenied", AuditErrorKind.PermissionDenied,
                $"The mirror '{path}' was not closed properly and you cannot write in its folder: its newest records are still in '{log.Name}'.",
                "Open it once as somebody who can write there, or copy the mirror and its -wal file to a folder of your own.", path, cause);
        }

        try
        {
            return OpenChecked(path, immutable: true);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_READONLY)
        {
            throw MirrorErrors.AccessDenied(path, e);
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Translate(e, path);
        }
    }

    private static void CheckIsMirror(SqliteConnection connection, string path)
    {
        var application = Pragma(connection, "application_id");
        if (application != MirrorSchema.ApplicationId)
        {
            // An import that was stopped, or met a full disk, before it had made the tables.
            var isEmpty = new FileInfo(path).Length == 0 || Pragma(connection, "schema_version") == 0;
            throw MirrorErrors.NotAMirror(path, isEmpty ? "it is an empty file" : "it is an SQLite file of something else");
        }

        var version = Pragma(connection, "user_version");
        if (version > MirrorSchema.Version) throw MirrorErrors.Newer(path, version);
        SchemaGuard.Check(connection, path, version);
    }

    private static long Pragma(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return (long)command.ExecuteScalar()!;
    }
}
