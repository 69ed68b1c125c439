using System.Diagnostics.CodeAnalysis;

namespace EntraAuditTools.Core.Text;

/// <summary>Makes visible, in what records are shown as, what <see cref="TerminalText"/> says must not reach a terminal.</summary>
internal static class TextSanitizer
{
    /// <inheritdoc cref="TerminalText.Visible"/>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Clean(string? text) => TerminalText.Visible(text);
}
