using System.Buffers.Binary;
using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Text;
using Microsoft.Win32.SafeHandles;

namespace EntraAuditTools.Core.Importing.Sources.Zip;

/// <summary>
/// Reads the directory at the end of a zip. .NET's own reader finds entries by name, of which two may be equal, and says neither how an
/// entry is compressed nor which of them it cannot read.
/// </summary>
internal static class ZipDirectory
{
    private const int EndBytes = 22;
    private const int MaxCommentBytes = 65_535;
    private const int EntryBytes = 46;
    private const int MaxDirectoryBytes = 64 * 1024 * 1024;

    // No system has longer paths; a name goes into each result and message.
    private const int MaxNameBytes = 1024;

    /// <summary>The entries in the directory's order.</summary>
    /// <param name="file">The archive.</param>
    /// <param name="maxEntries">If there are more, one more than these is returned.</param>
    /// <param name="isDamaged">Whether it holds more that cannot be read.</param>
    /// <exception cref="DamagedSourceException">There is no directory, or nothing of it can be read.</exception>
    public static List<ZipEntry> Read(SafeFileHandle file, int maxEntries, out bool isDamaged)
    {
        var (bytes, shift) = ReadDirectory(file);
        var entries = new List<ZipEntry>();
        var rest = bytes.AsSpan();
        while (rest.Length >= EntryBytes && rest.StartsWith("PK\u0001\u0002"u8) && entries.Count <= maxEntries)
        {
            int nameLength = UInt16(rest, 28), extraLength = UInt16(rest, 30), commentLength = UInt16(rest, 32);
            var size = EntryBytes + nameLength + extraLength + commentLength;
            if (size > rest.Length) break;
            entries.Add(Entry(entries.Count, rest[..size], nameLength, extraLength, shift));
            rest = rest[size..];
        }

        // A signature of the directory may follow it.
        isDamaged = rest.Length > 0 && !rest.StartsWith("PK\u0005\u0005"u8);
        return entries.Count > 0 || !isDamaged ? entries : throw new DamagedSourceException(SourceErrors.ZipDirectoryDamaged);
    }

    private static ZipEntry Entry(int index, ReadOnlySpan<byte> entry, int nameLength, int extraLength, long shift)
    {
        var flags = UInt16(entry, 8);
        int method = UInt16(entry, 10);
        long compressed = UInt32(entry, 20), length = UInt32(entry, 24), offset = UInt32(entry, 42);
        var name = entry.Slice(EntryBytes, nameLength);
        offset = ReadLargeSizes(entry.Slice(EntryBytes + nameLength, extraLength), ref length, ref compressed, offset) ?? offset;
        return new(index, NameOf(name), method, (flags & 1) != 0 || method == 99, UInt32(entry, 16), compressed, length, offset, shift);
    }

    /// <summary>Sizes over 4 GB are among an entry's extra fields, those that need it and in this order.</summary>
    /// <returns>The offset, if one was given.</returns>
    public static long? ReadLargeSizes(ReadOnlySpan<byte> extra, ref long length, ref long compressed, long? offset)
    {
        for (; extra.Length >= 4;)
        {
            var (id, size) = (UInt16(extra, 0), Math.Min(UInt16(extra, 2), extra.Length - 4));
            if (id == 1)
            {
                var field = extra.Slice(4, size);
                var at = ReadLargeSize(field, 0, ref length);
                at = ReadLargeSize(field, at, ref compressed);
                var place = offset ?? 0;
                ReadLargeSize(field, at, ref place);
                if (offset != null) offset = place;
            }

            extra = extra[(4 + size)..];
        }

        return offset;
    }

    private static int ReadLargeSize(ReadOnlySpan<byte> extra, int at, ref long value)
    {
        if (value != uint.MaxValue || extra.Length < at + sizeof(long)) return at;
        value = BinaryPrimitives.ReadInt64LittleEndian(extra[at..]);
        return value < 0 ? throw new DamagedSourceException(SourceErrors.ZipDirectoryDamaged) : at + sizeof(long);
    }

    private static (byte[] Directory, long Shift) ReadDirectory(SafeFileHandle file)
    {
        var fileLength = RandomAccess.GetLength(file);
        var tail = new byte[(int)Math.Min(fileLength, EndBytes + MaxCommentBytes)];
        ReadAll(file, tail, fileLength - tail.Length);
        var at = FindEnd(tail);
        if (at < 0) throw new DamagedSourceException(SourceErrors.ZipCutOff, isCutOff: true);
        long size = UInt32(tail.AsSpan(at), 12), offset = UInt32(tail.AsSpan(at), 16), end = fileLength - tail.Length + at;
        if (LargeEnd(file, end) is { } large) (size, offset, end) = large;
        // Of a large archive all three are as somebody wrote them.
        if (size is < 0 or > MaxDirectoryBytes || size > end || offset < 0) throw new DamagedSourceException(SourceErrors.ZipDirectoryDamaged);
        // Data before an archive (a program that unpacks itself) moves all of it.
        var start = end - size;
        var directory = new byte[size];
        ReadAll(file, directory, start);
        return (directory, start - offset);
    }

    private static int FindEnd(ReadOnlySpan<byte> tail)
    {
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            if (tail[at..].StartsWith("PK\u0005\u0006"u8) && at + EndBytes + UInt16(tail[at..], 20) <= tail.Length) return at;
        }

        return -1;
    }

    /// <summary>The end of archives with more than 65,535 entries or 4 GB.</summary>
    private static (long Size, long Offset, long End)? LargeEnd(SafeFileHandle file, long end)
    {
        Span<byte> locator = stackalloc byte[20];
        if (end < locator.Length || !TryReadAll(file, locator, end - locator.Length) || !locator.StartsWith("PK\u0006\u0007"u8))
            return null;
        var at = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);
        Span<byte> record = stackalloc byte[56];
        if (at < 0 || at > end || !TryReadAll(file, record, at) || !record.StartsWith("PK\u0006\u0006"u8)) return null;
        return (BinaryPrimitives.ReadInt64LittleEndian(record[40..]), BinaryPrimitives.ReadInt64LittleEndian(record[48..]), at);
    }

    /// <summary>A name as it is shown: entries are read by their place.</summary>
    public static string NameOf(ReadOnlySpan<byte> name)
    {
        if (name.Length > MaxNameBytes) return NameOf(name[..MaxNameBytes]) + "…";
        return TerminalText.Line((System.Text.Unicode.Utf8.IsValid(name) ? Encoding.UTF8 : Encoding.Latin1).GetString(name)).Replace('\\', '/');
    }

    private static void ReadAll(SafeFileHandle file, Span<byte> target, long offset)
    {
        if (!TryReadAll(file, target, offset)) throw new DamagedSourceException(SourceErrors.ZipDirectoryDamaged);
    }

    /// <summary>Reads so many bytes at a place; false when they are not there.</summary>
    public static bool TryReadAll(SafeFileHandle file, Span<byte> target, long offset)
    {
        while (!target.IsEmpty)
        {
            var read = RandomAccess.Read(file, target, offset);
            if (read == 0) return false;
            target = target[read..];
            offset += read;
        }

        return true;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
