using System.Text;
using System.Text.Json;
using EntraAuditTools.Core.Formats.Csv;

namespace EntraAuditTools.Core.Tests.Formats.Csv;

/// <summary>The danger: a file is read as one column, or a row of other length moves cells into wrong columns.</summary>
public sealed class SeparatorTests
{
    /// <summary>Who writes it so; the text; the header; the rows, cells between bars and rows between blanks.</summary>
    public static TheoryData<string, string, string, string> Files => new()
    {
        { "RFC 4180", "a,b\n1,2\n", "a|b", "1|2" },
        { "Excel where the comma is the decimal sign", "a;b\n1,5;2\n", "a|b", "1,5|2" },
        { "tabs (Excel's Unicode text)", "a\tb\n1\t2\n", "a|b", "1|2" },
        { "bars (Kusto's and some shippers')", "a|b\n1|2\n", "a|b", "1|2" },
        { "Excel's sep=", "sep=;\na;b\n1;2\n", "a|b", "1|2" },
        { "Excel's sep= saved again as a cell", "\"sep=;\"\na;b\n1;2\n", "a|b", "1|2" },
        { "sep= against what occurs most", "sep=;\na,x;b,y\n1;2\n", "a,x|b,y", "1|2" },
        { "separators within quotes don't count", "\"a;x;y\",b\n1,2\n", "a;x;y|b", "1|2" },
        { "Windows PowerShell's #TYPE (Export-Csv without -NoTypeInformation)",
            "#TYPE System.Object\n\"a\",\"b\"\n\"1\",\"2\"\n", "a|b", "1|2" },
        { "opened as one column and saved again", "\"a,b\"\n\"1,2\"\n", "a|b", "1|2" },
        { "one column", "a\n1\n2\n", "a", "1 2" },
        { "blanks around headers", " a , b \n1,2\n", "a|b", "1|2" },
        { "the header again (files joined)", "a,b\n1,2\nA,B\n3,4\n", "a|b", "1|2 3|4" },
        { "rows of separators (Excel keeps them)", "a,b\n,\n1,2\n,\n", "a|b", "1|2" },
        { "separators too many at the end", "a,b\n1,2,,\n", "a|b", "1|2||" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Columns_are_told_apart(string who, string text, string header, string rows)
    {
        using var reader = new CsvRecordReader(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        Assert.True(reader.Header.SequenceEqual(header.Split('|')), $"{who}: {string.Join('|', reader.Header)}");
        var found = new List<string>();
        while (reader.TryReadCells(out var cells)) found.Add(string.Join('|', cells));
        Assert.True(found.SequenceEqual(rows.Split(' ')), $"{who}: {string.Join(' ', found)}");
    }

    [Fact]
    public void A_row_of_other_length_is_rejected_and_its_neighbours_are_read()
    {
        // 5" in two cells: their quotes would make one row of the lines between.
        var rows = Rows("a,b,c\n1,5\" x,2\n3,4,5\n6,5\" y,7\n8,9,10\n11,12\n13,14,15\n");
        Assert.Equal(
        [
            "2 has 7 cells where the header has 3: 1,5\" x,2",
            "3 {\"a\":\"3\",\"b\":\"4\",\"c\":\"5\"}",
            "4 a quote in this row is never closed: 6,5\" y,7",
            "5 {\"a\":\"8\",\"b\":\"9\",\"c\":\"10\"}",
            "6 has 2 cells where the header has 3: 11,12", "7 {\"a\":\"13\",\"b\":\"14\",\"c\":\"15\"}",
        ], rows);
    }

    [Fact]
    public void Rows_that_were_looked_at_ahead_are_read_nevertheless_and_in_order()
    {
        const string Text = "a,b\n1,2\n3,\"4\n5\"\n6\n7,8\n9,10\n11,12\n13,14\n15,16\n17,18\n19,20\n";
        using var reader = new CsvRecordReader(new MemoryStream(Encoding.UTF8.GetBytes(Text)));
        Assert.Equal(8, reader.FirstRows().Count);
        Assert.Equal(8, reader.FirstRows().Count);
        Assert.Equal(Rows(Text), Rows(reader));
    }

    private static List<string> Rows(string text)
    {
        using var reader = new CsvRecordReader(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        return Rows(reader);
    }

    private static List<string> Rows(CsvRecordReader reader)
    {
        var rows = new List<string>();
        while (reader.TryRead(reader.Header, out var row))
        {
            rows.Add(row.Error == null ? $"{row.Line} {JsonDocument.Parse(row.Json).RootElement.GetRawText()}"
                : $"{row.Line} {row.Error}: {row.Text}");
        }

        return rows;
    }
}
