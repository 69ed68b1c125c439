namespace EntraAuditTools.Core.Importing;

/// <summary>Finds the files of a folder that may be exports.</summary>
public static class ExportFileFinder
{
    /// <summary>The files of a folder in the order of their names, hidden ones left out.</summary>
    /// <param name="directory">Full path of the folder.</param>
    /// <param name="recurse">Also those of the folders within; links to folders are not followed.</param>
    public static IEnumerable<string> Files(string directory, bool recurse)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, RecurseSubdirectories = false };
        foreach (var file in Directory.EnumerateFiles(directory, "*", options).Order(StringComparer.Ordinal)) yield return file;
        if (!recurse) yield break;
        foreach (var folder in Directory.EnumerateDirectories(directory, "*", options).Order(StringComparer.Ordinal))
        {
            if (new DirectoryInfo(folder).LinkTarget != null) continue;
            foreach (var file in Files(folder, recurse)) yield return file;
        }
    }
}
