using EntraAuditTools.Core.Files;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EntraAuditTools.Core.Mirror.Files;

/// <summary>
/// Copies a mirror by SQLite's own backup (https://sqlite.org/backup.html): one state of it, with what its write-ahead log still holds,
/// while questions and imports go on.
/// </summary>
internal static class MirrorCopy
{
    // Between two steps somebody may stop it, and progress is shown.
    private const int PagesOfStep = 2048;

    /// <summary>Copies it into a new file that only its owner can read: one file, without -wal and -shm beside it.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="target">Full path of the copy, which must not exist.</param>
    /// <param name="onProgress">Called with the pages that are done and all pages; null when nobody is to know.</param>
    /// <param name="cancel">Stops it; the file stays half-written.</param>
    public static void Write(SqliteConnection mirror, string target, Action<long, long>? onProgress = null, CancellationToken cancel = default)
    {
        using (OwnerOnlyFile.Open(target, FileMode.CreateNew, FileShare.ReadWrite))
        {
        }

        using var copy = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = target, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        copy.Open();
        // Where nobody holds a state of the mirror, each commit of another process would start the copy again.
        var isHeld = raw.sqlite3_get_autocommit(mirror.Handle) == 0;
        if (!isHeld) MirrorFile.Execute(mirror, "BEGIN");
        try
        {
            Run(mirror, copy, onProgress, cancel);
        }
        finally
        {
            if (!isHeld) MirrorFile.Execute(mirror, "COMMIT");
        }

        MirrorFile.Execute(copy, "PRAGMA journal_mode = DELETE");
    }

    /// <summary>
    /// The pages of another file take the place of a mirror's in one transaction: SQLite's own backup, the other way round. A reader
    /// meanwhile sees the old mirror or the new one.
    /// </summary>
    /// <param name="mirror">The mirror, opened for writing by the holder of its lock.</param>
    /// <param name="from">Full path of the file, which has the mirror's page size.</param>
    /// <param name="waits">Whether it is worth a wait that nothing of the old state stays in the mirror's file.</param>
    /// <returns>False when somebody reads the old state still, so that its pages are overwritten later.</returns>
    public static bool TakePlace(SqliteConnection mirror, string from, bool waits)
    {
        MirrorFile.Execute(mirror, "PRAGMA synchronous = FULL");
        using (var source = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = from, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString()))
        {
            source.Open();
            source.BackupDatabase(mirror);
        }

        return waits ? MirrorFile.Scalar(mirror, MirrorFile.EmptyLog) == 0 : MirrorFile.Checkpoint(mirror);
    }

    /// <summary>Deletes a file that was written so far, and what SQLite keeps beside it.</summary>
    public static void Remove(string part)
    {
        foreach (var ending in new[] { string.Empty, "-journal", "-wal", "-shm" }) File.Delete(part + ending);
    }

    private static void Run(SqliteConnection mirror, SqliteConnection copy, Action<long, long>? onProgress, CancellationToken cancel)
    {
        using var backup = raw.sqlite3_backup_init(copy.Handle, "main", mirror.Handle, "main");
        if (backup.IsInvalid) throw Error(raw.sqlite3_errcode(copy.Handle), copy);
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var code = raw.sqlite3_backup_step(backup, PagesOfStep);
            if (code == raw.SQLITE_DONE) return;
            if (code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED) Thread.Sleep(50);
            else if (code != raw.SQLITE_OK) throw Error(code, copy);
            long pages = raw.sqlite3_backup_pagecount(backup);
            onProgress?.Invoke(pages - raw.sqlite3_backup_remaining(backup), pages);
        }
    }

    private static SqliteException Error(int code, SqliteConnection copy) =>
        new(raw.sqlite3_errstr(code).utf8_to_string(), code & 0xFF, raw.sqlite3_extended_errcode(copy.Handle));
}
