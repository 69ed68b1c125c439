using EntraAuditTools.Core;
using EntraAuditTools.Core.Importing;

namespace EntraAuditTools.Cli.Importing;

/// <summary>The files that the paths of a command line mean.</summary>
internal static class ImportSources
{
    /// <summary>Files as given; folders with what is in them; wildcards in the last part, for shells that leave them to us.</summary>
    /// <param name="path">A path as typed.</param>
    /// <param name="recurse">Take the folders within folders too.</param>
    /// <param name="onError">Called for a folder within that cannot be read.</param>
    /// <exception cref="AuditToolException">There is nothing at that path.</exception>
    public static IReadOnlyList<string> Find(string path, bool recurse, Action<AuditToolException> onError)
    {
        if (Directory.Exists(path)) return [.. ExportFileFinder.Files(Path.GetFullPath(path), recurse, onError)];
        if (File.Exists(path)) return [Path.GetFullPath(path)];

        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        var pattern = Path.GetFileName(path);
        if (pattern.AsSpan().ContainsAny('*', '?') && Directory.Exists(folder))
        {
            string[] files = [.. Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal)];
            if (files.Length > 0) return files;
        }

        throw new AuditToolException("PathNotFound", AuditErrorKind.NotFound, $"There is nothing at {path}.", "Check the path, or quote it when it has blanks in it.", path);
    }
}
