using System.Diagnostics;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Upkeep.Checking;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Upkeep.Backup;

/// <summary>
/// Copies a mirror while it is in use. The copy is checked before it gets its name: a file of that name is a whole backup, whatever
/// stopped the one that came after it.
/// </summary>
internal sealed class MirrorBackup
{
    private readonly string path;
    private readonly string backup;
    private readonly string part;
    private readonly Action<ImportProgress> onProgress;
    private readonly CancellationToken cancel;
    private long lastProgress;

    private MirrorBackup(string path, string backup, Action<ImportProgress> onProgress, CancellationToken cancel)
    {
        this.path = path;
        this.backup = backup;
        part = backup + MirrorFiles.BackupPartEnding;
        this.onProgress = onProgress;
        this.cancel = cancel;
    }

    /// <summary>Backs a mirror up.</summary>
    /// <param name="path">Full path of the mirror.</param>
    /// <param name="backup">Full path of the backup (<see cref="BackupPlace.Of"/>).</param>
    /// <param name="isForced">Whether a file that is there is replaced.</param>
    /// <param name="onProgress">Called a few times a second.</param>
    /// <param name="cancel">Stops it; nothing is left.</param>
    /// <exception cref="AuditToolException">There is no mirror, it is damaged, or the place cannot take it.</exception>
    public static AuditMirrorBackup Run(string path, string backup, bool isForced, Action<ImportProgress> onProgress, CancellationToken cancel)
    {
        using var mirror = MirrorReader.Open(path);
        BackupPlace.Check(path, backup, isForced);
        return new MirrorBackup(path, backup, onProgress, cancel).Run(mirror, isForced);
    }

    private AuditMirrorBackup Run(MirrorReader mirror, bool isForced)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            if (Path.GetDirectoryName(backup) is { Length: > 0 } folder) OwnerOnlyFile.CreateDirectory(folder);
            // One that a kill left.
            MirrorCopy.Remove(part);
            Copy(mirror.Connection);
            var test = MirrorCheck.Run(part, new(IsQuick: true), progress => Report(progress.Source, progress.Records, progress.BytesTotal ?? 0), cancel);
            if (test.Problems is [var problem, ..]) throw MirrorErrors.BackupNotWhole(path, problem.Message);
            var bytes = new FileInfo(part).Length;
            // Another backup may have taken the name meanwhile.
            BackupPlace.Check(path, backup, isForced);
            File.Move(part, backup, overwrite: isForced);
            return new()
            {
                Path = backup,
                Mirror = path,
                Bytes = bytes,
                Imports = test.Imports,
                Originals = test.Originals,
                ChainHead = test.ChainHead,
                Checks = test.Checks,
                Notes = new([.. test.Notes, .. LeftBackups.Clear(path, backup)]),
                Duration = clock.Elapsed,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MirrorErrors.BackupFailed(path, backup, e);
        }
        finally
        {
            Remove();
        }
    }

    private void Copy(SqliteConnection mirror)
    {
        try
        {
            MirrorCopy.Write(mirror, part, (done, total) => Report("Copy", done, total), cancel);
            SharedCopy.Release(part);
        }
        catch (SqliteException e) when (SqliteErrors.IsDamage(e))
        {
            throw MirrorErrors.Damaged(path, e);
        }
        catch (SqliteException e) when (!SqliteErrors.IsMistake(e))
        {
            throw MirrorErrors.BackupFailed(path, backup, e);
        }
    }

    private void Remove()
    {
        try
        {
            MirrorCopy.Remove(part);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next backup of this name removes it; what went wrong is said already.
        }
    }

    private void Report(string what, long done, long total)
    {
        if (Environment.TickCount64 - lastProgress < 200) return;
        lastProgress = Environment.TickCount64;
        onProgress(new(what, done, done, total));
    }
}
