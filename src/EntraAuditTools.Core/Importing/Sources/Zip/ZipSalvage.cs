using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace EntraAuditTools.Core.Importing.Sources.Zip;

/// <summary>
/// Finds the entries of a zip whose directory is missing or damaged: a download that broke off, or one that is still being written. Each
/// entry has a header of its own in front of it (APPNOTE 4.3.7); where that does not contain the sizes yet, they follow its data (4.3.9).
/// </summary>
internal sealed class ZipSalvage
{
    private const int HeaderBytes = 30;
    private const int WindowBytes = 64 * 1024;
    private const int DescribedBehind = 8;

    private readonly SafeFileHandle file;
    private readonly long end;
    private readonly byte[] window = new byte[WindowBytes];
    private readonly List<ZipEntry> entries = [];
    private long windowStart;
    private int windowLength;

    private ZipSalvage(SafeFileHandle file)
    {
        this.file = file;
        end = RandomAccess.GetLength(file);
    }

    /// <summary>The entries that begin in the file, in their order; the last may be cut off.</summary>
    /// <param name="file">The archive.</param>
    /// <param name="maxEntries">If there are more, one more than these is returned.</param>
    public static List<ZipEntry> Find(SafeFileHandle file, int maxEntries)
    {
        var found = new ZipSalvage(file);
        for (long at = 0; found.entries.Count <= maxEntries && (at = found.Seek(at, "PK\u0003\u0004"u8)) >= 0;) at = found.Add(at);
        return found.entries;
    }

    /// <summary>Adds the entry that begins at a place; gives where to look for the next.</summary>
    private long Add(long at)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (!ZipDirectory.TryReadAll(file, header, at)) return end;
        int flags = UInt16(header, 6), method = UInt16(header, 8), nameLength = UInt16(header, 26), extraLength = UInt16(header, 28);
        var start = at + HeaderBytes + nameLength + extraLength;
        var name = new byte[nameLength];
        var extra = new byte[extraLength];
        if (start > end || !ZipDirectory.TryReadAll(file, name, at + HeaderBytes)
            || !ZipDirectory.TryReadAll(file, extra, at + HeaderBytes + nameLength)) return end;
        long compressed = UInt32(header, 18), length = UInt32(header, 22);
        ZipDirectory.ReadLargeSizes(extra, ref length, ref compressed, offset: null);
        var checksum = UInt32(header, 14);
        var next = start + compressed;
        var isCut = false;
        if ((flags & DescribedBehind) != 0 && compressed == 0)
            isCut = !FindDescriptor(start, ref checksum, ref compressed, ref length, out next);
        if (next > end || isCut)
        {
            isCut = true;
            (compressed, next) = (end - start, end);
        }

        entries.Add(new(entries.Count, ZipDirectory.NameOf(name), method, (flags & 1) != 0 || method == 99, checksum, compressed, length,
            at, 0) { IsCut = isCut });
        return next;
    }

    /// <summary>Looks for the sizes behind an entry: they are there where one of them says how far that is.</summary>
    private bool FindDescriptor(long start, ref uint checksum, ref long compressed, ref long length, out long next)
    {
        Span<byte> described = stackalloc byte[24];
        for (var at = start; (at = Seek(at, "PK\u0007\u0008"u8)) >= 0; at++)
        {
            described.Clear();
            var isWhole = ZipDirectory.TryReadAll(file, described, at);
            if (!isWhole && !ZipDirectory.TryReadAll(file, described[..16], at)) break;
            if (UInt32(described, 8) == at - start)
            {
                (checksum, compressed, length, next) = (UInt32(described, 4), at - start, UInt32(described, 12), at + 16);
                return true;
            }

            if (!isWhole || BinaryPrimitives.ReadInt64LittleEndian(described[8..]) != at - start) continue;
            (checksum, compressed, length, next) = (UInt32(described, 4), at - start,
                BinaryPrimitives.ReadInt64LittleEndian(described[16..]), at + 24);
            return true;
        }

        next = end;
        return false;
    }

    /// <summary>The next position of four bytes; -1 when there is none.</summary>
    private long Seek(long from, ReadOnlySpan<byte> signature)
    {
        while (from < end)
        {
            // Signatures may follow each other closely: what was read for one is there for the next.
            if (from < windowStart || from + signature.Length > windowStart + windowLength)
                (windowStart, windowLength) = (from, RandomAccess.Read(file, window, from));
            var rest = window.AsSpan((int)(from - windowStart), windowLength - (int)(from - windowStart));
            var found = rest.IndexOf(signature);
            if (found >= 0) return from + found;
            if (rest.Length < signature.Length) return -1;
            from += rest.Length - signature.Length + 1;
        }

        return -1;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
