using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Importing.Upgrading;
using EntraAuditTools.Core.Mirror.Chain;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Upkeep.Checking;

/// <summary>
/// Compares the rows of a mirror with what its originals give: a copy of it is derived anew, in a folder of its owner's alone beside it, and
/// both are compared row by row. So what the chain covers, the originals, vouches for what questions read.
/// </summary>
internal static class DerivedCheck
{
    private const string Ending = ".check", TemporaryName = "entraaudit-check-";
    private static readonly TimeSpan LongestCheck = TimeSpan.FromDays(1);

    /// <summary>Runs it.</summary>
    /// <param name="mirror">The mirror, in a read transaction.</param>
    /// <param name="path">Its path.</param>
    /// <param name="onFinding">Called for each kind of row that differs.</param>
    /// <param name="onNote">Called when it can't be done.</param>
    /// <param name="onProgress">Called a few times a second.</param>
    /// <param name="cancel">Stops it; what it made is deleted.</param>
    public static void Run(MirrorReader mirror, string path, Action<ChainFinding> onFinding, Action<string> onNote,
        Action<ImportProgress> onProgress, CancellationToken cancel)
    {
        CheckSightings(mirror, onFinding);
        if (Folder(path) is not { } folder)
        {
            onNote("The rows were not compared with the originals: there is no place for a copy, neither beside the mirror nor in the "
                + "folder for temporary files.");
            return;
        }

        try
        {
            var copy = Path.Combine(folder, Path.GetFileName(path));
            MirrorCopy.Write(mirror.Connection, copy, null, cancel);
            MirrorUpgrade.Compare(copy, (derived, old) =>
            {
                var digest = new ContentDigest(old, derived, cancel);
                foreach (var part in DerivedRows.Parts)
                {
                    if (digest.Compare(part) is { } difference)
                        onFinding(new(true, difference.Describe(part.Words), difference.Imports is [var import] ? import : null));
                }
            }, onProgress, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            || e is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR })
        {
            onNote("The rows were not compared with the originals: that takes twice the mirror's room on its disk, and there is not enough.");
        }
        finally
        {
            Delete(folder);
        }
    }

    /// <summary>Rows that say that an import saw a record again are derived from themselves: one of no record would stay unseen.</summary>
    private static void CheckSightings(MirrorReader mirror, Action<ChainFinding> onFinding)
    {
        foreach (var log in mirror.Logs)
        {
            var loose = MirrorFile.Scalar(mirror.Connection, $"""
                SELECT count(*) FROM {log.Sightings} s WHERE NOT EXISTS (SELECT 1 FROM {log.Name} r WHERE r.id = s.{log.Name})
                    OR typeof(s.{log.Name}) <> 'integer'
                """);
            if (loose > 0) onFinding(new(true, $"Imports saw {log.Records} again that are not there ({loose:N0} rows)."));
        }
    }

    private static string? Folder(string path)
    {
        foreach (var folder in new[] { path + Ending, Path.Combine(Path.GetTempPath(), $"{TemporaryName}{Environment.ProcessId}") })
        {
            try
            {
                // One that a kill left.
                Delete(folder);
                if (folder != path + Ending) DeleteLeft();
                OwnerOnlyFile.CreateDirectory(folder);
                return folder;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The mirror lies in a place that can only be read.
            }
        }

        return null;
    }

    /// <summary>Folders of other processes that were killed: no check takes so long.</summary>
    private static void DeleteLeft()
    {
        foreach (var left in Directory.GetDirectories(Path.GetTempPath(), TemporaryName + "*"))
        {
            try
            {
                if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(left) > LongestCheck) Delete(left);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody else's.
            }
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
