using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Schema;

/// <summary>
/// What the shapes of one event share, as a number: 24 bits of a hash that all of them have, then 16, 12 and 12 bits of parts that some may
/// lack (0). The time is compared apart, since shapes write it with different precision.
/// </summary>
internal static class Fingerprint
{
    private const int BaseShift = 40;

    private static readonly (int Shift, int Bits)[] Parts = [(24, 16), (12, 12), (0, 12)];

    /// <summary>The fingerprint of a hash and up to three further ones, 0 for what a shape does not keep.</summary>
    public static long Of(long hash, params ReadOnlySpan<long> parts)
    {
        var fingerprint = hash >> BaseShift << BaseShift;
        for (var i = 0; i < parts.Length; i++)
        {
            var mask = (1L << Parts[i].Bits) - 1;
            if (parts[i] != 0) fingerprint |= Math.Max(parts[i] & mask, 1) << Parts[i].Shift;
        }

        return fingerprint;
    }

    /// <summary>The part that must be equal, as <c>fingerprint &gt;&gt; 40</c> gives it in SQL.</summary>
    public static long Base(long fingerprint) => fingerprint >> BaseShift;

    /// <summary>Whether two fingerprints can be of one event: each part is the same, or one of them does not keep it.</summary>
    public static bool Agree(long a, long b)
    {
        return Base(a) == Base(b) && PartsAgree(a, b);
    }

    /// <summary>The same without the part that all shapes have.</summary>
    public static bool PartsAgree(long a, long b)
    {
        foreach (var (shift, bits) in Parts)
        {
            var mask = (1L << bits) - 1;
            var (x, y) = ((a >> shift) & mask, (b >> shift) & mask);
            if (x != y && x != 0 && y != 0) return false;
        }

        return true;
    }

    /// <summary>Hash of a text without regard to the case of ASCII letters and blanks around; 0 when it is empty.</summary>
    public static long Part(ReadOnlySpan<byte> text, ulong seed) => text.IsEmpty ? 0 : Hash(text, seed);

    /// <summary>Hash of a text without regard to the case of ASCII letters and blanks around.</summary>
    public static long Hash(ReadOnlySpan<byte> text, ulong seed)
    {
        text = text.Trim(" \t\r\n"u8);
        Span<byte> lower = text.Length <= 512 ? stackalloc byte[text.Length] : new byte[text.Length];
        // Not Ascii.ToLower, which ends at the first byte that is none.
        for (var i = 0; i < text.Length; i++) lower[i] = text[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(text[i] | 0x20) : text[i];
        return StableHash.OfUtf8(lower, seed);
    }
}
