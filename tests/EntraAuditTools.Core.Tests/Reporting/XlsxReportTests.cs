using System.IO.Compression;
using System.Xml.Linq;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Reporting;
using EntraAuditTools.Core.Reporting.Content;
using EntraAuditTools.Core.Tests.Entitlement;
using EntraAuditTools.Core.Tests.Importing;
using EntraAuditTools.Core.Tests.Queries;

namespace EntraAuditTools.Core.Tests.Reporting;

/// <summary>The workbook, read as the XML that it is made of (ECMA-376).</summary>
public sealed class XlsxReportTests(SampleEntitlement sample) : IClassFixture<SampleEntitlement>
{
    private static readonly XNamespace Sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Fact]
    public void A_workbook_has_a_sheet_for_each_table_with_its_rows_typed()
    {
        using var folder = new TestMirror();
        var path = Path.Combine(folder.Folder, "report.xlsx");
        var report = sample.Ask(reader =>
        {
            ReportFile.Write(reader, path, new() { Now = SampleEntitlement.End });
            return new[] { ReportBuilder.Build(reader, new() { Now = SampleEntitlement.End }) };
        })[0];

        using var book = ZipFile.OpenRead(path);
        var names = Xml(book, "xl/workbook.xml").Descendants(Sheet + "sheet").Select(sheet => (string)sheet.Attribute("name")!).ToList();
        var tables = report.Sections.SelectMany(section => section.Tables).ToList();
        Assert.Equal(["About", .. tables.Select(table => table.Id)], names);
        for (var i = 0; i < tables.Count; i++)
        {
            var rows = Xml(book, $"xl/worksheets/sheet{i + 2}.xml").Descendants(Sheet + "row").ToList();
            Assert.Equal(Math.Max(1, tables[i].Rows.Count) + 1, rows.Count);
        }

        var actors = Xml(book, $"xl/worksheets/sheet{2 + tables.FindIndex(table => table.Id == "actors")}.xml").Descendants(Sheet + "row").ElementAt(1);
        var counts = actors.Elements().ElementAt(1);
        Assert.Equal($"{tables.Single(table => table.Id == "actors").Rows[0][1]}", counts.Element(Sheet + "v")!.Value);
        Assert.NotEqual("str", (string?)counts.Attribute("t"));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"https://contoso.example\",\"x\")")]
    [InlineData("=1+1")]
    [InlineData("+cmd|' /C calc'!A0")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("<c><f>1</f></c>&\u0001\uFFFF")]
    public void What_others_wrote_is_no_formula(string text)
    {
        using var mirror = new TestMirror();
        mirror.Import(mirror.Write("a.json", System.Text.Encoding.UTF8.GetBytes(Event.All([new Event("a", "2026-10-01T08:00:00Z", text)]))));
        var path = Path.Combine(mirror.Folder, "report.xlsx");
        using (var reader = MirrorReader.Open(mirror.Path)) ReportFile.Write(reader, path, new() { Title = text });

        using var book = ZipFile.OpenRead(path);
        foreach (var entry in book.Entries.Where(entry => entry.FullName.EndsWith(".xml", StringComparison.Ordinal)))
            Assert.Empty(Xml(book, entry.FullName).Descendants(Sheet + "f"));
        Assert.DoesNotContain(book.Entries, entry => entry.FullName.Contains("externalLink", StringComparison.Ordinal));
        var titles = Xml(book, "xl/worksheets/sheet1.xml").Descendants(Sheet + "row").ElementAt(1).Elements().ElementAt(1);
        Assert.Contains((string?)titles.Attribute("t"), new[] { "str", "inlineStr", "s" });
    }

    private static XDocument Xml(ZipArchive book, string name)
    {
        using var stream = book.GetEntry(name)!.Open();
        return XDocument.Load(stream);
    }
}
