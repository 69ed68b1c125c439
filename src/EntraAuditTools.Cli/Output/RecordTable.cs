using EntraAuditTools.PowerShell.Views.Declaring;
using EntraAuditTools.Tables;

namespace EntraAuditTools.Cli.Output;

/// <summary>
/// Records as a table of the module's view: columns as wide as they need to be, narrowed to the screen. What still does not fit is wrapped
/// where the view wraps, else cut. Rows are written as they come, in parts; the first part decides the widths.
/// </summary>
internal sealed class RecordTable
{
    private const int Gap = 2, RowsOfPart = 500, LeastWidth = 8;

    private readonly TextWriter output;
    private readonly RecordView view;
    private readonly int screen;
    private int[]? widths;
    private object? group;
    private bool isFirst = true;

    /// <summary>Begins a table.</summary>
    public RecordTable(TextWriter output, RecordView view, int screen)
    {
        this.output = output;
        this.view = view;
        this.screen = screen;
    }

    /// <summary>Writes records.</summary>
    public void Write(IEnumerable<object> records)
    {
        foreach (var part in records.Chunk(RowsOfPart))
        {
            var rows = part.Select(record => (Record: record, Cells: Cells(record))).ToList();
            widths ??= Widths([.. rows.Select(row => row.Cells)]);
            foreach (var (record, cells) in rows) Write(record, cells);
        }
    }

    private string[][] Cells(object record) => [.. view.Parts.Select(column => Lines(RecordView.Show(column, record)))];

    private void Write(object record, string[][] cells)
    {
        if (view.Heading is { } heading)
        {
            var value = heading.Value(System.Management.Automation.PSObject.AsPSObject(record))?.ToString();
            if (isFirst || !Equals(value, group)) WriteGroup(heading, record);
            group = value;
        }
        else if (isFirst)
        {
            WriteHeader();
        }

        isFirst = false;
        var fitted = cells.Select((lines, i) => lines.SelectMany(line => Fit(line, widths![i])).ToArray()).ToArray();
        for (var line = 0; line < fitted.Max(cell => cell.Length); line++)
            WriteLine(i => line < fitted[i].Length ? fitted[i][line] : string.Empty, null);
    }

    private void WriteGroup(ViewHeading heading, object record)
    {
        if (!isFirst) output.WriteLine();
        output.WriteLine(heading.Text(System.Management.Automation.PSObject.AsPSObject(record)).TrimEnd('\n'));
        output.WriteLine();
        WriteHeader();
    }

    private void WriteHeader()
    {
        WriteLine(i => Cut(view.Parts[i].Label, widths![i]), Screen.Bold);
        if (Screen.Bold is null) WriteLine(i => new string('-', Math.Min(view.Parts[i].Label.Length, widths![i])), null);
    }

    private void WriteLine(Func<int, string> cell, string? style)
    {
        var line = new System.Text.StringBuilder();
        for (var i = 0; i < view.Parts.Count; i++)
        {
            var text = cell(i);
            var blanks = new string(' ', Math.Max(0, widths![i] - AnsiText.Length(text)));
            line.Append(view.Parts[i].IsRight ? blanks + text : text + blanks).Append(' ', Gap);
        }

        var whole = line.ToString().TrimEnd();
        output.WriteLine(style is null ? whole : style + whole + AnsiText.Reset);
    }

    /// <summary>
    /// As wide as what stands in them; where that is too much, columns lose in turn: first those that are wider than the view has them,
    /// the widest first.
    /// </summary>
    private int[] Widths(IReadOnlyList<string[][]> rows)
    {
        var natural = view.Parts.Select((part, i) =>
            rows.SelectMany(row => row[i]).Select(AnsiText.Length).Append(part.Label.Length).Max()).ToArray();
        var least = view.Parts.Select((part, i) => Math.Min(natural[i], part.Width ?? Math.Max(LeastWidth, part.Label.Length))).ToArray();
        var excess = natural.Sum() + (Gap * (natural.Length - 1)) - screen;
        foreach (var floor in new[] { least, [.. least.Select(_ => 1)] })
        {
            for (; excess > 0; excess--)
            {
                var widest = Enumerable.Range(0, natural.Length).Where(i => natural[i] > floor[i]).OrderByDescending(i => natural[i])
                    .Select(i => (int?)i).FirstOrDefault();
                if (widest is not { } column) break;
                natural[column]--;
            }
        }

        return natural;
    }

    private static string[] Lines(string text) => text.Split('\n');

    private IEnumerable<string> Fit(string text, int width) => AnsiText.Length(text) <= width ? [text]
        : view.Wraps ? AnsiText.Wrap(AnsiText.Plain(text), width) : [Cut(AnsiText.Plain(text), width)];

    private static string Cut(string text, int width) => new Column(string.Empty).Fit(text, width);
}
