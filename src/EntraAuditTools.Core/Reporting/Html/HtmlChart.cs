using System.Globalization;
using EntraAuditTools.Core.Reporting.Content;

namespace EntraAuditTools.Core.Reporting.Html;

/// <summary>A chart as SVG within the page, with its numbers as a table for who does not see it.</summary>
internal static class HtmlChart
{
    private const int Width = 1100, Height = 220, Left = 56, Bottom = 28, Top = 10, LabelWidth = 75;

    /// <summary>Writes it.</summary>
    public static void Write(TextWriter html, ReportChart chart)
    {
        var most = Math.Max(1, chart.Bars.Max(bar => bar.First + bar.Second));
        var title = HtmlText.Of(chart.Title);
        html.Write($"<figure>\n<figcaption>{title}</figcaption>\n");
        Legend(html, chart);
        html.Write($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" ");
        html.Write($"aria-label=\"{title}: {chart.Bars.Count} bars, at most {HtmlText.Number(most)}\">\n");
        foreach (var (at, value) in new[] { (Height - Bottom, 0L), (Top, most) })
        {
            html.Write($"<line x1=\"{Left}\" x2=\"{Width}\" y1=\"{at}\" y2=\"{at}\"/>");
            html.Write($"<text x=\"{Left - 6}\" y=\"{at + 4}\" text-anchor=\"end\">{HtmlText.Number(value)}</text>\n");
        }

        var step = (double)(Width - Left) / chart.Bars.Count;
        var gap = step > 6 ? 2 : step > 3 ? 1 : 0;
        var scale = (double)(Height - Bottom - Top) / most;
        for (var i = 0; i < chart.Bars.Count; i++)
        {
            var bar = chart.Bars[i];
            var (x, y) = (Left + (i * step), (double)(Height - Bottom));
            var tip = $"<title>{HtmlText.Of(Tip(chart, bar))}</title>";
            foreach (var (value, kind) in new[] { (bar.First, bar.Kind), (bar.Second, "bad") })
            {
                // A day without records is seen too, where its state is what the chart is about.
                var height = value > 0 ? Math.Max(1.5, value * scale) : bar.Kind != null && kind == bar.Kind ? 3 : 0;
                if (height == 0) continue;
                y -= height;
                html.Write(string.Create(CultureInfo.InvariantCulture,
                    $"<rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{Math.Max(0.5, step - gap):0.##}\" height=\"{height:0.##}\""));
                html.Write(kind is null ? $">{tip}</rect>" : $" class=\"{HtmlText.Of(kind)}\">{tip}</rect>");
            }
        }

        html.Write('\n');
        Labels(html, chart, step);
        html.Write("</svg>\n");
        // Wider than a narrow window, it has to be reached with the keyboard to be scrolled.
        html.Write($"<details><summary>Numbers of the chart</summary>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\"");
        html.Write($" aria-label=\"{HtmlText.Of(chart.Title)}\"><table><thead><tr><td></td>");
        html.Write($"<th scope=\"col\" class=\"number\">{HtmlText.Of(chart.First)}</th>");
        if (chart.Second != null) html.Write($"<th scope=\"col\" class=\"number\">{HtmlText.Of(chart.Second)}</th>");
        html.Write("</tr></thead><tbody>\n");
        foreach (var bar in chart.Bars)
        {
            html.Write($"<tr><td>{HtmlText.Of(bar.Label)}{(bar.Kind is { } kind ? $", {HtmlText.Of(kind)}" : string.Empty)}</td>");
            html.Write($"<td class=\"number\">{HtmlText.Number(bar.First)}</td>");
            html.Write(chart.Second != null ? $"<td class=\"number\">{HtmlText.Number(bar.Second)}</td></tr>\n" : "</tr>\n");
        }

        html.Write("</tbody></table></div></details>\n</figure>\n");
    }

    private static void Legend(TextWriter html, ReportChart chart)
    {
        var kinds = chart.Bars.Select(bar => bar.Kind).Where(kind => kind != null).Distinct().Order(StringComparer.Ordinal).ToList();
        if (chart.Second == null && kinds.Count == 0) return;
        html.Write("<p class=\"legend\">");
        if (chart.Second != null) html.Write($"<i></i>{HtmlText.Of(chart.First)} <i class=\"bad\"></i>{HtmlText.Of(chart.Second)}");
        foreach (var kind in kinds) html.Write($"<i class=\"{Colour(kind!)}\"></i>{HtmlText.Of(kind)} ");
        html.Write("</p>\n");
    }

    private static string Colour(string kind) => kind is "Covered" or "Gap" ? kind : "Observed";

    private static void Labels(TextWriter html, ReportChart chart, double step)
    {
        var every = Math.Max(1, (int)Math.Ceiling(95 / step));
        // What would be cut at the edge is left out.
        for (var i = 0; i < chart.Bars.Count && Left + (i * step) + LabelWidth <= Width; i += every)
        {
            html.Write(string.Create(CultureInfo.InvariantCulture, $"<text x=\"{Left + (i * step):0.##}\" y=\"{Height - 8}\">"));
            html.Write($"{HtmlText.Of(chart.Bars[i].Label)}</text>");
        }

        html.Write('\n');
    }

    private static string Tip(ReportChart chart, ReportBar bar) =>
        $"{bar.Label}: {HtmlText.Number(bar.First)} {chart.First}"
            + (chart.Second != null ? $", {HtmlText.Number(bar.Second)} {chart.Second}" : string.Empty)
            + (bar.Kind != null ? $" ({bar.Kind})" : string.Empty);
}
