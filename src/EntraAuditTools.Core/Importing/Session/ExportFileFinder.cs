using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Files;

namespace EntraAuditTools.Core.Importing.Session;

/// <summary>Finds the files of a folder that may be exports.</summary>
internal static class ExportFileFinder
{
    /// <summary>The files of a folder in the order of their names, hidden ones left out.</summary>
    /// <param name="directory">Full path of the folder.</param>
    /// <param name="recurse">Also those of the folders within; links to folders are not followed.</param>
    /// <param name="onError">Called for a folder within that cannot be read; the others are still searched.</param>
    /// <param name="mirrorFiles">The mirror that they will go into, whose own files are left out; null for none.</param>
    /// <exception cref="AuditToolException">The folder itself cannot be read.</exception>
    public static IEnumerable<string> Files(string directory, bool recurse, Action<AuditToolException> onError,
        MirrorFiles? mirrorFiles = null)
    {
        var (files, folders) = List(directory);
        foreach (var file in files)
        {
            if (mirrorFiles?.Contains(file) != true) yield return file;
        }

        if (!recurse) yield break;
        foreach (var folder in folders)
        {
            if (new DirectoryInfo(folder).LinkTarget != null) continue;
            foreach (var file in FilesWithin(folder, onError, mirrorFiles)) yield return file;
        }
    }

    private static List<string> FilesWithin(string folder, Action<AuditToolException> onError, MirrorFiles? mirrorFiles)
    {
        try
        {
            return Files(folder, recurse: true, onError, mirrorFiles).ToList();
        }
        catch (AuditToolException e)
        {
            onError(e);
            return [];
        }
    }

    private static (string[] Files, string[] Folders) List(string directory)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
            RecurseSubdirectories = false };
        try
        {
            return ([.. Directory.GetFiles(directory, "*", options).Order(StringComparer.Ordinal)],
                [.. Directory.GetDirectories(directory, "*", options).Order(StringComparer.Ordinal)]);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw SourceErrors.FolderUnreadable(directory, e);
        }
    }

    /// <summary>The error for a folder without files.</summary>
    /// <param name="folder">As it was given.</param>
    /// <param name="onlyMirror">Whether there are files, but those of the mirror itself.</param>
    /// <param name="advice">How to look into its folders too; null when that was done.</param>
    public static AuditToolException Empty(string folder, bool onlyMirror, string? advice) => new(
        "FolderEmpty", AuditErrorKind.NotFound, onlyMirror ? $"In '{folder}' are no files but those of the mirror itself."
        : $"There are no files in '{folder}'.", advice, folder);
}
