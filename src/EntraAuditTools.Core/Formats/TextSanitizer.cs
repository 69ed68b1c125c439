using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace EntraAuditTools.Core.Formats;

/// <summary>
/// Makes control characters visible. Display names and details come from whoever wrote them; an escape sequence in one
/// would otherwise reach the administrator's terminal and act there.
/// </summary>
internal static class TextSanitizer
{
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(c => char.IsControl(c) && c is not ('\t' or '\r' or '\n')).ToArray());

    /// <summary>The text with C0 controls (but tab and line ends) and DEL as their pictures (U+2400…), and C1 controls as U+FFFD.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Clean(string? text)
    {
        if (text is null || text.AsSpan().IndexOfAny(Controls) < 0) return text;
        return string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++) target[i] = Clean(source[i]);
        });
    }

    private static char Clean(char c) => c switch
    {
        '\t' or '\r' or '\n' => c,
        < ' ' => (char)('\u2400' + c),
        '\x7f' => '\u2421',
        >= '\x80' and < '\xa0' => '\ufffd',
        _ => c,
    };
}
