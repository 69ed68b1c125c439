using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Mirror.Files;

namespace EntraAuditTools.Cli.Importing;

/// <summary>The files that the paths of a command line mean.</summary>
internal static class ImportSources
{
    /// <summary>Files as given; folders with what is in them; wildcards in the last part, for shells that leave them to us.</summary>
    /// <param name="path">A path as typed.</param>
    /// <param name="mirrorFiles">The files of the mirror that they will go into: they are left alone.</param>
    /// <param name="recurse">Take the folders within folders too.</param>
    /// <param name="onError">Called for a folder within that cannot be read.</param>
    /// <exception cref="AuditToolException">There is nothing at that path, or nothing but the mirror itself.</exception>
    public static IReadOnlyList<string> Find(string path, MirrorFiles mirrorFiles, bool recurse, Action<AuditToolException> onError)
    {
        string[] found = [.. Listed(path, mirrorFiles, recurse, onError)];
        string[] files = [.. found.Where(file => !mirrorFiles.Contains(file))];
        return files.Length > 0 ? files
            : throw ExportFileFinder.Empty(path, found.Length > 0,
                recurse || !Directory.Exists(path) ? null : "--recurse looks into its folders too.");
    }

    private static IEnumerable<string> Listed(string path, MirrorFiles mirrorFiles, bool recurse, Action<AuditToolException> onError)
    {
        if (Directory.Exists(path)) return ExportFileFinder.Files(Path.GetFullPath(path), recurse, onError, mirrorFiles);
        if (File.Exists(path)) return [Path.GetFullPath(path)];

        var pattern = Path.GetFileName(path);
        if (pattern.AsSpan().ContainsAny('*', '?') && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder
            && Directory.Exists(folder))
        {
            string[] files = [.. Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal)];
            if (files.Length > 0) return files;
        }

        throw new AuditToolException("PathNotFound", AuditErrorKind.NotFound, $"There is nothing at {path}.",
            "Check the path, or quote it when it has blanks in it.", path);
    }
}
