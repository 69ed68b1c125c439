using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EntraAuditTools.Core.Text;

/// <summary>
/// Makes cells harmless that a spreadsheet would take for a formula. Spreadsheets pass over blanks, line ends and what has no width before
/// the sign that begins one, and take the full-width signs of East Asian keyboards for the usual ones.
/// </summary>
internal static class FormulaText
{
    /// <summary>The text, with an apostrophe before it when it would be a formula.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Harmless(string? text) => text != null && IsFormula(text) ? "'" + text : text;

    private static bool IsFormula(string text)
    {
        // Some programs take a tab or a line end at the start for the end of the cell before.
        if (text.Length > 0 && text[0] is '\t' or '\r' or '\n') return true;
        foreach (var c in text)
        {
            if (IsPassedOver(c)) continue;
            return c is '=' or '+' or '-' or '@' or '|' or '%' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20' or '\uFE66' or '\uFE62'
                or '\uFE63' or '\uFE6B' or '\u2212';
        }

        return false;
    }

    private static bool IsPassedOver(char c) =>
        char.IsWhiteSpace(c) || char.IsControl(c) || c is '"' or '\uFFFD' or (>= '\u2400' and <= '\u2421')
        || char.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
