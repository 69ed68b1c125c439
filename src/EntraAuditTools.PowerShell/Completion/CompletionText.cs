using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using EntraAuditTools.Core.Queries.Fields;
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
    public static CompletionResult Literal(CompletedValue value)
    {
        // What is inserted must be the value; what is shown need not.
        var shown = TerminalText.Line(value.Text);
        // A number needs no quotes, and says nothing by itself.
        var isNumber = IsNumber(value.Text);
        var about = TerminalText.Line(value.Tip) is not { Length: > 0 } line || line == shown ? shown : isNumber ? line : $"{shown}: {line}";
        if (value.Count is { } count) about = string.Create(CultureInfo.CurrentCulture, $"{about} ({count:N0})");
        var inserted = isNumber ? value.Text : Quote(WildcardPattern.Escape(value.Text));
        return new CompletionResult(inserted, shown, CompletionResultType.ParameterValue, about);
    }

    private static bool IsNumber(string text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == text;

    /// <summary>The text in single quotes where a bare word would not do.</summary>
    public static string Quote(string text)
    {
        var bare = text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ':' or '/' or '\\' or '*' or '?')
            && text[0] is not '-' && !char.IsDigit(text[0]);
        return bare ? text : "'" + CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";
    }
}
