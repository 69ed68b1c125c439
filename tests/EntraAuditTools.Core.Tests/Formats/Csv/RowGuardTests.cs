using System.Text;
using EntraAuditTools.Core.Formats.Csv;

namespace EntraAuditTools.Core.Tests.Formats.Csv;

/// <summary>
/// The danger: a quote that is never closed takes the rest of a file as one cell, which RFC 4180 §2.6 allows ("fields containing line
/// breaks"). So a row goes on in the next line only as long as it can be one.
/// </summary>
public sealed class RowGuardTests
{
    private const string NeverClosed = "a quote in this row is never closed";
    private const int MostLines = 5_000;
    private const int MostChars = 4 * 1024 * 1024;

    /// <summary>
    /// What it is; the text; its rows, between bars: each as its first line's number, its text, and ! for one that is none.
    /// </summary>
    public static TheoryData<string, string, string> Texts => new()
    {
        { "RFC 4180 §2.1: each record on a line", "a,b\r\nc,d\r\n", "1 a,b|2 c,d" },
        { "RFC 4180 §2.2: the last may have no end", "a,b\nc,d", "1 a,b|2 c,d" },
        { "empty lines are no rows", "\n\na\n\n\nb\n\n", "3 a|6 b" },
        { "RFC 4180 §2.6: a line break in quotes", "a,\"b\r\nc\",d\r\ne,f\r\n", "1 a,\"b\nc\",d|3 e,f" },
        { "an empty line in quotes", "\"a\n\nb\"\nc", "1 \"a\n\nb\"|4 c" },
        { "doubled quotes close nothing", "\"a\"\"b\",c\nd", "1 \"a\"\"b\",c|2 d" },
        { "doubled quotes over a line break", "\"a\"\"\n\"\"b\",c\nd", "1 \"a\"\"\n\"\"b\",c|3 d" },
        { "a stray quote costs its row", "a,5\" disk\nb,c\nd,e", "1 !a,5\" disk|2 b,c|3 d,e" },
        { "a stray quote in the last line", "a,b\nc,\"d", "1 a,b|2 !c,\"d" },
        // Which of the two was the stray one does not show in the quotes: the number of cells shows it, a step later.
        { "two stray quotes make one row of all lines between", "a,5\" x\nb,c\nd,5\" y\ne,f", "1 a,5\" x\nb,c\nd,5\" y|4 e,f" },
        { "a stray quote before a file that was joined", "a,5\" x\nb,c\n\ufeffh,\"i\"\nd,\"e\"", "1 !a,5\" x|2 b,c|3 h,\"i\"|4 d,\"e\"" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_row_ends_where_its_quotes_are_closed(string what, string text, string rows) =>
        Assert.True(Rows(text) == rows, $"{what}: {Rows(text)}");

    [Fact]
    public void No_row_has_more_lines_than_any_export_writes()
    {
        var lines = string.Join('\n', Enumerable.Repeat("x,y", MostLines - 2));
        Assert.Equal($"1 a,\"b\n{lines}\nc\"|{MostLines + 1} d", Rows($"a,\"b\n{lines}\nc\"\nd"));
        Assert.StartsWith("1 !a,\"b|2 x,y|", Rows($"a,\"b\n{lines}\nx\nc\"\nd"), StringComparison.Ordinal);
    }

    [Fact]
    public void No_row_is_longer_than_any_export_writes()
    {
        var half = new string('x', MostChars / 2);
        Assert.Equal(2, All($"\"{half}\n{half[..^10]}\"\nb").Count);
        Assert.Equal([NeverClosed, null, NeverClosed, null], All($"\"{half}\n{half}\n{half}\"\nb").Select(row => row.Error));
        var over = All($"a\n{new string('y', MostChars + 1)}\nb");
        Assert.Equal(["a", new string('y', MostChars), "b"], over.Select(row => row.Text));
        Assert.StartsWith("longer than 4,194,304 characters", over[1].Error, StringComparison.Ordinal);
        Assert.Equal(MostChars, Assert.Single(All(new string('y', MostChars))).Text.Length);
        Assert.Null(Assert.Single(All(new string('y', MostChars))).Error);
    }

    [Fact]
    public void What_is_given_back_is_read_again_in_its_order()
    {
        var rows = new LogicalRowReader(Lines("\"a\nb\"\nc\n"));
        var first = rows.Read()!;
        rows.KeepFirstLineOnly(first);
        Assert.Equal((NeverClosed, 2L), (rows.Read()!.Error, first.Lines[1].Number));
        rows = new LogicalRowReader(Lines("\"a\nb\"\nc\n"));
        first = rows.Read()!;
        var second = rows.Read()!;
        rows.GiveBack(second);
        rows.GiveBack(first);
        Assert.Equal(("\"a\nb\"", "c"), (rows.Read()!.Text, rows.Read()!.Text));
        Assert.Null(rows.Read());
    }

    private static string Rows(string text) =>
        string.Join('|', All(text).Select(row => $"{row.Number} {(row.Error == null ? string.Empty : "!")}{row.Text}"));

    private static List<LogicalRow> All(string text)
    {
        var rows = new LogicalRowReader(Lines(text));
        var all = new List<LogicalRow>();
        while (rows.Read() is { } row) all.Add(row);
        return all;
    }

    private static LineReader Lines(string text) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
