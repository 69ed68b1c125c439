using System.Buffers.Binary;

namespace EntraAuditTools.Core.Upkeep.Salvage;

/// <summary>
/// The pages of a database file that may be damaged, as they are with its write-ahead log. It is read without SQLite, which gives up where
/// one page contradicts another; nothing is written, and neither file is locked.
/// </summary>
internal sealed class PageFile : IDisposable
{
    private const int HeaderSize = 100;

    /// <summary>Sizes that are tried when the header does not say, those of mirrors first.</summary>
    private static readonly int[] Sizes = [8192, 4096, 16384, 32768, 65536, 2048, 1024, 512];

    private readonly FileStream file;
    private readonly FileStream? log;
    private readonly LogFrames? frames;

    /// <summary>Opens a file.</summary>
    public PageFile(string path)
    {
        file = Open(path);
        if (File.Exists(path + "-wal"))
        {
            log = Open(path + "-wal");
            frames = new(log);
        }

        var header = Read(file, 0, HeaderSize);
        var said = header.Length < HeaderSize ? 0u : BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(16));
        if (said == 1) said = 65536;
        PageSize = frames is { PageSize: > 0 } ? frames.PageSize : IsPageSize(said) && Fits((int)said) ? (int)said : Guess();
        Pages = (uint)Math.Max((file.Length + PageSize - 1) / PageSize, frames?.DatabasePages ?? 0);
        // Mirrors reserve nothing at the end of pages.
        Usable = PageSize;
    }

    /// <summary>How large its pages are.</summary>
    public int PageSize { get; }

    /// <summary>How much of each page is used.</summary>
    public int Usable { get; }

    /// <summary>How many there are, from 1.</summary>
    public uint Pages { get; }

    /// <summary>Whether a number can be the size of pages.</summary>
    public static bool IsPageSize(uint size) => size is >= 512 and <= 65536 && (size & (size - 1)) == 0;

    /// <summary>A page; what the file has no longer is zeros.</summary>
    public byte[] Read(uint page)
    {
        if (frames?.Pages.TryGetValue(page, out var place) == true) return Whole(Read(log!, place, PageSize));
        return Whole(Read(file, (long)(page - 1) * PageSize, PageSize));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        file.Dispose();
        log?.Dispose();
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private static byte[] Read(FileStream from, long offset, int count)
    {
        var bytes = new byte[count];
        var read = 0;
        try
        {
            while (read < count)
            {
                var now = RandomAccess.Read(from.SafeFileHandle, bytes.AsSpan(read), offset + read);
                if (now == 0) break;
                read += now;
            }
        }
        catch (IOException)
        {
            // A sector that the disk cannot read any more: what was read before it counts.
        }

        return read == count ? bytes : bytes[..read];
    }

    private byte[] Whole(byte[] bytes)
    {
        Array.Resize(ref bytes, PageSize);
        return bytes;
    }

    /// <summary>Whether many pages make sense with a size.</summary>
    private bool Fits(int size) => Share(size) > 0.05;

    private int Guess() => Sizes.MaxBy(Share);

    /// <summary>Cells fill a page from its end: half of a larger page, or the first of two smaller ones, looks otherwise.</summary>
    private static bool IsFull(TreePage page, int size) =>
        Enumerable.Range(0, page.Count).Any(i => page.Cell(i) >= size / 2 && page.Cell(i) < size);

    private double Share(int size)
    {
        var (found, looked) = (0, 0);
        var step = Math.Max(1, file.Length / size / 400);
        for (long page = 1; page < file.Length / size; page += step, looked++)
        {
            var tree = TreePage.Of((uint)page + 1, Read(file, page * size, size), size);
            if (tree is { Count: > 0 } && IsFull(tree, size)) found++;
        }

        return looked == 0 ? size == Sizes[0] ? 0.1 : 0 : (double)found / looked;
    }
}
