using EntraAuditTools.Core.Files;

namespace EntraAuditTools.Core.Mirror.Files;

/// <summary>
/// The files of a mirror: the database, and what SQLite and the import keep beside it. An import of a folder that contains them must not
/// even open them: on Unix, closing any handle on a file drops all locks of the process on it, and SQLite's memory map is cut from under
/// it.
/// </summary>
internal sealed class MirrorFiles
{
    /// <summary>How a backup is called behind the mirror's name while it is made.</summary>
    internal const string BackupPartEnding = ".backup-part";

    /// <summary>How a mirror is called while it is rebuilt beside the one that is there.</summary>
    internal const string RebuildEnding = ".rebuild";

    private static readonly string[] Endings =
        [string.Empty, "-wal", "-shm", "-journal", ".lock", ".upgrade", ".upgrade-wal", ".upgrade-shm", ".upgrade-journal",
            BackupPartEnding, BackupPartEnding + "-journal", RebuildEnding, RebuildEnding + "-journal"];

    private readonly string path;
    private readonly HashSet<string> names =
        new(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <summary>What SQLite keeps beside a mirror while it is open: the write-ahead log and its index.</summary>
    /// <param name="path">Full path of the mirror.</param>
    public static IEnumerable<string> OfLog(string path) => [path + "-wal", path + "-shm"];

    /// <summary>The files of a mirror, which need not exist.</summary>
    /// <param name="path">Full path of the mirror.</param>
    public MirrorFiles(string path)
    {
        this.path = path;
        foreach (var ending in Endings) names.Add(path + ending);
    }

    /// <summary>The size of a mirror in bytes, with its write-ahead log.</summary>
    public static long Size(string path) => Length(path) + Length(path + "-wal");

    /// <summary>Whether a file is one of them, under any name: a link, or another path to the same folder.</summary>
    /// <param name="file">Full path of the file; it is not opened.</param>
    public bool Contains(string file)
    {
        if (names.Contains(file)) return true;
        // The copies that a migration leaves.
        if (file.StartsWith(path, StringComparison.OrdinalIgnoreCase) && file.EndsWith(".bak", StringComparison.OrdinalIgnoreCase))
            return true;
        var facts = FileFacts.Of(file);
        return facts.Number != 0 && Endings.Any(ending => FileFacts.Of(path + ending).IsSameAs(facts));
    }

    private static long Length(string file) => new FileInfo(file) is { Exists: true } there ? there.Length : 0;
}
