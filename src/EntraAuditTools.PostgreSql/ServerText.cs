using System.Text;
using System.Text.Unicode;

namespace EntraAuditTools.PostgreSql;

/// <summary>
/// Texts as PostgreSQL takes them: it refuses the character NUL and bytes that are no UTF-8, which records may hold. Both are written
/// behind U+FDD0, a noncharacter (https://www.unicode.org/faq/private_use.html#nonchar4), and so is that character itself.
/// </summary>
internal static class ServerText
{
    private const byte Nul = (byte)'0', Itself = (byte)'D', Byte = (byte)'x';

    private static readonly byte[] Escape = [0xEF, 0xB7, 0x90];

    /// <summary>A text of a mirror for the server, in UTF-8.</summary>
    public static ReadOnlySpan<byte> ToServer(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf((byte)0) < 0 && text.IndexOf(Escape) < 0 && Utf8.IsValid(text)) return text;
        var escaped = new List<byte>(text.Length + 16);
        while (!text.IsEmpty)
        {
            var isValid = Rune.DecodeFromUtf8(text, out _, out var length) == System.Buffers.OperationStatus.Done;
            var part = text[..length];
            if (!isValid) foreach (var value in part) escaped.AddRange([.. Escape, Byte, .. Encoding.ASCII.GetBytes(value.ToString("x2", null))]);
            else if (part[0] == 0) escaped.AddRange([.. Escape, Nul]);
            else if (part.SequenceEqual(Escape)) escaped.AddRange([.. Escape, Itself]);
            else escaped.AddRange(part);
            text = text[length..];
        }

        return escaped.ToArray();
    }

    /// <summary>A text of the server for a mirror.</summary>
    /// <exception cref="InvalidDataException">It was not written by <see cref="ToServer"/>.</exception>
    public static ReadOnlySpan<byte> FromServer(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf(Escape);
        if (at < 0) return text;
        var plain = new List<byte>(text.Length);
        for (; at >= 0; at = text.IndexOf(Escape))
        {
            plain.AddRange(text[..at]);
            text = text[(at + Escape.Length)..];
            var length = text is [Byte, _, _, ..] ? 3 : text is [Nul or Itself, ..] ? 1
                : throw new InvalidDataException("a text on the server is not as this tool writes it");
            if (length == 3) plain.Add(Convert.FromHexString(Encoding.ASCII.GetString(text[1..3]))[0]);
            else if (text[0] == Nul) plain.Add(0);
            else plain.AddRange(Escape);
            text = text[length..];
        }

        plain.AddRange(text);
        return plain.ToArray();
    }
}
