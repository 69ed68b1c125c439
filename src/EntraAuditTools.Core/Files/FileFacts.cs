using System.Runtime.InteropServices;

namespace EntraAuditTools.Core.Files;

/// <summary>
/// The type of a file-system entry, found without opening it: opening a named pipe waits until a writer opens it, maybe for ever.
/// </summary>
internal enum FileType
{
    /// <summary>Nothing is there, or the system does not say.</summary>
    Unknown,

    /// <summary>A file as files are.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A named pipe (FIFO).</summary>
    Pipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>A device.</summary>
    Device,
}

/// <summary>
/// A file's type, and the numbers by which its file system identifies it: two names with the same numbers are the same file, and a name
/// whose numbers have changed was given to another file. .NET gives neither.
/// </summary>
/// <param name="Type">Its type.</param>
/// <param name="Device">The file system.</param>
/// <param name="Number">Its number there; 0 when unknown.</param>
internal readonly partial record struct FileFacts(FileType Type, ulong Device, ulong Number)
{
    private const int BufferBytes = 512;
    private const int CurrentFolder = -100;
    private const uint TypeAndNumber = 0x1 | 0x100;

    /// <summary>
    /// Asks the system; links are followed. Unknown on Windows, which is not asked: it has no named pipes among its files.
    /// </summary>
    /// <param name="path">Full path.</param>
    public static FileFacts Of(string path)
    {
        try
        {
            return OperatingSystem.IsLinux() ? OfLinux(path) : OperatingSystem.IsMacOS() ? OfMac(path) : default;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return default;
        }
    }

    /// <summary>What to call it in a sentence; null when it is a file or unknown.</summary>
    public string? Oddity => Type switch
    {
        FileType.Pipe => "a named pipe",
        FileType.Socket => "a socket",
        FileType.Device => "a device",
        _ => null,
    };

    /// <summary>Whether both are known and the same file.</summary>
    public bool IsSameAs(FileFacts other) => Number != 0 && Number == other.Number && Device == other.Device;

    // struct statx is the same on all of Linux' architectures: mode at 28, inode at 32, device at 136.
    private static FileFacts OfLinux(string path)
    {
        var buffer = new byte[BufferBytes];
        if (StatX(CurrentFolder, path, 0, TypeAndNumber, buffer) != 0) return default;
        return new(TypeOf(BitConverter.ToUInt16(buffer, 28)), BitConverter.ToUInt64(buffer, 136), BitConverter.ToUInt64(buffer, 32));
    }

    // struct stat with 64-bit inodes: device at 0, mode at 4, inode at 8.
    private static FileFacts OfMac(string path)
    {
        var buffer = new byte[BufferBytes];
        var failed = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? Stat64(path, buffer) : Stat(path, buffer);
        return failed != 0
            ? default : new(TypeOf(BitConverter.ToUInt16(buffer, 4)), BitConverter.ToUInt32(buffer, 0), BitConverter.ToUInt64(buffer, 8));
    }

    private static FileType TypeOf(int mode) => (mode & 0xF000) switch
    {
        0x8000 => FileType.Regular,
        0x4000 => FileType.Folder,
        0x1000 => FileType.Pipe,
        0xC000 => FileType.Socket,
        0x2000 or 0x6000 => FileType.Device,
        _ => FileType.Unknown,
    };

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, [Out] byte[] buffer);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, [Out] byte[] buffer);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat64(string path, [Out] byte[] buffer);
}
