using EntraAuditTools.Core.Files;

namespace EntraAuditTools.Core.Mirror.Files;

/// <summary>
/// Whether others can read a mirror, what stands beside it, or can put something else in its place: what this tool makes is its owner's
/// alone, but files are copied, restored and made by other programs. On Windows the folder's access list decides, which is not looked at.
/// </summary>
internal static class MirrorExposure
{
    /// <summary>A sentence on it, with what to do; null when nobody else can.</summary>
    /// <param name="path">Full path of the mirror.</param>
    public static string? Warning(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path)) return null;
        try
        {
            return string.Join(' ', new[] { OfFiles(path), OfFolder(path) }.OfType<string>()) is { Length: > 0 } warning ? warning : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Deleted meanwhile, or a file system without modes.
            return null;
        }
    }

    private static string? OfFiles(string path)
    {
        var own = new MirrorFiles(path);
        var loose = Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*", Literally)
            // The lock holds nothing.
            .Where(file => own.Contains(file) && !file.EndsWith(".lock", StringComparison.Ordinal))
            .Select(file => (File: file, Others: OwnerOnlyFile.OpenTo(file)))
            .Where(file => file.Others != null).OrderBy(file => file.File, StringComparer.Ordinal).ToList();
        if (loose.Count == 0) return null;
        var others = loose.Exists(file => file.Others!.Contains("every", StringComparison.Ordinal)) ? "everybody else" : "its group";
        return $"The mirror '{path}' can be read or written by {others}{(loose is [var only] && only.File == path ? string.Empty : $" ({Names(loose)})")}: "
            + $"chmod 600 {string.Join(' ', loose.Select(file => Quoted(file.File)))} makes it yours alone.";
    }

    private static string? OfFolder(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        return OwnerOnlyFile.ReplaceableBy(folder) is not { } others ? null
            : $"Files in its folder '{folder}' can be replaced by {others}: chmod go-w {Quoted(folder)} ends that.";
    }

    // A name with * or ? is no pattern to anything else here.
    private static readonly EnumerationOptions Literally = new() { MatchType = MatchType.Simple, IgnoreInaccessible = true, AttributesToSkip = 0 };

    private static string Names(IEnumerable<(string File, string? Others)> files) => string.Join(", ", files.Select(file => Path.GetFileName(file.File)));

    private static string Quoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
