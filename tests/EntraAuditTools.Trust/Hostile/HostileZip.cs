using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace EntraAuditTools.Trust.Hostile;

/// <summary>A zip of which every number can be a lie, entry by entry, in the entry's header and in the list.</summary>
internal sealed class HostileZip(Random random)
{
    private static readonly string[] Names =
    [
        "../../etc/passwd", "..\\..\\x.json", "/etc/shadow", "C:\\Windows\\x.json", "\\\\server\\share\\x.json", "CON", "aux.json", "NUL.json",
        "com1", "a/../b.json", "./x.json", "x.json ", "x.json.", "~/x.json", "-rf", "x\0y.json", "x\ny.json", "x\u001b[31m.json", "\u202ex.json",
        "", "/", "dir/", "a:b.json", "$(id).json", "`id`.json", "x'; y.json", "*.json", "?.json", "same.json", "same.json", "SAME.json", "xl/workbook.xml~",
        "__MACOSX/._x.json", new string('n', 5_000), new string('/', 300) + "x.json", "y=2026/m=99/d=99/h=99/m=00/PT1H.json",
    ];

    private static readonly int[] Methods = [0, 1, 6, 8, 8, 8, 9, 12, 14, 19, 20, 93, 95, 96, 97, 98, 99, 200, 65_535];

    private readonly List<byte> file = [];
    private readonly List<byte> list = [];
    private int count;

    /// <summary>Adds an entry that is what it says it is.</summary>
    public void Honest(string name, byte[] content)
    {
        var packed = Deflated(content);
        Add(Encoding.UTF8.GetBytes(name), packed, new(8, 0, Crc(content), (uint)packed.Length, (uint)content.Length), null);
    }

    /// <summary>Adds one that is not, in one or more ways.</summary>
    public void Lying(byte[] content)
    {
        var name = Encoding.UTF8.GetBytes(Pick(Names));
        if (random.Next(12) == 0) name = [0xC3, 0x28, 0xFF, .. name];
        var isStored = random.Next(4) == 0;
        var packed = isStored ? content : Deflated(content);
        var says = new Header(isStored ? 0 : 8, 0, Crc(content), (uint)packed.Length, (uint)content.Length);
        var listed = says;
        for (var lies = random.Next(1, 4); lies > 0; lies--)
        {
            switch (random.Next(12))
            {
                case 0: listed = listed with { Length = Number(content.Length) }; break;
                case 1: listed = listed with { Packed = Number(packed.Length) }; break;
                case 2: listed = listed with { Crc = (uint)random.Next() }; break;
                case 3: listed = listed with { Method = Pick(Methods) }; break;
                case 4: listed = listed with { Flags = random.Next(65_536) }; break;
                case 5: says = says with { Method = Pick(Methods), Flags = random.Next(65_536) }; break;
                case 6: says = says with { Packed = Number(packed.Length), Length = Number(content.Length) }; break;
                case 7: packed = Damaged(packed); break;
                case 8: says = says with { Flags = 8, Packed = 0, Length = 0, Crc = 0 }; break;
                case 9: listed = listed with { Offset = Number((int)file.Count) }; break;
                case 10: listed = listed with { Extra = LargeSizes() }; break;
                default: says = says with { NameLength = random.Next(65_536) }; break;
            }
        }

        Add(name, packed, says, listed);
    }

    /// <summary>Lists what is there already once more.</summary>
    public void Again(int times)
    {
        var (at, entries) = (list.ToArray(), count);
        if (at.Length == 0) return;
        for (; times > 0; times--)
        {
            list.AddRange(at);
            count += entries;
            if (list.Count > 2_000_000) return;
        }
    }

    /// <summary>The archive: maybe with a wrong end, in front of or behind something else, or cut.</summary>
    public byte[] ToArray(bool isHonest)
    {
        var end = new byte[22];
        "PK\u0005\u0006"u8.CopyTo(end);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)count);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), isHonest || random.Next(3) > 0 ? (uint)list.Count : Number((int)list.Count));
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), isHonest || random.Next(3) > 0 ? (uint)file.Count : Number((int)file.Count));
        byte[] large = !isHonest && random.Next(6) == 0 ? LargeEnd() : [];
        byte[] whole = [.. file.ToArray(), .. list.ToArray(), .. large, .. end];
        if (isHonest) return whole;
        return random.Next(8) switch
        {
            0 => whole[..random.Next(4, whole.Length)],
            1 => [.. whole, .. new byte[random.Next(70_000)]],
            2 => [.. "PK\u0003\u0004"u8, .. new byte[random.Next(300)], .. whole],
            3 => Damaged(whole),
            _ => whole,
        };
    }

    /// <param name="Method">How it is compressed.</param>
    /// <param name="Flags">General purpose bits.</param>
    /// <param name="Crc">Its checksum.</param>
    /// <param name="Packed">Its size in the archive.</param>
    /// <param name="Length">Its size when unpacked.</param>
    private sealed record Header(int Method, int Flags, uint Crc, uint Packed, uint Length)
    {
        public uint? Offset { get; init; }

        public int? NameLength { get; init; }

        public byte[] Extra { get; init; } = [];
    }

    private static uint Crc(byte[] content)
    {
        var checksum = new Core.Importing.Sources.Zip.Crc32();
        checksum.Add(content);
        return checksum.Value;
    }

    private static byte[] Deflated(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true)) deflate.Write(content);
        return packed.ToArray();
    }

    private void Add(byte[] name, byte[] packed, Header says, Header? listed)
    {
        listed ??= says;
        var offset = (uint)file.Count;
        file.AddRange("PK\u0003\u0004"u8);
        file.AddRange(Fields(says, says.NameLength ?? name.Length, 0));
        file.AddRange(name);
        file.AddRange(packed);
        if (says.Flags == 8) file.AddRange(Descriptor(says, packed));
        list.AddRange("PK\u0001\u0002\u0014\0"u8);
        list.AddRange(Fields(listed, name.Length, listed.Extra.Length));
        var rest = new byte[14];
        BinaryPrimitives.WriteUInt32LittleEndian(rest.AsSpan(10), listed.Offset ?? offset);
        list.AddRange(rest);
        list.AddRange(name);
        list.AddRange(listed.Extra);
        count++;
    }

    private byte[] Descriptor(Header says, byte[] packed)
    {
        var behind = new byte[random.Next(2) == 0 ? 16 : 24];
        "PK\u0007\u0008"u8.CopyTo(behind);
        BinaryPrimitives.WriteUInt32LittleEndian(behind.AsSpan(4), says.Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(behind.AsSpan(8), random.Next(3) == 0 ? Number(packed.Length) : (uint)packed.Length);
        return behind;
    }

    private static byte[] Fields(Header header, int nameLength, int extraLength)
    {
        var fields = new byte[26];
        fields[0] = 20;
        BinaryPrimitives.WriteUInt16LittleEndian(fields.AsSpan(2), (ushort)header.Flags);
        BinaryPrimitives.WriteUInt16LittleEndian(fields.AsSpan(4), (ushort)header.Method);
        BinaryPrimitives.WriteUInt32LittleEndian(fields.AsSpan(10), header.Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(fields.AsSpan(14), header.Packed);
        BinaryPrimitives.WriteUInt32LittleEndian(fields.AsSpan(18), header.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(fields.AsSpan(22), (ushort)nameLength);
        BinaryPrimitives.WriteUInt16LittleEndian(fields.AsSpan(24), (ushort)extraLength);
        return fields;
    }

    private byte[] LargeSizes()
    {
        var extra = new byte[4 + (8 * random.Next(4))];
        random.NextBytes(extra);
        BinaryPrimitives.WriteUInt16LittleEndian(extra, 1);
        BinaryPrimitives.WriteUInt16LittleEndian(extra.AsSpan(2), (ushort)(random.Next(3) == 0 ? random.Next(65_536) : extra.Length - 4));
        return extra;
    }

    private byte[] LargeEnd()
    {
        var end = new byte[56 + 20];
        "PK\u0006\u0006"u8.CopyTo(end);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(40), random.Next(3) == 0 ? random.NextInt64() : list.Count);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(48), random.Next(3) == 0 ? -random.NextInt64() : file.Count);
        "PK\u0006\u0007"u8.CopyTo(end.AsSpan(56));
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(64), random.Next(3) == 0 ? random.NextInt64() : file.Count + list.Count);
        return end;
    }

    private byte[] Damaged(byte[] bytes)
    {
        var damaged = bytes.ToArray();
        for (var i = random.Next(1, 20); i > 0 && damaged.Length > 0; i--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        return damaged;
    }

    private uint Number(int right) => random.Next(8) switch
    {
        0 => 0,
        1 => uint.MaxValue,
        2 => uint.MaxValue - 1,
        3 => (uint)(right + 1),
        4 => (uint)Math.Max(right - 1, 0),
        5 => 1u << 31,
        6 => (uint)random.Next(),
        _ => (uint)random.Next(right + 1),
    };

    private T Pick<T>(T[] of) => of[random.Next(of.Length)];
}
