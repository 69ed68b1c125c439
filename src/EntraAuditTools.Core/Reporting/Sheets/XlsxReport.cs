using EntraAuditTools.Core.Reporting.Content;
using EntraAuditTools.Core.Text;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace EntraAuditTools.Core.Reporting.Sheets;

/// <summary>Writes a report as a workbook: a sheet for what it is about, and one for each table.</summary>
internal static class XlsxReport
{
    // Of a sheet's name, and of a cell's text: Excel takes no more (https://support.microsoft.com/office/excel-specifications-and-limits).
    private const int LongestName = 31, LongestText = 32_767;

    /// <summary>Writes the workbook.</summary>
    public static void Write(Stream file, Report report)
    {
        var sheets = new Dictionary<string, object> { ["About"] = About(report).ToList() };
        foreach (var table in report.Sections.SelectMany(section => section.Tables))
            sheets.Add(Name(table.Id, sheets), Rows(table).ToList());
        file.SaveAs(sheets, configuration: new OpenXmlConfiguration { EnableWriteNullValueCell = false });
    }

    private static IEnumerable<Dictionary<string, object?>> About(Report report)
    {
        yield return Pair("Report", report.Title);
        foreach (var (name, value) in report.About) yield return Pair(name, value);
        foreach (var section in report.Sections)
        {
            foreach (var (name, value) in section.Numbers) yield return Pair($"{section.Title}: {name}", value);
            foreach (var sentence in section.Sentences) yield return Pair(section.Title, sentence);
        }

        foreach (var table in report.Sections.SelectMany(section => section.Tables))
        {
            var rows = table.Total is { } total ? $"the first {table.Rows.Count} of {total}" : $"{table.Rows.Count}";
            yield return Pair($"Sheet {table.Id}", $"{table.Caption}: {rows} rows. {table.Command}");
        }
    }

    private static IEnumerable<Dictionary<string, object?>> Rows(ReportTable table)
    {
        foreach (var row in table.Rows)
            yield return table.Columns.Zip(row).ToDictionary(pair => pair.First, pair => Cell(pair.Second));
        // A sheet without rows has no heading: it says why it is empty.
        if (table.Rows.Count == 0) yield return new() { [table.Caption] = table.Empty };
    }

    private static object? Cell(object? value) => value switch
    {
        string text => Text(text),
        DateTimeOffset time => time.UtcDateTime,
        bool flag => flag ? "yes" : "no",
        _ => value,
    };

    private static string Text(string text)
    {
        var visible = TerminalText.Visible(text);
        return visible.Length > LongestText ? visible[..LongestText] : visible;
    }

    private static string Name(string id, Dictionary<string, object> sheets)
    {
        var name = id.Length > LongestName ? id[..LongestName] : id;
        for (var n = 2; sheets.ContainsKey(name); n++) name = $"{id[..Math.Min(id.Length, LongestName - 3)]}-{n}";
        return name;
    }

    private static Dictionary<string, object?> Pair(string name, string value) => new() { ["What"] = Text(name), ["Value"] = Text(value) };
}
