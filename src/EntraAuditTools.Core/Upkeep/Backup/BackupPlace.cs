using System.Globalization;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Mirror.Files;

namespace EntraAuditTools.Core.Upkeep.Backup;

/// <summary>Where a backup goes, and whether it may.</summary>
internal static class BackupPlace
{
    /// <summary>The file of a backup: the one that is named, or one of the mirror's name and the time in the folder that is named.</summary>
    /// <param name="mirror">Full path of the mirror.</param>
    /// <param name="given">Full path of a file or a folder.</param>
    /// <param name="now">The present.</param>
    public static string Of(string mirror, string given, DateTimeOffset now)
    {
        if (!Directory.Exists(given) && !Path.EndsInDirectorySeparator(given)) return given;
        var name = Path.GetFileNameWithoutExtension(mirror);
        return Path.Combine(given, string.Create(CultureInfo.InvariantCulture, $"{name}-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.db"));
    }

    /// <summary>Refuses a place that holds something that must stay.</summary>
    /// <param name="mirror">Full path of the mirror.</param>
    /// <param name="backup">Full path of the file.</param>
    /// <param name="isForced">Whether a file that is there may be replaced.</param>
    /// <exception cref="AuditToolException">BackupExists or BackupInUse.</exception>
    public static void Check(string mirror, string backup, bool isForced)
    {
        var there = FileFacts.Of(backup);
        if (there.Oddity is { } oddity) throw MirrorErrors.BackupInUse(backup, $"it is {oddity}");
        if (new MirrorFiles(mirror).Contains(backup)) throw MirrorErrors.BackupInUse(backup, "it is the mirror, or belongs to it");
        if (!File.Exists(backup)) return;
        if (!isForced) throw MirrorErrors.BackupExists(backup);
        // SQLite would take what an old write-ahead log holds for pages of the new file.
        if (HasContent(backup + "-wal") || HasContent(backup + "-journal"))
            throw MirrorErrors.BackupInUse(backup, "it is in use as a mirror, or was not closed properly");
    }

    private static bool HasContent(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };
}
