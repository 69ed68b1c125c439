using System.Buffers.Binary;
using System.Text;

namespace EntraAuditTools.PostgreSql;

/// <summary>
/// A value whose type is its own, as bytes: one that says the type, then a whole number (8 bytes, the first the highest), a text (UTF-8)
/// or bytes. Equal values are equal bytes.
/// </summary>
internal static class AnyValue
{
    private const byte Number = 1, Text = 2, Bytes = 3;

    /// <summary>A whole number.</summary>
    public static byte[] Of(long number)
    {
        var bytes = new byte[9];
        bytes[0] = Number;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), number);
        return bytes;
    }

    /// <summary>A text, in UTF-8.</summary>
    public static byte[] OfText(ReadOnlySpan<byte> utf8) => [Text, .. utf8];

    /// <summary>Bytes.</summary>
    public static byte[] OfBytes(ReadOnlySpan<byte> bytes) => [Bytes, .. bytes];

    /// <summary>The value.</summary>
    /// <returns>A <see cref="long"/>, a <see cref="string"/> or bytes.</returns>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static object Read(byte[] value) => value switch
    {
        [Number, .. { Length: 8 } number] => BinaryPrimitives.ReadInt64BigEndian(number),
        [Text, .. var text] => Encoding.UTF8.GetString(text),
        [Bytes, .. var bytes] => bytes,
        _ => throw new InvalidDataException("a value on the server is of no type"),
    };
}
