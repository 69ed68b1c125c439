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
    private const string Ending = ".check";

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

    private static string? Folder(string path)
    {
        foreach (var folder in new[] { path + Ending, Path.Combine(Path.GetTempPath(), $"entraaudit-check-{Environment.ProcessId}") })
        {
            try
            {
                // One that a kill left.
                Delete(folder);
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

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
