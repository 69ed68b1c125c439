using System.Text;
using EntraAuditTools.Core.Importing.Sources.Streams;

namespace EntraAuditTools.Core.Importing.Sources;

/// <summary>Makes UTF-8 without byte-order mark of what exports come in: UTF-8 with and without one, UTF-16 of either order.</summary>
internal static class TextDecoding
{
    private const int PeekBytes = 64 * 1024;

    /// <summary>The text as UTF-8, with its beginning to look at.</summary>
    public static PeekStream ToUtf8(Stream bytes)
    {
        var peek = new PeekStream(bytes, 4);
        var start = peek.Prefix;
        if (start is [0xEF, 0xBB, 0xBF, ..])
        {
            peek.Skip(3);
            return new PeekStream(peek, PeekBytes);
        }

        // Windows PowerShell's > writes UTF-16 with a mark; without one, an ASCII character beside a zero shows it.
        Encoding? utf16 = start switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            [> 0 and < 0x80, 0, > 0 and < 0x80, 0] => Encoding.Unicode,
            [0, > 0 and < 0x80, 0, > 0 and < 0x80] => Encoding.BigEndianUnicode,
            _ => null,
        };
        if (utf16 == null) return new PeekStream(peek, PeekBytes);
        if (start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) peek.Skip(2);
        return new PeekStream(Encoding.CreateTranscodingStream(peek, utf16, Encoding.UTF8), PeekBytes);
    }
}
