using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Mirror.Shared;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Mirror.Files;

/// <summary>What is done with the copy of a server's mirror as a whole.</summary>
internal static class SharedCopy
{
    /// <summary>How what a copy keeps of the server's state is called in <c>meta</c>, beside what a mirror says of itself.</summary>
    public const string StatePrefix = "shared.";

    /// <summary>Makes of a copy of a copy a mirror of its own, which no server's state is known of.</summary>
    /// <param name="path">Full path of the file, which nobody else uses.</param>
    public static void Release(string path)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        MirrorFile.Execute(connection, $"DELETE FROM meta WHERE name LIKE '{StatePrefix}%'");
    }

    /// <summary>Writes all that a server holds anew, as it is: this version keeps it otherwise than the one that wrote it.</summary>
    /// <param name="shared">The server's mirror.</param>
    /// <param name="path">Full path of this machine's copy.</param>
    /// <param name="doing">Called with what is being done where that takes long; null when nobody is to know.</param>
    /// <param name="cancel">Stops it; the server keeps what it had.</param>
    /// <exception cref="Errors.AuditToolException">What can be wrong with a server, or with the copy.</exception>
    public static void WriteAnew(ISharedMirror shared, string path, Action<string>? doing, CancellationToken cancel)
    {
        using var writing = shared.BeginWriting(null, cancel);
        OwnerOnlyFile.CreateDirectory(Path.GetDirectoryName(path)!);
        using var held = MirrorLock.Acquire(path, MirrorLock.LongestWait, cancel, null);
        writing.Refresh(path, doing, cancel);
        doing?.Invoke("Masking secrets in what the server holds");
        writing.SendAll(path, null, doing, cancel);
    }

    /// <summary>Sends all of a copy, which then stands for what the server had. The caller holds the copy's lock.</summary>
    /// <param name="shared">The right to change the server's.</param>
    /// <param name="path">Full path of the copy.</param>
    /// <param name="source">What distinguishes what the copy holds, for one that goes on where it was stopped; null for one that does not.</param>
    /// <param name="doing">Called with what is being done; null when nobody is to know.</param>
    /// <param name="cancel">Stops it; the server keeps what it had.</param>
    /// <returns>How many rows a copy that was stopped had brought there.</returns>
    /// <exception cref="Errors.AuditToolException">What can be wrong with a server, or with the copy.</exception>
    public static long SendAll(this ISharedWriting shared, string path, string? source, Action<string>? doing, CancellationToken cancel)
    {
        using var connection = MirrorFile.OpenForWriting(path);
        using var stop = cancel.Register(() => SQLitePCL.raw.sqlite3_interrupt(connection.Handle));
        shared.Follow(connection);
        shared.Replace();
        var before = source == null ? 0 : shared.Stage(connection, source, doing, cancel);
        MirrorFile.Execute(connection, "BEGIN IMMEDIATE");
        try
        {
            shared.Send(connection);
            MirrorFile.Execute(connection, "COMMIT");
            return before;
        }
        catch
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0) MirrorFile.Execute(connection, "ROLLBACK");
            cancel.ThrowIfCancellationRequested();
            throw;
        }
    }
}
