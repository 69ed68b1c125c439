using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Reporting.Html;

/// <summary>Text as it stands in HTML: nothing that others wrote becomes markup, and nothing invisible stays in it.</summary>
internal static class HtmlText
{
    /// <summary>A text, for between tags and within quoted attributes.</summary>
    public static string Of(string? text)
    {
        var visible = TerminalText.Visible(text);
        if (string.IsNullOrEmpty(visible)) return string.Empty;
        var html = new StringBuilder(visible.Length + 16);
        foreach (var c in visible)
        {
            _ = c switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#39;"),
                _ => html.Append(c),
            };
        }

        return html.ToString();
    }

    /// <summary>A time as people read it, UTC.</summary>
    public static string Shown(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time as machines read it.</summary>
    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A number with separators.</summary>
    public static string Number(IFormattable number) =>
        number.ToString(number is double ? "#,0.#" : "N0", CultureInfo.InvariantCulture);
}
