using EntraAuditTools.Core.Formats.Csv;

namespace EntraAuditTools.Core.Tests.Formats.Csv;

/// <summary>
/// The danger: a separator or quote within a cell moves all cells behind it into other columns. Source of most rows: RFC 4180 §2.
/// </summary>
public sealed class CellTests
{
    /// <summary>The rule; the row; its cells, between bars.</summary>
    public static TheoryData<string, string, string> Rows => new()
    {
        { "4: fields are separated by commas", "aaa,bbb,ccc", "aaa|bbb|ccc" },
        { "4: spaces are part of a field", " a , b ", " a | b " },
        { "5: each field may or may not be enclosed in double quotes", "\"aaa\",\"bbb\",ccc", "aaa|bbb|ccc" },
        { "6: fields with commas should be enclosed", "\"a,a\",b", "a,a|b" },
        { "6: fields with line breaks should be enclosed", "\"a\nb\",c", "a\nb|c" },
        { "7: a double quote is escaped by another", "\"aaa\",\"b\"\"bb\",\"ccc\"", "aaa|b\"bb|ccc" },
        { "7: a field of one quote", "\"\"\"\",b", "\"|b" },
        { "7: JSON in a field", "\"{\"\"a\"\":\"\"b,c\"\"}\",d", "{\"a\":\"b,c\"}|d" },
        { "5: an empty field in quotes", "\"\",b,\"\"", "|b|" },
        { "empty fields", ",,", "||" },
        { "one empty field", "", "" },
        { "one field", "a", "a" },
        { "a separator at the end begins another field", "a,", "a|" },
        { "a separator at the end behind quotes", "\"a\",", "a|" },
        // 5: "If fields are not enclosed with double quotes, then double quotes may not appear inside the fields": such files exist.
        { "a quote within a field that has none around it is a character", "5\" disk,b", "5\" disk|b" },
        { "quotes around a word of a field are characters", "say \"a\",b", "say \"a\"|b" },
        { "what stands behind a closing quote belongs to the field", "\"a\"b,c", "ab|c" },
        { "a quote that is never closed takes the rest", "a,\"b,c", "a|b,c" },
        { "a doubled quote that is never closed", "a,\"b\"\",c", "a|b\",c" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_is_split_into_its_cells(string rule, string row, string cells)
    {
        Assert.True(CsvCells.Split(row, ',').SequenceEqual(cells.Split('|')), rule);
        // Other separators (spreadsheets of other countries) are treated alike.
        Assert.True(CsvCells.Split(row.Replace(',', '\t'), '\t').SequenceEqual(cells.Replace(',', '\t').Split('|')), rule);
    }

    [Fact]
    public void Whatever_is_written_by_the_rules_is_read_as_it_was()
    {
        var random = new Random(4180);
        for (var round = 0; round < 5_000; round++)
        {
            var cells = Enumerable.Range(0, 1 + random.Next(5))
                .Select(_ => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => "a,\"; \n'é"[random.Next(8)]))).ToArray();
            var row = string.Join(',', cells.Select(cell => cell.AsSpan().IndexOfAny(",\"\n") >= 0 || random.Next(3) == 0
                ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell));
            Assert.Equal(cells, CsvCells.Split(row, ','));
        }
    }
}
