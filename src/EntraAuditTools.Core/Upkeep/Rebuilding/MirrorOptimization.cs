using System.Diagnostics;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Mirror.Tables;
using Microsoft.Data.Sqlite;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Upkeep.Rebuilding;

/// <summary>Makes a mirror as small and quick as it can be: the full-text index merged, the file written anew, statistics taken again.</summary>
internal static class MirrorOptimization
{
    /// <summary>Does it.</summary>
    /// <param name="path">Full path of the mirror.</param>
    /// <param name="doing">Called with what is done next.</param>
    /// <param name="waiting">Called once when another import writes the mirror, which is waited for.</param>
    /// <param name="step">For tests that stop it: called with the next step.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="AuditToolException">There is no mirror, it is damaged or locked, or there is no room.</exception>
    public static AuditMirrorOptimization Run(string path, Action<string> doing, Action waiting, Action<string>? step, CancellationToken cancel)
    {
        MirrorReader.Open(path).Dispose();
        using var held = MirrorLock.Acquire(path, MirrorLock.LongestWait, cancel, waiting);
        var clock = Stopwatch.StartNew();
        try
        {
            using var connection = MirrorFile.OpenForWriting(path);
            var before = MirrorFiles.Size(path);
            MirrorRebuild.Forget(path);
            MirrorRebuild.CheckRoom(connection, path);
            cancel.ThrowIfCancellationRequested();
            var hasIndex = ActivitySearchIndex.Exists(connection);
            if (hasIndex)
            {
                doing("Merging the full-text index");
                step?.Invoke("index");
                MirrorFile.Execute(connection, $"INSERT INTO {SearchIndexSchema.Table} ({SearchIndexSchema.Table}) VALUES ('optimize')");
            }

            cancel.ThrowIfCancellationRequested();
            doing("Writing the mirror anew, without what is free in it");
            var isDone = MirrorRebuild.Run(connection, path, step);
            return new()
            {
                Path = path,
                BytesBefore = before,
                Bytes = MirrorFiles.Size(path),
                HasSearchIndex = hasIndex,
                Notes = new(isDone ? [] : ["Somebody read the mirror meanwhile: its file gets smaller with the next import or "
                    + $"{Caller.Command("Optimize-AuditMirror")}."]),
                Duration = clock.Elapsed,
            };
        }
        catch (SqliteException e) when (SqliteErrors.IsDamage(e))
        {
            throw MirrorErrors.Damaged(path, e);
        }
        catch (SqliteException e) when (!SqliteErrors.IsMistake(e))
        {
            throw MirrorErrors.RebuildFailed(path, e, areRecordsGone: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MirrorErrors.RebuildFailed(path, e, areRecordsGone: false);
        }
    }
}
