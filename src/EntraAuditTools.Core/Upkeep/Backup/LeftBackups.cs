namespace EntraAuditTools.Core.Upkeep.Backup;

/// <summary>
/// What killed backups left in a folder where each has a name of its own: the next backup has another name, and so would never write over
/// it.
/// </summary>
internal static class LeftBackups
{
    /// <summary>No backup writes nothing for so long.</summary>
    private static readonly TimeSpan LongestBackup = TimeSpan.FromDays(1);

    /// <summary>Deletes those that nobody can be writing any more; returns a sentence on each of the others.</summary>
    /// <param name="mirror">Full path of the mirror.</param>
    /// <param name="backup">Full path of a backup of it.</param>
    public static IEnumerable<string> Clear(string mirror, string backup)
    {
        var folder = Path.GetDirectoryName(backup)!;
        var pattern = $"{Path.GetFileNameWithoutExtension(mirror)}-????????T??????Z.db.*-part*";
        foreach (var part in Directory.GetFileSystemEntries(folder, pattern).Order(StringComparer.Ordinal))
        {
            if (part.StartsWith(backup, StringComparison.Ordinal) || (IsOld(part) && IsDeleted(part))) continue;
            yield return $"'{part}' is no backup: another one is writing it, or was stopped. Delete it if none is running; a backup "
                + "into this folder does once it is a day old.";
        }
    }

    private static bool IsOld(string part) => DateTime.UtcNow - File.GetLastWriteTimeUtc(part) > LongestBackup;

    private static bool IsDeleted(string part)
    {
        try
        {
            if (Directory.Exists(part)) Directory.Delete(part, recursive: true);
            else File.Delete(part);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
