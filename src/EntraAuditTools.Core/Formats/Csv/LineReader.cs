using System.Buffers;
using System.Text;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>A line of a text.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">Its text, without its end; cut when it is too long.</param>
/// <param name="IsTooLong">Whether it is longer than any row.</param>
/// <param name="BeginsText">Whether it begins with a byte-order mark: files were joined.</param>
/// <param name="IsUnreadable">Whether there are bytes in it that are no text in any encoding.</param>
internal sealed record Line(long Number, string Text, bool IsTooLong, bool BeginsText, bool IsUnreadable);

/// <summary>
/// Reads a text's lines. Spreadsheets save CSV in the code page of Windows, and files of different encodings get joined: what is no UTF-8
/// is read as Windows-1252, character by character, and noted.
/// </summary>
internal sealed class LineReader(Stream bytes)
{
    /// <summary>Most characters that a line may have.</summary>
    public const int MaxChars = 4 * 1024 * 1024;

    private const int BufferBytes = 64 * 1024;
    private const char Mark = '\ufeff';
    private const char Replacement = '\ufffd';

    // 80–9F of Windows-1252; those that are not in it are no text.
    private const string Specials = "€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ";

    private readonly byte[] buffer = new byte[BufferBytes];
    private readonly ArrayBufferWriter<byte> gathered = new(4096);
    private byte lineEnd = (byte)'\n';
    private int from;
    private int to;
    private long number;

    /// <summary>How many lines held characters of Windows-1252.</summary>
    public long Windows1252 { get; private set; }

    /// <summary>Reads the next line; null at the end.</summary>
    public Line? Read()
    {
        gathered.ResetWrittenCount();
        var isTooLong = false;
        while (from < to || Fill())
        {
            var rest = buffer.AsSpan(from, to - from);
            var end = rest.IndexOf(lineEnd);
            var piece = end < 0 ? rest : rest[..end];
            from += piece.Length + (end < 0 ? 0 : 1);
            if (end >= 0 && gathered.WrittenCount == 0) return Take(piece, false);
            // A "line" of megabytes is cut, and what is cut is no row.
            if (gathered.WrittenCount + piece.Length <= MaxChars * 4) gathered.Write(piece);
            else isTooLong = true;
            if (end >= 0) return Take(gathered.WrittenSpan, isTooLong);
        }

        return gathered.WrittenCount == 0 ? null : Take(gathered.WrittenSpan, isTooLong);
    }

    private bool Fill()
    {
        from = 0;
        to = bytes.Read(buffer, 0, buffer.Length);
        // The Macintosh's lines end with a carriage return alone, as Excel there still saves them.
        if (number == 0 && to > 1 && buffer.AsSpan(0, to).IndexOf((byte)'\n') < 0 && buffer.AsSpan(0, to - 1).IndexOf((byte)'\r') >= 0)
            lineEnd = (byte)'\r';
        return to > 0;
    }

    private Line Take(ReadOnlySpan<byte> line, bool isTooLong)
    {
        // The end of a text in DOS, which its copy command writes; and what a crash leaves of a file.
        line = line.TrimEnd("\r\u001a\0"u8);
        var isUnreadable = false;
        var text = System.Text.Unicode.Utf8.IsValid(line) ? Encoding.UTF8.GetString(line) : Decode(line, isTooLong, out isUnreadable);
        var begins = text.StartsWith(Mark) || text.StartsWith("\u001a\ufeff", StringComparison.Ordinal);
        if (begins) text = text[(text.IndexOf(Mark, StringComparison.Ordinal) + 1)..];
        if (text.Length > MaxChars) (text, isTooLong) = (text[..MaxChars], true);
        return new(++number, text, isTooLong, begins, isUnreadable);
    }

    private string Decode(ReadOnlySpan<byte> line, bool isCut, out bool isUnreadable)
    {
        isUnreadable = false;
        var text = new StringBuilder(line.Length);
        var isOther = false;
        while (!line.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(line, out var rune, out var used) == OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else if (isCut && line.Length < 4)
            {
                break;
            }
            else
            {
                isOther = true;
                used = 1;
                var c = line[0] is >= 0x80 and < 0xA0 ? Specials[line[0] - 0x80] : (char)line[0];
                isUnreadable |= c == Replacement;
                text.Append(c);
            }

            line = line[used..];
        }

        if (isOther) Windows1252++;
        return text.ToString();
    }
}
