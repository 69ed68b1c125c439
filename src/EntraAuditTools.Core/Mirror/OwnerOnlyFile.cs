namespace EntraAuditTools.Core.Mirror;

/// <summary>Creates files and folders that only their owner can read: audit logs are sensitive.</summary>
internal static class OwnerOnlyFile
{
    /// <summary>Opens a file for reading and writing; one that is created is the owner's alone (0600; on Windows the user's own data folder has that ACL).</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    /// <summary>Creates a folder and its parents; those that are created are the owner's alone.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
