using EntraAuditTools.Core.Importing.Sources;

namespace EntraAuditTools.Core.Importing;

/// <summary>Finds the files of a folder that may be exports.</summary>
public static class ExportFileFinder
{
    /// <summary>The files of a folder in the order of their names, hidden ones left out.</summary>
    /// <param name="directory">Full path of the folder.</param>
    /// <param name="recurse">Also those of the folders within; links to folders are not followed.</param>
    /// <param name="onError">Called for a folder within that cannot be read; the others go on.</param>
    /// <exception cref="AuditToolException">The folder itself cannot be read.</exception>
    public static IEnumerable<string> Files(string directory, bool recurse, Action<AuditToolException> onError)
    {
        var (files, folders) = List(directory);
        foreach (var file in files) yield return file;
        if (!recurse) yield break;
        foreach (var folder in folders)
        {
            if (new DirectoryInfo(folder).LinkTarget != null) continue;
            foreach (var file in FilesWithin(folder, onError)) yield return file;
        }
    }

    private static List<string> FilesWithin(string folder, Action<AuditToolException> onError)
    {
        try
        {
            return Files(folder, recurse: true, onError).ToList();
        }
        catch (AuditToolException e)
        {
            onError(e);
            return [];
        }
    }

    private static (string[] Files, string[] Folders) List(string directory)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, RecurseSubdirectories = false };
        try
        {
            return (Directory.GetFiles(directory, "*", options).Order(StringComparer.Ordinal).ToArray(), Directory.GetDirectories(directory, "*", options).Order(StringComparer.Ordinal).ToArray());
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw SourceErrors.FolderUnreadable(directory, e);
        }
    }
}
