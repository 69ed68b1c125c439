using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Mirror.Files;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Upkeep.Rebuilding;

/// <summary>
/// Writes a mirror anew without what is free in it: SQLite's VACUUM, into a file beside the mirror whose pages then take the place of its
/// own in one transaction. A kill before leaves the mirror as it was, one after it the new one; readers meanwhile see the old state.
/// </summary>
/// <remarks>
/// Plain VACUUM would put its copy where SQLite keeps temporary files, which may be a smaller disk and is not the owner's folder. Free parts
/// of pages can hold what was there before (https://sqlite.org/pragma.html#pragma_secure_delete clears only what it deletes itself, not what
/// was moved in a page before): no byte of that is in the new file.
/// </remarks>
internal static class MirrorRebuild
{
    /// <summary>Set in <c>meta</c> by what removes something, until the mirror is written anew.</summary>
    public const string IsDue = "rebuild.due";

    /// <summary>Deletes what a kill left of one, which nothing needs.</summary>
    /// <param name="path">Full path of the mirror, whose lock the caller holds.</param>
    public static void Forget(string path) => MirrorCopy.Remove(path + MirrorFiles.RebuildEnding);

    /// <summary>Refuses when the disk has not the room for it.</summary>
    /// <param name="connection">The mirror.</param>
    /// <param name="path">Its path.</param>
    /// <exception cref="AuditToolException">NotEnoughRoom.</exception>
    public static void CheckRoom(SqliteConnection connection, string path)
    {
        // The new file, and its pages once more in the mirror's write-ahead log.
        var needed = 2 * MirrorFile.Scalar(connection, "PRAGMA page_count") * MirrorFile.Scalar(connection, "PRAGMA page_size");
        if (FreeBytes(path) is { } free && free < needed) throw MirrorErrors.NoRoom(path, needed, free);
    }

    /// <summary>Writes it anew.</summary>
    /// <param name="connection">The mirror, opened for writing by the holder of its lock; in no transaction.</param>
    /// <param name="path">Its path.</param>
    /// <param name="step">For tests that stop it: called with the next step; null when nobody is to know.</param>
    /// <returns>False when somebody reads the old state still: its pages are overwritten once they end and something is written.</returns>
    public static bool Run(SqliteConnection connection, string path, Action<string>? step)
    {
        var part = path + MirrorFiles.RebuildEnding;
        try
        {
            // One that a kill left.
            MirrorCopy.Remove(part);
            using (OwnerOnlyFile.Open(part, FileMode.CreateNew, FileShare.ReadWrite))
            {
            }

            step?.Invoke("vacuum");
            using (var vacuum = connection.CreateCommand())
            {
                vacuum.CommandText = "VACUUM INTO @part";
                vacuum.Parameters.AddWithValue("@part", part);
                vacuum.CommandTimeout = 0;
                vacuum.ExecuteNonQuery();
            }

            step?.Invoke("prepare");
            Prepare(part);
            step?.Invoke("swap");
            var isDone = MirrorCopy.TakePlace(connection, part, waits: true);
            step?.Invoke("swapped");
            return isDone;
        }
        finally
        {
            Remove(part);
        }
    }

    private static void Prepare(string part)
    {
        using var copy = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = part, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        copy.Open();
        SchemaGuard.Restrict(copy);
        using (var forget = copy.CreateCommand())
        {
            forget.CommandText = "DELETE FROM meta WHERE name = @due";
            forget.Parameters.AddWithValue("@due", IsDue);
            forget.ExecuteNonQuery();
        }

        MirrorFile.Execute(copy, "PRAGMA analysis_limit = 1000; ANALYZE");
    }

    private static void Remove(string part)
    {
        try
        {
            MirrorCopy.Remove(part);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next one removes it; what went wrong is said already.
        }
    }

    private static long? FreeBytes(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // A share without a letter, for instance: then the disk itself says when it is full.
            return null;
        }
    }
}
