namespace EntraAuditTools.Core.Upkeep.Salvage;

/// <summary>SQLite's numbers of one to nine bytes (https://sqlite.org/fileformat2.html#varint).</summary>
internal static class Varint
{
    /// <summary>Reads one; false when the bytes end before.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ref int at, out long value)
    {
        value = 0;
        for (var i = 0; i < 9; i++, at++)
        {
            if ((uint)at >= (uint)bytes.Length) return false;
            if (i == 8)
            {
                value = (value << 8) | bytes[at++];
                return true;
            }

            value = (value << 7) | (uint)(bytes[at] & 0x7F);
            if (bytes[at] >= 0x80) continue;
            at++;
            return true;
        }

        return false;
    }
}
