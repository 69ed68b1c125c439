using System.Globalization;
using EntraAuditTools.Trust.Programs;

namespace EntraAuditTools.Trust.Place;

/// <summary>A file system in memory of a size of its own, where this process may mount one.</summary>
internal sealed class TinyDisk : IDisposable
{
    private TinyDisk(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Makes one; null where that is not allowed.</summary>
    public static TinyDisk? Mount(string folder, long kilobytes)
    {
        Directory.CreateDirectory(folder);
        return Linux("mount", "-t", "tmpfs", "-o", Size(kilobytes), "tmpfs", folder) ? new(folder) : null;
    }

    /// <summary>Gives it another size.</summary>
    public bool Resize(long kilobytes) => Linux("mount", "-o", $"remount,{Size(kilobytes)}", Folder);

    /// <summary>Lets nobody write there any more.</summary>
    public bool Protect() => Linux("mount", "-o", "remount,ro", Folder);

    public void Dispose() => Linux("umount", Folder);

    private static bool Linux(string program, params string[] arguments) =>
        OperatingSystem.IsLinux() && OtherProgram.Run(program, arguments);

    private static string Size(long kilobytes) => string.Create(CultureInfo.InvariantCulture, $"size={kilobytes}k");
}
