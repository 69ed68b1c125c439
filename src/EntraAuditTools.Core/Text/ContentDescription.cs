using System.Text;

namespace EntraAuditTools.Core.Text;

/// <summary>Says what something that is no export looks like instead.</summary>
internal static class ContentDescription
{
    private const int MaxName = 100;

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>What the beginning of a text looks like, and what to do about it when that differs from the usual advice.</summary>
    public static (string LooksLike, string? Advice) Describe(ReadOnlySpan<byte> start)
    {
        var text = Encoding.UTF8.GetString(start[..Math.Min(start.Length, 2048)]).TrimStart();
        bool Begins(string with) => text.StartsWith(with, StringComparison.OrdinalIgnoreCase);

        if (Begins("<Objs"))
            return ("PowerShell objects saved by Export-Clixml", "Read it with PowerShell: Import-Clixml <file> | Import-AuditExport.");
        if (Begins("<!doctype html") || Begins("<html") || (Begins("<") && text.Contains("<head", StringComparison.OrdinalIgnoreCase)))
        {
            return ("an HTML page, perhaps a sign-in page that was saved in place of the download", "Sign in and download the log again.");
        }

        if (Begins("<")) return ("an XML document", null);
        if (Begins("%PDF")) return ("a PDF document", null);
        if (Begins("SQLite format 3")) return ("an SQLite database", $"To use it as the mirror, give it with {Caller.Option("Mirror")}.");
        if (start is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..]) return ("a picture", null);
        if (start is [(byte)'P', (byte)'K', 3, 4, ..]) return ("an archive within an archive", "Unpack it first.");
        if (start is [0xD0, 0xCF, 0x11, 0xE0, ..]) return ("an old Office document", "Save the sheet as CSV UTF-8 and import that.");
        if (start.Length > 0 && start.IndexOfAnyExcept((byte)0) < 0)
            return ("nothing but NUL bytes: a file whose place on the disk was kept and whose content was never written",
                "Export or download it again.");
        if (start[..Math.Min(start.Length, 2048)].IndexOf((byte)0) >= 0) return ("binary data", null);
        var lines = text.Split('\n', 3, StringSplitOptions.RemoveEmptyEntries);
        var line = lines.Length == 0 ? string.Empty : lines[0].TrimEnd('\r');
        if (IsTable(lines)) return ($"a table with the columns {Shorten(line)}",
            "If these are an audit log's columns under other names, say which is which with "
                + $"{Caller.ColumnMap("Their header", "Activity")}.");
        return text.Length == 0 ? ("nothing but white space", null) : ($"text that begins with \"{Shorten(line)}\"", null);
    }

    /// <summary>
    /// Whether a text begins as a JSON object with something in it does, rather than as a block of a program or a heap of brackets.
    /// </summary>
    public static bool IsObject(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(Blanks);
        if (text is not [(byte)'{', ..]) return false;
        text = text[1..].TrimStart(Blanks);
        if (text is not [(byte)'"', ..]) return false;
        var end = text[1..].IndexOf((byte)'"');
        // The text may end within the first name.
        if (end < 0) return text.Length <= MaxName && (text.Length == 1 || HasLetter(text[1..]));
        return end <= MaxName && HasLetter(text.Slice(1, end)) && text[(end + 2)..].TrimStart(Blanks) is [] or [(byte)':', ..];
    }

    private static bool HasLetter(ReadOnlySpan<byte> name) =>
        name.IndexOfAnyInRange((byte)'A', (byte)'Z') >= 0 || name.IndexOfAnyInRange((byte)'a', (byte)'z') >= 0
        || name.IndexOfAnyInRange((byte)0x80, (byte)0xFF) >= 0 || name.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0;

    /// <summary>Lines that have the same number of separators, rather than prose with commas.</summary>
    private static bool IsTable(string[] lines)
    {
        foreach (var separator in ",;\t")
        {
            var count = lines.Length == 0 ? 0 : lines[0].AsSpan().Count(separator);
            if (count == 0 || lines[0].StartsWith("# ", StringComparison.Ordinal)
                || (lines.Length > 1 && lines[1].AsSpan().Count(separator) < count)) continue;
            // Headers are words, not sentences, and none is missing.
            var headers = lines[0].Split(separator);
            if (Array.TrueForAll(headers, header => header.Trim().Length is > 0 and <= 80)) return true;
        }

        return false;
    }

    /// <summary>
    /// A text cut so that it fits a sentence, without control characters; what else must not reach a terminal is made visible.
    /// </summary>
    public static string Shorten(string text)
    {
        var clean = TerminalText.Line(new string([.. text.Where(c => !char.IsControl(c))]));
        if (clean.Length <= 120) return clean;
        return clean[..(char.IsHighSurrogate(clean[116]) ? 116 : 117)] + "…";
    }
}
