using System.Buffers.Binary;

namespace EntraAuditTools.Core.Upkeep.Salvage;

/// <summary>
/// What a write-ahead log holds of committed pages (https://sqlite.org/fileformat2.html#the_write_ahead_log): frames whose salts and
/// checksums follow from those before, up to the last that ends a transaction. What comes behind damage is not believed.
/// </summary>
internal sealed class LogFrames
{
    private const int HeaderSize = 32, FrameHeaderSize = 24;
    private const uint Magic = 0x377f0682;

    /// <summary>Where in the file each page's newest committed content begins.</summary>
    public IReadOnlyDictionary<uint, long> Pages { get; }

    /// <summary>How large its pages are; 0 when it holds nothing.</summary>
    public int PageSize { get; }

    /// <summary>How many pages the database has after the last transaction; 0 when it holds nothing.</summary>
    public uint DatabasePages { get; }

    /// <summary>Reads the log.</summary>
    public LogFrames(Stream log)
    {
        var pages = new Dictionary<uint, long>();
        Pages = pages;
        var header = new byte[HeaderSize];
        if (log.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize) return;
        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        var size = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(8));
        if ((magic & ~1u) != Magic || !PageFile.IsPageSize(size)) return;
        var isBigEndian = (magic & 1) != 0;
        var sum = Add(default, header.AsSpan(0, 24), isBigEndian);
        if (sum != Sum(header.AsSpan(24))) return;

        var frame = new byte[FrameHeaderSize + size];
        var open = new List<(uint Page, long Offset)>();
        for (long offset = HeaderSize; ; offset += frame.Length)
        {
            if (log.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) < frame.Length) break;
            if (!frame.AsSpan(8, 8).SequenceEqual(header.AsSpan(16, 8))) break;
            sum = Add(Add(sum, frame.AsSpan(0, 8), isBigEndian), frame.AsSpan(FrameHeaderSize), isBigEndian);
            if (sum != Sum(frame.AsSpan(16))) break;
            open.Add((BinaryPrimitives.ReadUInt32BigEndian(frame), offset + FrameHeaderSize));
            if (BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)) is not (> 0 and var count)) continue;
            foreach (var (page, place) in open) pages[page] = place;
            open.Clear();
            (PageSize, DatabasePages) = ((int)size, count);
        }
    }

    private static (uint, uint) Sum(ReadOnlySpan<byte> bytes) =>
        (BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]));

    private static (uint, uint) Add((uint One, uint Two) sum, ReadOnlySpan<byte> bytes, bool isBigEndian)
    {
        var (one, two) = sum;
        for (var i = 0; i < bytes.Length; i += 8)
        {
            one += Word(bytes[i..], isBigEndian) + two;
            two += Word(bytes[(i + 4)..], isBigEndian) + one;
        }

        return (one, two);
    }

    private static uint Word(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
