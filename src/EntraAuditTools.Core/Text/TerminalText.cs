using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace EntraAuditTools.Core.Text;

/// <summary>
/// Text that others wrote (names, details, file names) as it may reach a terminal: the one place for all of it. Escape sequences would act
/// there; marks that turn the direction of reading, or show nothing, make one text look like another.
/// </summary>
internal static class TerminalText
{
    private const char Replacement = '\uFFFD';

    private static readonly SearchValues<char> PlainLine = SearchValues.Create(Enumerable.Range(' ', 0x7F - ' ').Select(c => (char)c)
        .ToArray());

    /// <summary>
    /// The text with unseen characters made visible: C0 controls and DEL as their pictures (U+2400…), all else of the kind as U+FFFD. Tabs
    /// and line ends stay.
    /// </summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Visible(string? text) =>
        IsPlain(text) || IsHarmless(text, keepsLines: true) ? text : Rewrite(text, keepsLines: true);

    /// <summary>The same on one line: a run of line ends, tabs and separators becomes a blank. Empty for null.</summary>
    public static string Line(string? text)
    {
        if (string.IsNullOrEmpty(text)) return string.Empty;
        return IsPlain(text) || IsHarmless(text, keepsLines: false) ? text : Rewrite(text, keepsLines: false);
    }

    private static bool IsPlain([NotNullWhen(false)] string? text) => text is null || text.AsSpan().IndexOfAnyExcept(PlainLine) < 0;

    private static bool IsHarmless(string text, bool keepsLines)
    {
        for (var i = 0; i < text.Length;)
        {
            var isRune = Rune.TryGetRuneAt(text, i, out var rune);
            if (!isRune || IsUnseen(rune, text, i) || (IsBreak(rune) && (!keepsLines || rune.Value > 0x7F))) return false;
            i += rune.Utf16SequenceLength;
        }

        return true;
    }

    private static string Rewrite(string text, bool keepsLines)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                clean.Append(Replacement);
                i++;
                continue;
            }

            if (IsBreak(rune))
            {
                if (keepsLines) clean.Append(rune.Value <= 0x7F ? (char)rune.Value : Replacement);
                else if (clean.Length > 0 && clean[^1] != ' ') clean.Append(' ');
            }
            else if (!IsUnseen(rune, text, i))
            {
                clean.Append(rune.ToString());
            }
            else
            {
                clean.Append(rune.Value < ' ' ? (char)('\u2400' + rune.Value) : rune.Value == 0x7F ? '\u2421' : Replacement);
            }

            i += rune.Utf16SequenceLength;
        }

        return clean.ToString();
    }

    private static bool IsBreak(Rune rune) => rune.Value is '\t' or '\n' or '\r' or 0x2028 or 0x2029;

    private static bool IsUnseen(Rune rune, string text, int at)
    {
        if (rune.Value < 0x7F) return rune.Value < ' ' && !IsBreak(rune);
        // Persian and Indian words need them, and so do pictures of several people: only between such, and one at a time.
        if (rune.Value is 0x200C or 0x200D) return at == 0 || !JoinsWith(text[at - 1]) || at + 1 == text.Length || !JoinsWith(text[at + 1]);
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control => true,
            UnicodeCategory.Format => !IsSeenFormat(rune.Value),
            _ => IsFiller(rune.Value),
        };
    }

    /// <summary>Letters from Arabic on, pictures and what chooses how one looks; not those of Europe, which are never joined.</summary>
    private static bool JoinsWith(char neighbour) => neighbour is (>= '\u0600' and not (>= '\u2000' and <= '\u206F'));

    /// <summary>Signs of Arabic, Syriac and Kaithi above numbers, which Unicode counts with the unseen.</summary>
    private static bool IsSeenFormat(int value) =>
        value is (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD;

    /// <summary>
    /// Letters and marks that show nothing: Hangul's and Khmer's fillers, joiners, selectors that can carry a hidden text.
    /// </summary>
    private static bool IsFiller(int value) =>
        value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2065 or 0x3164 or 0xFFA0
            or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF);
}
