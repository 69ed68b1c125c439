using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EntraAuditTools.Core.Reporting.Content;

namespace EntraAuditTools.Core.Reporting.Html;

/// <summary>
/// Writes a report as one page that needs nothing else: style and script are within it, and its policy allows no other, no picture, font or
/// address from anywhere.
/// </summary>
internal static class HtmlReport
{
    /// <summary>A text that is longer, or has a longer word, may be broken anywhere.</summary>
    private const int Long = 60, LongWord = 40;

    /// <summary>Columns that name somebody or something that other tables can name too.</summary>
    private static readonly string[] Subjects =
        ["Actor", "By", "Who", "Target", "Address", "Access package", "Conflicts with", "Policy", "Catalog", "Application"];

    private static readonly string Style = Resource("report.css");
    private static readonly string Script = string.Concat(new[] { "report.text.js", "report.table.js", "report.js" }.Select(Resource));

    /// <summary>Writes the page.</summary>
    public static void Write(TextWriter html, Report report)
    {
        html.Write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Write($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{Hash(Style)}'; ");
        html.Write($"script-src '{Hash(Script)}'; base-uri 'none'; form-action 'none'\">\n");
        html.Write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Write("<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"generator\" content=\"EntraAuditTools\">\n");
        html.Write($"<title>{HtmlText.Of(report.Title)}</title>\n<style>{Style}</style>\n</head>\n<body>\n");
        html.Write("<a class=\"skip\" href=\"#content\">To the content</a>\n<header>\n");
        html.Write($"<h1>{HtmlText.Of(report.Title)}</h1>\n<dl class=\"about\">\n");
        foreach (var (name, value) in report.About) html.Write($"<dt>{HtmlText.Of(name)}</dt><dd>{HtmlText.Of(value)}</dd>\n");
        html.Write("</dl>\n</header>\n<nav aria-label=\"Sections\"><ul>\n");
        foreach (var section in report.Sections)
            html.Write($"<li><a href=\"#{section.Id}\">{HtmlText.Of(section.Title)}</a></li>\n");
        html.Write("<li class=\"find\" hidden><input type=\"search\" placeholder=\"Find in all tables\" aria-label=\"Find in all tables\"> ");
        html.Write("<span role=\"status\"></span></li>\n");
        html.Write("<li><button type=\"button\" class=\"theme\" hidden>Light or dark</button></li>\n</ul></nav>\n");
        html.Write("<main id=\"content\">\n");
        foreach (var section in report.Sections) Write(html, section);
        html.Write("</main>\n<footer><p>Times are UTC. All of it comes from exports that were imported into the mirror; what was not imported is ");
        html.Write("not in it. Below each table is the command that answers with all rows.</p>\n<p class=\"how\" hidden>A column&#39;s filter: ");
        html.Write("what it contains; <code>=</code> what it is, <code>^</code> how it begins, <code>$</code> how it ends; <code>&gt;</code> ");
        html.Write("<code>&lt;</code> <code>&gt;=</code> <code>&lt;=</code> numbers and times (<code>&gt;= 2026-10-01</code>); <code>!</code> ");
        html.Write("before any of them: not; <code>||</code> between two: either; <code>=empty</code>: nothing. Names lead to all that the ");
        html.Write("page has about them, and Back leads back. The address keeps what is shown.</p></footer>\n");
        html.Write($"<script>{Script}</script>\n</body>\n</html>\n");
    }

    private static void Write(TextWriter html, ReportSection section)
    {
        html.Write($"<section id=\"{section.Id}\" aria-labelledby=\"{section.Id}-title\">\n");
        html.Write($"<h2 id=\"{section.Id}-title\">{HtmlText.Of(section.Title)}</h2>\n");
        foreach (var sentence in section.Sentences) html.Write($"<p class=\"note\">{HtmlText.Of(sentence)}</p>\n");
        if (section.Numbers.Count > 0)
        {
            html.Write("<ul class=\"numbers\">\n");
            foreach (var (name, value) in section.Numbers)
                html.Write($"<li><b>{HtmlText.Of(value)}</b><span>{HtmlText.Of(name)}</span></li>\n");
            html.Write("</ul>\n");
        }

        foreach (var chart in section.Charts.Where(chart => chart.Bars.Count > 0)) HtmlChart.Write(html, chart);
        foreach (var table in section.Tables) Write(html, table);
        html.Write("</section>\n");
    }

    private static void Write(TextWriter html, ReportTable table)
    {
        html.Write($"<div class=\"table\" id=\"{table.Id}\">\n");
        if (table.Rows.Count == 0)
        {
            html.Write($"<h3>{HtmlText.Of(table.Caption)}</h3>\n<p class=\"empty\">{HtmlText.Of(table.Empty)}</p>\n</div>\n");
            return;
        }

        if (table.Views.Count > 0)
        {
            html.Write("<p class=\"views\" hidden>Show only:");
            foreach (var view in table.Views)
            {
                var at = table.Columns.ToList().IndexOf(view.Column);
                html.Write($" <a href=\"#t={table.Id}&amp;f{at}={Uri.EscapeDataString(view.Filter)}\">{HtmlText.Of(view.Name)}</a>");
            }

            html.Write("</p>\n");
        }

        var isNumber = table.Columns.Select((_, i) => table.Rows.Any(row => row[i] != null)
            && table.Rows.All(row => row[i] is null or int or long or double)).ToList();
        html.Write($"<div class=\"scroll\"><table>\n<caption>{HtmlText.Of(table.Caption)}</caption>\n<thead><tr>");
        for (var i = 0; i < table.Columns.Count; i++)
            html.Write($"<th scope=\"col\"{Attributes(table.Columns[i], isNumber[i])}>{HtmlText.Of(table.Columns[i])}</th>");
        html.Write("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Write("<tr>");
            foreach (var cell in row) html.Write(Cell(cell));
            html.Write("</tr>\n");
        }

        html.Write("</tbody>\n</table></div>\n<p class=\"note\">");
        if (table.Total is { } total) html.Write($"The first {HtmlText.Number(table.Rows.Count)} of {HtmlText.Number(total)}. ");
        html.Write($"<code>{HtmlText.Of(table.Command)}</code></p>\n</div>\n");
    }

    private static string Attributes(string column, bool isNumber) =>
        (isNumber ? " class=\"number\"" : string.Empty) + (Subjects.Contains(column) ? " data-about" : string.Empty);

    private static string Cell(object? cell) => cell switch
    {
        null => "<td></td>",
        DateTimeOffset time =>
            $"<td data-value=\"{HtmlText.Iso(time)}\"><time datetime=\"{HtmlText.Iso(time)}\">{HtmlText.Shown(time)}</time></td>",
        bool flag => $"<td>{(flag ? "yes" : "no")}</td>",
        IFormattable number => $"<td class=\"number\" data-value=\"{number.ToString(null, CultureInfo.InvariantCulture)}\">"
            + $"{HtmlText.Number(number)}</td>",
        string text when text.Length > Long || text.Split(' ').Any(word => word.Length > LongWord) =>
            $"<td class=\"long\">{HtmlText.Of(text)}</td>",
        _ => $"<td>{HtmlText.Of($"{cell}")}</td>",
    };

    private static string Hash(string content) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}";

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream($"EntraAuditTools.Core.Reporting.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
