using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using EntraAuditTools.Core.Importing.Sources.Zip;

namespace EntraAuditTools.Core.Tests.Importing;

/// <summary>Zips as no library writes them: each entry says of itself what a test wants it to.</summary>
internal sealed class ZipMaker
{
    private readonly List<byte> file = [];
    private readonly List<byte> directory = [];
    private int count;

    /// <summary>One entry.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Content">What is in it, unpacked.</param>
    internal sealed record Entry(string Name, byte[] Content)
    {
        /// <summary>How it says it is compressed; null for how it is (deflate).</summary>
        public int? Method { get; init; }

        /// <summary>Whether it is stored as it is.</summary>
        public bool IsStored { get; init; }

        public bool IsEncrypted { get; init; }

        public Func<uint, uint> Checksum { get; init; } = right => right;

        public Func<long, long> Length { get; init; } = right => right;

        /// <summary>Changes the compressed bytes.</summary>
        public Func<byte[], byte[]> Packed { get; init; } = right => right;

        /// <summary>Spoils the entry's own header.</summary>
        public bool HasBadHeader { get; init; }
    }

    public static byte[] Make(params Entry[] entries)
    {
        var zip = new ZipMaker();
        foreach (var entry in entries) zip.Add(entry);
        return zip.ToArray();
    }

    /// <summary>Adds an entry; returns where its header begins and what the directory says of it.</summary>
    public (uint Offset, byte[] Header) Add(Entry entry)
    {
        var packed = entry.Packed(entry.IsStored ? entry.Content : Deflate(entry.Content));
        var method = (ushort)(entry.Method ?? (entry.IsStored ? 0 : 8));
        var header = Header(method, entry.IsEncrypted, entry.Checksum(ChecksumOf(entry.Content)), packed.Length,
            (uint)entry.Length(entry.Content.Length), entry.Name);
        var offset = (uint)file.Count;
        file.AddRange(entry.HasBadHeader ? "XX\u0003\u0004"u8 : "PK\u0003\u0004"u8);
        file.AddRange(header);
        file.AddRange(Encoding.UTF8.GetBytes(entry.Name));
        file.AddRange(packed);
        AddToDirectory(offset, header, entry.Name);
        return (offset, header);
    }

    /// <summary>Names an entry once more: what is there already, under another name.</summary>
    public void AddToDirectory(uint offset, byte[] header, string name)
    {
        var header2 = header.ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(header2.AsSpan(22), (ushort)Encoding.UTF8.GetByteCount(name));
        directory.AddRange("PK\u0001\u0002"u8);
        directory.AddRange((ReadOnlySpan<byte>)[20, 0]);
        directory.AddRange(header2);
        directory.AddRange(new byte[10]);
        Span<byte> at = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(at, offset);
        directory.AddRange(at);
        directory.AddRange(Encoding.UTF8.GetBytes(name));
        count++;
    }

    public byte[] ToArray()
    {
        var end = new byte[18];
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(4), (ushort)count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(6), (ushort)count);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(8), (uint)directory.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)file.Count);
        return [.. file, .. directory, .. "PK\u0005\u0006"u8, .. end];
    }

    private static byte[] Header(ushort method, bool isEncrypted, uint checksum, int packed, uint length, string name)
    {
        var header = new byte[26];
        header[0] = 20;
        header[2] = (byte)(isEncrypted ? 1 : 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), method);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(10), checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(14), (uint)packed);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(18), length);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(22), (ushort)Encoding.UTF8.GetByteCount(name));
        return header;
    }

    private static uint ChecksumOf(byte[] content)
    {
        var checksum = new Crc32();
        checksum.Add(content);
        return checksum.Value;
    }

    private static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(content);
        return packed.ToArray();
    }
}
