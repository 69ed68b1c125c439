using System.Text;
using System.Text.Unicode;

namespace EntraAuditTools.PostgreSql;

/// <summary>
/// Texts as PostgreSQL takes them: it refuses the character NUL and bytes that are no UTF-8, which records may hold. Both are written
/// behind U+FDD0, a noncharacter (https://www.unicode.org/faq/private_use.html#nonchar4), and so is that character itself.
/// </summary>
internal static class ServerText
{
    private const char Escape = '\uFDD0';
    private const char Nul = '0', Itself = 'D', Byte = 'x';

    /// <summary>A text of a mirror for the server.</summary>
    public static string ToServer(ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8))
        {
            var plain = Encoding.UTF8.GetString(utf8);
            if (plain.AsSpan().IndexOfAny('\0', Escape) < 0) return plain;
        }

        var text = new StringBuilder(utf8.Length);
        while (!utf8.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(utf8, out var rune, out var length) != System.Buffers.OperationStatus.Done)
            {
                for (var i = 0; i < length; i++) text.Append(Escape).Append(Byte).Append(utf8[i].ToString("x2", null));
            }
            else if (rune.Value is 0 or Escape)
            {
                text.Append(Escape).Append(rune.Value == 0 ? Nul : Itself);
            }
            else
            {
                text.Append(rune.ToString());
            }

            utf8 = utf8[length..];
        }

        return text.ToString();
    }

    /// <summary>A text of the server for a mirror, in UTF-8 or what a mirror holds for it.</summary>
    public static byte[] FromServer(string text)
    {
        if (!text.Contains(Escape, StringComparison.Ordinal)) return Encoding.UTF8.GetBytes(text);
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != Escape || i + 1 == text.Length)
            {
                var end = text.IndexOf(Escape, i + 1) is var next and >= 0 ? next : text.Length;
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i..end]));
                i = end - 1;
                continue;
            }

            switch (text[++i])
            {
                case Nul:
                    bytes.Add(0);
                    break;
                case Itself:
                    bytes.AddRange(Encoding.UTF8.GetBytes(Escape.ToString()));
                    break;
                default:
                    bytes.Add(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]);
                    i += 2;
                    break;
            }
        }

        return [.. bytes];
    }
}
