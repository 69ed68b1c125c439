using System.Management.Automation;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Mirror.Shared;

namespace EntraAuditTools.PowerShell.Parameters;

/// <summary>
/// PowerShell paths to file-system paths. The process's current directory is not <c>$PWD</c>, drives may be PowerShell's own, and
/// <c>Env:PATH</c> is a path too: only the session can resolve it.
/// </summary>
internal static class FilePaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>The full file-system path of a path that need not exist; wildcards are taken literally.</summary>
    public static string Unresolved(PathIntrinsics paths, string path)
    {
        try
        {
            var full = paths.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == FileSystem ? full : throw NotAFile(path, provider);
        }
        catch (Exception error) when (IsBadPath(error))
        {
            throw new AuditToolException("PathInvalid", AuditErrorKind.InvalidArgument, $"'{path}' is not a usable path: {error.Message}",
                null, path, error);
        }
    }

    /// <summary>What names a mirror, in full: a server's name is what it is, and a file's path is resolved.</summary>
    public static string MirrorName(PathIntrinsics paths, string name) => ServerName.Is(name) ? name : Unresolved(paths, name);

    /// <summary>True when the text names a file or a folder literally; any other text is just not a path.</summary>
    public static bool Exists(PathIntrinsics paths, string text)
    {
        if (text.Length > 4096 || text.Contains('\n', StringComparison.Ordinal)) return false;
        try
        {
            return Path.Exists(Unresolved(paths, text));
        }
        catch (AuditToolException)
        {
            return false;
        }
    }

    /// <summary>The existing files and folders that a path with wildcards means; never empty.</summary>
    public static IReadOnlyList<string> Resolved(PathIntrinsics paths, string path)
    {
        try
        {
            var found = paths.GetResolvedProviderPathFromPSPath(path, out var provider);
            if (provider.Name != FileSystem) throw NotAFile(path, provider);
            return found.Count > 0 ? found : throw NotFound(path, null);
        }
        catch (ItemNotFoundException error)
        {
            throw NotFound(path, error);
        }
        catch (Exception error) when (IsBadPath(error))
        {
            throw new AuditToolException("PathInvalid", AuditErrorKind.InvalidArgument, $"'{path}' is not a usable path: {error.Message}",
                null, path, error);
        }
    }

    /// <summary>The error for a path that names nothing.</summary>
    public static AuditToolException NotFound(string path, Exception? cause) =>
        new(
            "PathNotFound",
            AuditErrorKind.NotFound,
            $"There is no file or folder '{path}'.",
            WildcardPattern.ContainsWildcardCharacters(path) ? "Check the spelling; a name with brackets needs -LiteralPath."
            : "Check the spelling and the current location.",
            path,
            cause);

    private static AuditToolException NotAFile(string path, ProviderInfo provider) =>
        new("PathNotFileSystem", AuditErrorKind.InvalidArgument,
            $"'{path}' is a path of the {provider.Name} provider, not of the file system.", "Give a file or a folder.", path);

    private static bool IsBadPath(Exception error) =>
        error is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or ProviderInvocationException
            or NotSupportedException or ArgumentException or InvalidOperationException or System.IO.IOException
            or UnauthorizedAccessException;
}
