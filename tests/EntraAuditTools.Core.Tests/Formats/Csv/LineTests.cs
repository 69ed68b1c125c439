using System.Text;
using EntraAuditTools.Core.Formats.Csv;

namespace EntraAuditTools.Core.Tests.Formats.Csv;

/// <summary>The danger: names are garbled, or a file's last line is lost, because of how a text was saved.</summary>
public sealed class LineTests
{
    /// <summary>How it is saved; the bytes; the lines.</summary>
    public static TheoryData<string, byte[], string[]> Texts => new()
    {
        { "lines of Unix", "a\nb\n"u8.ToArray(), ["a", "b"] },
        { "lines of Windows", "a\r\nb\r\n"u8.ToArray(), ["a", "b"] },
        { "lines of the classic Macintosh, as Excel there still saves them", "a\rb\r"u8.ToArray(), ["a", "b"] },
        { "no end of the last line", "a\nb"u8.ToArray(), ["a", "b"] },
        { "empty lines", "\n\na\n"u8.ToArray(), ["", "", "a"] },
        { "nothing", [], [] },
        { "a byte-order mark", "\ufeffa\nb"u8.ToArray(), ["a", "b"] },
        { "DOS: the copy command ends a text with Ctrl+Z", "a\r\nb\r\n\u001a"u8.ToArray(), ["a", "b", ""] },
        { "a file whose end was not written", "a\nb\n\0\0\0\0"u8.ToArray(), ["a", "b", ""] },
        { "UTF-8", "Zoë ünï 😀\n"u8.ToArray(), ["Zoë ünï 😀"] },
        { "Windows-1252 (WHATWG Encoding, index windows-1252)",
            [0x4A, 0xF6, 0x72, 0x67, 0x20, 0x80, 0x20, 0x93, 0x47, 0x94], ["Jörg € “G”"] },
        { "Windows-1252, its last letters", [0x9E, 0x9F, 0xA0, 0xFF], ["žŸ\u00a0ÿ"] },
        { "UTF-8 and Windows-1252 by turns", [.. "Zoë\n"u8, 0xC5, 0x6E, 0x67, (byte)'\n', .. "ö"u8], ["Zoë", "Ång", "ö"] },
        { "both in one line: UTF-8 where it is valid", [.. "ö"u8, (byte)'-', 0xF6, (byte)'-', .. "ö"u8], ["ö-ö-ö"] },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Lines_are_read_however_they_were_saved(string how, byte[] bytes, string[] expected)
    {
        var lines = Read(bytes, out _);
        Assert.True(lines.Select(line => line.Text).SequenceEqual(expected), $"{how}: {string.Join('|', lines.Select(line => line.Text))}");
        Assert.Equal(Enumerable.Range(1, expected.Length).Select(i => (long)i), lines.Select(line => line.Number));
        Assert.DoesNotContain(lines, line => line.IsUnreadable || line.IsTooLong);
    }

    // WHATWG maps these to C1 controls, Microsoft's table has nothing there.
    [Theory]
    [InlineData(0x81)]
    [InlineData(0x8D)]
    [InlineData(0x8F)]
    [InlineData(0x90)]
    [InlineData(0x9D)]
    public void Bytes_that_are_in_no_encoding_are_reported(int odd)
    {
        var lines = Read([(byte)'a', (byte)odd, (byte)'\n', (byte)'b'], out _);
        Assert.Equal([true, false], lines.Select(line => line.IsUnreadable));
        Assert.Equal("a\ufffd", lines[0].Text);
    }

    [Fact]
    public void Lines_of_Windows_1252_are_counted()
    {
        Read([.. "ö\n"u8, 0xF6, (byte)'\n', 0xE9, (byte)'\n', .. "plain"u8], out var count);
        Assert.Equal(2, count);
    }

    [Fact]
    public void A_mark_within_shows_that_files_were_joined()
    {
        var lines = Read([.. "\ufeffa\r\n"u8, .. "\ufeffb\r\n"u8, 0x1A, .. "\ufeffc\r\nd\ufeff"u8], out _);
        Assert.Equal(["a", "b", "c", "d\ufeff"], lines.Select(line => line.Text));
        Assert.Equal([true, true, true, false], lines.Select(line => line.BeginsText));
    }

    [Fact]
    public void A_line_may_end_anywhere_in_the_buffer()
    {
        foreach (var length in (ReadOnlySpan<int>)[65_533, 65_534, 65_535, 65_536, 65_537, 131_072])
        {
            // The last character is of several bytes, which the buffer's end divides.
            var text = new string('x', length - 2) + "é";
            var lines = Read(Encoding.UTF8.GetBytes($"{text}\r\n{text}"), out var windows);
            Assert.Equal([text, text], lines.Select(line => line.Text));
            Assert.Equal(0, windows);
        }
    }

    private static List<Line> Read(byte[] bytes, out long windows1252)
    {
        var reader = new LineReader(new MemoryStream(bytes));
        var lines = new List<Line>();
        while (reader.Read() is { } line) lines.Add(line);
        windows1252 = reader.Windows1252;
        return lines;
    }
}
