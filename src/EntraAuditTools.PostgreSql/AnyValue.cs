using System.Buffers.Binary;

namespace EntraAuditTools.PostgreSql;

/// <summary>
/// A value whose type is its own, as bytes: one that says the type, then a whole number (8 bytes, the first the highest), a text (UTF-8)
/// or bytes. Equal values are equal bytes.
/// </summary>
internal static class AnyValue
{
    /// <summary>The byte that says the type.</summary>
    public const byte TextType = 2, BytesType = 3;

    private const byte NumberType = 1;

    /// <summary>A whole number.</summary>
    public static byte[] Of(long number)
    {
        var bytes = new byte[9];
        bytes[0] = NumberType;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), number);
        return bytes;
    }

    /// <summary>A text, in UTF-8.</summary>
    public static byte[] OfText(ReadOnlySpan<byte> utf8) => [TextType, .. utf8];

    /// <summary>Bytes.</summary>
    public static byte[] OfBytes(ReadOnlySpan<byte> bytes) => [BytesType, .. bytes];

    /// <summary>The number; null when it is something else.</summary>
    public static long? Number(ReadOnlySpan<byte> value) =>
        value.Length == 9 && value[0] == NumberType ? BinaryPrimitives.ReadInt64BigEndian(value[1..]) : null;

    /// <summary>Whether it is a text rather than bytes.</summary>
    /// <exception cref="InvalidDataException">It is neither.</exception>
    public static bool IsText(ReadOnlySpan<byte> value) => value is [TextType, ..] or [BytesType, ..] ? value[0] == TextType
        : throw new InvalidDataException("a value on the server is of no type");
}
