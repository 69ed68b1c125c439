namespace EntraAuditTools.Core.Importing.Sources.Zip;

/// <summary>The checksum of zip and gzip, sixteen bytes at a time: it must not be what an import waits for.</summary>
internal sealed class Crc32
{
    private const int Slices = 16;
    private static readonly uint[][] Tables = MakeTables();

    private uint state = uint.MaxValue;

    /// <summary>The checksum of what was added so far.</summary>
    public uint Value => ~state;

    /// <summary>Takes bytes in.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var crc = state;
        var tables = Tables;
        while (bytes.Length >= Slices)
        {
            var next = crc ^ System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            crc = tables[15][next & 0xFF] ^ tables[14][(next >> 8) & 0xFF] ^ tables[13][(next >> 16) & 0xFF] ^ tables[12][next >> 24]
                ^ tables[11][bytes[4]] ^ tables[10][bytes[5]] ^ tables[9][bytes[6]] ^ tables[8][bytes[7]]
                ^ tables[7][bytes[8]] ^ tables[6][bytes[9]] ^ tables[5][bytes[10]] ^ tables[4][bytes[11]]
                ^ tables[3][bytes[12]] ^ tables[2][bytes[13]] ^ tables[1][bytes[14]] ^ tables[0][bytes[15]];
            bytes = bytes[Slices..];
        }

        foreach (var b in bytes) crc = tables[0][(crc ^ b) & 0xFF] ^ (crc >> 8);
        state = crc;
    }

    private static uint[][] MakeTables()
    {
        var tables = Enumerable.Range(0, Slices).Select(_ => new uint[256]).ToArray();
        for (var i = 0u; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            tables[0][i] = crc;
        }

        for (var slice = 1; slice < Slices; slice++)
        {
            for (var i = 0; i < 256; i++) tables[slice][i] = (tables[slice - 1][i] >> 8) ^ tables[0][tables[slice - 1][i] & 0xFF];
        }

        return tables;
    }
}
