using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Files;
using EntraAuditTools.Core.Mirror.Files;

namespace EntraAuditTools.Core.Exporting;

/// <summary>Where a file may be written that is made from a mirror.</summary>
internal static class ExportPlace
{
    /// <summary>Checks a place.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="mirrorPath">Full path of the mirror, whose files are never replaced.</param>
    /// <param name="isForced">Whether a file that is there may be replaced.</param>
    /// <exception cref="AuditToolException">ExportExists or ExportPlaceInUse.</exception>
    public static void Check(string path, string mirrorPath, bool isForced)
    {
        if (Directory.Exists(path)) throw ExportErrors.InUse(path, "it is a folder");
        if (FileFacts.Of(path).Oddity is { } oddity) throw ExportErrors.InUse(path, $"it is {oddity}");
        if (new MirrorFiles(mirrorPath).Contains(path)) throw ExportErrors.InUse(path, "it is the mirror, or belongs to it");
        if (File.Exists(path) && !isForced) throw ExportErrors.Exists(path);
    }

    /// <summary>Removes what was begun; the next export of this name does where that fails.</summary>
    public static void Remove(string part)
    {
        try
        {
            File.Delete(part);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What went wrong is said already.
        }
    }
}
