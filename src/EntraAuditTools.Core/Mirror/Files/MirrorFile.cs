using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Text;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Files;

/// <summary>Opens a mirror for writing, and makes it when there is none.</summary>
internal static class MirrorFile
{
    /// <summary>Empties the log; its first value is 0 when that was done (https://www.sqlite.org/pragma.html#pragma_wal_checkpoint).</summary>
    public const string EmptyLog = "PRAGMA wal_checkpoint(TRUNCATE)";

    private const int BusyTimeout = 30_000;

    // Most questions are answered in less.
    private const int ReaderPatience = 1_000;
    private const long UsualPageSize = 8192;

    /// <summary>
    /// A commit returns when it is on the disk: what an import has reported as done survives a power cut too (docs/reliability.md has the
    /// cost). On macOS that needs a call of its own; elsewhere the second and third do nothing.
    /// </summary>
    private const string DurableCommits = "PRAGMA synchronous = FULL; PRAGMA fullfsync = 1; PRAGMA checkpoint_fullfsync = 1;";

    private static readonly byte[] SqliteHeader = [.. "SQLite format 3"u8, 0];

    static MirrorFile() => SqliteLibrary.Load();

    /// <summary>Opens the mirror; its schema is this version's afterwards. The caller holds the <see cref="MirrorLock"/>.</summary>
    /// <exception cref="AuditToolException">It is no mirror, newer, damaged or not writable.</exception>
    public static SqliteConnection OpenForWriting(string path) => OpenForWriting(path, out _);

    /// <inheritdoc cref="OpenForWriting(string)"/>
    /// <param name="path">Full path of the mirror.</param>
    /// <param name="backup">Where a mirror of an older version was copied to before it was changed; null when it was not.</param>
    /// <param name="pageSize">Size of the pages of one that is made.</param>
    /// <param name="besides">Tables that may be there besides a mirror's; null for none.</param>
    public static SqliteConnection OpenForWriting(string path, out string? backup, long pageSize = UsualPageSize,
        IReadOnlyCollection<string>? besides = null)
    {
        try
        {
            if (Directory.Exists(path)) throw MirrorErrors.NotAMirror(path, "it is a folder");
            // One that exists is opened by SQLite alone: closing any handle on it drops, on Unix, the locks that this process's other
            // connections hold on it (https://sqlite.org/howtocorrupt.html, "POSIX advisory locks canceled by a separate thread").
            if (!File.Exists(path))
            {
                using var made = OwnerOnlyFile.Open(path, FileMode.OpenOrCreate, FileShare.ReadWrite | FileShare.Delete);
            }

            var connection = Open(path, SqliteOpenMode.ReadWrite);
            try
            {
                backup = Prepare(connection, path, pageSize, besides);
                return connection;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw MirrorErrors.AccessDenied(path, e);
        }
        catch (SqliteException e)
            when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM)
        {
            throw MirrorErrors.AccessDenied(path, e);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_NOTADB && OtherContent(path) is { } content)
        {
            throw MirrorErrors.NotAMirror(path, $"it is no SQLite database but {content}", e);
        }
        catch (SqliteException e) when (SqliteErrors.IsDamage(e))
        {
            throw MirrorErrors.Damaged(path, e);
        }
    }

    /// <summary>A second connection, for looking things up while another thread writes.</summary>
    public static SqliteConnection OpenForLookups(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWrite);
        Execute(connection, "PRAGMA wal_autocheckpoint = 0; PRAGMA query_only = 1");
        return connection;
    }

    /// <summary>Runs SQL that returns nothing.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs SQL that returns one number.</summary>
    public static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Brings what was committed into the mirror's own file, and empties the log beside it; where somebody goes on reading an older state,
    /// a later import does. Nobody waits for a report or a list that is shown a page at a time.
    /// </summary>
    /// <returns>Whether it was done.</returns>
    public static bool Checkpoint(SqliteConnection connection)
    {
        SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle, ReaderPatience);
        try
        {
            return Scalar(connection, EmptyLog) == 0;
        }
        finally
        {
            SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle, BusyTimeout);
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection =
            new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        // Before anything is asked: another process may be closing the mirror, which locks it for a moment.
        SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle, BusyTimeout);
        SchemaGuard.Restrict(connection);
        return connection;
    }

    /// <summary>What a file is that SQLite refused, which nobody has open as a database; null for one that begins like one.</summary>
    private static string? OtherContent(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[SqliteHeader.Length];
        var read = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        return header.AsSpan().SequenceEqual(SqliteHeader) ? null : ContentDescription.Describe(header.AsSpan(0, read)).LooksLike;
    }

    private static string? Prepare(SqliteConnection connection, string path, long pageSize, IReadOnlyCollection<string>? besides)
    {
        var version = Scalar(connection, "PRAGMA user_version");
        var application = Scalar(connection, "PRAGMA application_id");
        var isEmpty = Scalar(connection, "SELECT count(*) FROM sqlite_master") == 0;
        if (!isEmpty && application != MirrorSchema.ApplicationId)
            throw MirrorErrors.NotAMirror(path, "it is an SQLite database of another program");
        if (version > MirrorSchema.Version) throw MirrorErrors.Newer(path, version);
        if (!isEmpty) SchemaGuard.Check(connection, path, version, besides);
        if (isEmpty) Execute(connection, $"PRAGMA page_size = {pageSize}");
        if (SQLitePCL.raw.sqlite3_db_readonly(connection.Handle, "main") == 1)
            throw MirrorErrors.AccessDenied(path, new UnauthorizedAccessException());
        Execute(connection, $"PRAGMA journal_mode = WAL; {DurableCommits} PRAGMA cache_size = -49152; PRAGMA wal_autocheckpoint = 4000");
        return version == MirrorSchema.Version ? null : MirrorMigration.Run(connection, path, isEmpty ? 0 : version);
    }
}
