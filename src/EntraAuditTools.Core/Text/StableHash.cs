using System.Buffers.Binary;
using System.Text;

namespace EntraAuditTools.Core.Text;

/// <summary>
/// A 64-bit hash whose values are stored in mirrors and so must never change (HashCode and string.GetHashCode differ
/// from process to process). Multiply-and-fold over 8-byte words, as wyhash does; not for secrets.
/// </summary>
internal static class StableHash
{
    private const ulong P0 = 0xa0761d6478bd642f, P1 = 0xe7037ed1a0b428db, P2 = 0x8ebc6af09c88c6e3;

    /// <summary>Hash of bytes, from a seed so that values of different meaning never meet.</summary>
    public static long OfUtf8(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        var hash = seed ^ P0;
        var length = (ulong)bytes.Length;
        while (bytes.Length >= 16)
        {
            hash = Fold(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ P1, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ hash);
            bytes = bytes[16..];
        }

        Span<byte> tail = stackalloc byte[16];
        tail.Clear();
        bytes.CopyTo(tail);
        hash = Fold(BinaryPrimitives.ReadUInt64LittleEndian(tail) ^ P1, BinaryPrimitives.ReadUInt64LittleEndian(tail[8..]) ^ hash);
        return unchecked((long)Fold(P1 ^ length, hash ^ P2));
    }

    /// <summary>Hash of a text's UTF-8 bytes.</summary>
    public static long Of(string text) => OfUtf8(Encoding.UTF8.GetBytes(text));

    /// <summary>Adds a number to a hash.</summary>
    public static long Combine(long hash, long value) => unchecked((long)Fold((ulong)hash ^ P0, (ulong)value ^ P2));

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
