namespace EntraAuditTools.Core.Files;

/// <summary>Creates files and folders that only their owner can read: audit logs are sensitive.</summary>
internal static class OwnerOnlyFile
{
    /// <summary>Opens a file for reading and writing; one that is created is the owner's alone (0600; on Windows the user's own data folder
    /// has that ACL).</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    /// <summary>Creates a folder and its parents; those that are created are the owner's alone.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        // .NET gives the mode to the last folder only, and the usual one to those between.
        var missing = new Stack<string>();
        for (var folder = path; !string.IsNullOrEmpty(folder) && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
            missing.Push(folder);
        foreach (var folder in missing)
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Restricts a file to its owner that another program made, when it is still empty: it holds records from now on.</summary>
    public static void CloseEmpty(string path)
    {
        if (!OperatingSystem.IsWindows() && new FileInfo(path) is { Exists: true, Length: 0 })
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>
    /// Who else may read or write a file, in words; null when nobody can, and on Windows, which has no such file modes.
    /// </summary>
    public static string? OpenTo(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path)) return null;
        return Others(File.GetUnixFileMode(path), UnixFileMode.GroupRead | UnixFileMode.GroupWrite, UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
    }

    /// <summary>
    /// Who else may put files into a folder and take them away, in words; null when nobody can, and on Windows. Where the sticky bit is set
    /// (temporary folders), others can do that with files of their own alone.
    /// </summary>
    public static string? ReplaceableBy(string folder)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(folder)) return null;
        var mode = File.GetUnixFileMode(folder);
        return mode.HasFlag(UnixFileMode.StickyBit) ? null : Others(mode, UnixFileMode.GroupWrite, UnixFileMode.OtherWrite);
    }

    private static string? Others(UnixFileMode mode, UnixFileMode group, UnixFileMode others) => (mode & group, mode & others) switch
    {
        (0, 0) => null,
        (_, 0) => "its group",
        (0, _) => "everybody else",
        _ => "its group and everybody else",
    };
}
