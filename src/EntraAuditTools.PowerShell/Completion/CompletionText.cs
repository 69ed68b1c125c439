using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.PowerShell.Completion;

/// <summary>Values as they must be written on a command line. PowerShell inserts a completer's text unchanged.</summary>
internal static class CompletionText
{
    /// <summary>What the user typed so far, without quotes and escapes.</summary>
    public static string Typed(string? word)
    {
        var text = word ?? string.Empty;
        if (text.Length > 0 && text[0] is '\'' or '"')
        {
            var quote = text[0];
            text = text[1..];
            if (text.Length > 0 && text[^1] == quote) text = text[..^1];
            if (quote == '\'') text = text.Replace("''", "'", StringComparison.Ordinal);
        }

        return text.TrimEnd('*');
    }

    /// <summary>A completion that means exactly this value to a parameter that takes wildcards.</summary>
    /// <param name="value">The value.</param>
    /// <param name="count">How often the mirror holds it; null when that is not known.</param>
    /// <param name="tip">What else is to be known of it; null for nothing.</param>
    public static CompletionResult Literal(string value, long? count = null, string? tip = null)
    {
        // What is inserted must be the value; what is shown need not.
        var shown = TerminalText.Line(value);
        var about = tip is null || TerminalText.Line(tip) is not { Length: > 0 } line || line == shown ? shown : $"{shown}: {line}";
        if (count is { } n) about = string.Create(CultureInfo.CurrentCulture, $"{about} ({n:N0})");
        return new CompletionResult(Quote(WildcardPattern.Escape(value)), shown, CompletionResultType.ParameterValue, about);
    }

    /// <summary>The text in single quotes where a bare word would not do.</summary>
    public static string Quote(string text)
    {
        var bare = text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ':' or '/' or '\\' or '*' or '?')
            && text[0] is not '-' && !char.IsDigit(text[0]);
        return bare ? text : "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";
    }
}
