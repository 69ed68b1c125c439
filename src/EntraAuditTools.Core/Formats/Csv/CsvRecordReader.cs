using System.Buffers;
using System.Text.Json;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>One row of a CSV.</summary>
/// <param name="Json">An object from column to cell, empty cells left out; valid until the next row is read.</param>
/// <param name="Text">The row as it is in the file.</param>
/// <param name="Line">Line on which it begins, from 1.</param>
/// <param name="Error">Why it is no row; null when it is one.</param>
internal readonly record struct CsvRow(ReadOnlyMemory<byte> Json, string Text, long Line, string? Error)
{
    /// <summary>The cells; null when it is no row.</summary>
    public string[]? Cells { get; init; }

    /// <summary>Whether another file begins with it, that was joined to those before.</summary>
    public bool BeginsText { get; init; }
}

/// <summary>Reads the rows of a CSV export.</summary>
internal sealed class CsvRecordReader : IDisposable
{
    private const int MaxLookAhead = 8;

    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    private readonly ArrayBufferWriter<byte> json = new(4096);
    private readonly Stream utf8;
    private readonly LineReader lines;
    private readonly LogicalRowReader rows;
    private readonly Queue<LogicalRow> ahead = [];
    private Utf8JsonWriter? writer;
    private bool isWrapped;

    /// <summary>Reads the header.</summary>
    /// <param name="utf8">The text.</param>
    public CsvRecordReader(Stream utf8)
    {
        this.utf8 = utf8;
        lines = new(utf8);
        rows = new(lines);
        var first = rows.Read();
        // Windows PowerShell's Export-Csv puts the type of its objects first; Excel what separates the cells.
        if (first?.Text.TrimStart('"').StartsWith("#TYPE ", StringComparison.Ordinal) == true) first = rows.Read();
        var said = first == null ? null : SaidDelimiter(first.Text);
        if (said != null) first = rows.Read();
        Delimiter = said ?? FindDelimiter(first?.Text ?? string.Empty);
        HeaderText = first?.Text ?? string.Empty;
        Header = first == null ? [] : Clean(Cells(first.Text));
        if (Header.Count > 1 || said != null) return;

        // A CSV that a spreadsheet of another country opened as one column and saved again: each line is a cell.
        var inner = Header is [var only] ? FindDelimiter(only) : Delimiter;
        if (Header is not [var line] || !line.Contains(inner, StringComparison.Ordinal)) return;
        (isWrapped, Delimiter) = (true, inner);
        Header = Clean(CsvCells.Split(line, inner));
    }

    /// <summary>The columns' headers; those of the last file when several are joined.</summary>
    public IReadOnlyList<string> Header { get; private set; }

    /// <summary>The header as it is in the file.</summary>
    public string HeaderText { get; }

    /// <summary>What separates the cells.</summary>
    public char Delimiter { get; private set; }

    /// <summary>How many lines were in the code page of Windows.</summary>
    public long Windows1252 => lines.Windows1252;

    /// <summary>The cells of the first rows, which are read nevertheless.</summary>
    public IReadOnlyList<string[]> FirstRows()
    {
        while (ahead.Count < MaxLookAhead && rows.Read() is { } row) ahead.Enqueue(row);
        return [.. ahead.Where(row => row.Error == null).Select(row => Cells(row.Text))];
    }

    /// <summary>Reads the next row; false at the end. Rows that repeat the header or hold nothing are passed over.</summary>
    /// <param name="columns">Names for the columns, in the header's order.</param>
    /// <param name="row">The row, or one that is none with its error.</param>
    public bool TryRead(IReadOnlyList<string> columns, out CsvRow row) => TryRead(new CsvColumns(columns), out row);

    /// <summary>
    /// Reads the next row as its columns say; false at the end. Rows that repeat the header or hold nothing are passed over.
    /// </summary>
    public bool TryRead(CsvColumns columns, out CsvRow row)
    {
        while (Next() is { } next)
        {
            if (next.Error != null)
            {
                row = new(default, next.Text, next.Number, next.Error);
                return true;
            }

            var cells = Cells(next.Text);
            if (IsEmpty(cells) || IsHeader(cells)) continue;
            row = Convert(next, cells, columns);
            return true;
        }

        row = default;
        return false;
    }

    /// <summary>Reads the next row's cells and nothing else of it; false at the end. Rows that are none are passed over.</summary>
    public bool TryReadCells(out string[] cells)
    {
        while (Next() is { } next)
        {
            if (next.Error != null) continue;
            cells = Cells(next.Text);
            if (IsEmpty(cells) || IsHeader(cells)) continue;
            if (HasCount(cells, Header.Count)) return true;
            if (next.Lines.Count > 1) KeepFirstLineOnly(next);
        }

        cells = [];
        return false;
    }

    /// <summary>Takes a row for the header of those that follow: another file begins with it.</summary>
    public void TakeAsHeader(string[] cells) => Header = Clean(cells);

    /// <inheritdoc/>
    public void Dispose()
    {
        writer?.Dispose();
        utf8.Dispose();
    }

    /// <summary>The lines behind a row's first are rows of their own, before those that were looked at ahead.</summary>
    private void KeepFirstLineOnly(LogicalRow row)
    {
        foreach (var later in ahead.Reverse()) rows.GiveBack(later);
        ahead.Clear();
        rows.KeepFirstLineOnly(row);
    }

    private LogicalRow? Next() => ahead.TryDequeue(out var looked) ? looked : rows.Read();

    private CsvRow Convert(LogicalRow row, string[] cells, CsvColumns columns)
    {
        if (!HasCount(cells, columns.Count))
        {
            // A stray quote may have joined rows that are fine on their own.
            if (row.Lines.Count > 1) KeepFirstLineOnly(row);
            return new(default, row.Lines[0].Text, row.Number,
                $"has {cells.Length} cells where the header has {columns.Count}") { Cells = cells, BeginsText = row.BeginsText };
        }

        json.ResetWrittenCount();
        writer ??= new(json, Json.RecordJson.WriterOptions);
        writer.Reset();
        columns.Write(cells, writer);
        writer.Flush();
        var error = IsUnreadable(row) ? "not valid UTF-8, nor Windows-1252" : null;
        return new(json.WrittenMemory, row.Text, row.Number, error) { Cells = cells, BeginsText = row.BeginsText };
    }

    private static bool IsUnreadable(LogicalRow row)
    {
        for (var i = 0; i < row.Lines.Count; i++)
        {
            if (row.Lines[i].IsUnreadable) return true;
        }

        return false;
    }

    private string[] Cells(string row)
    {
        var cells = CsvCells.Split(row, Delimiter);
        return isWrapped && row.StartsWith('"') ? CsvCells.Split(CsvCells.Split(row, '\0')[0], Delimiter) : cells;
    }

    private bool IsHeader(string[] cells)
    {
        if (cells.Length < Header.Count || !Trim(cells[0]).Equals(Header[0], StringComparison.OrdinalIgnoreCase)) return false;
        for (var i = 1; i < Header.Count; i++)
        {
            if (!Trim(cells[i]).Equals(Header[i], StringComparison.OrdinalIgnoreCase)) return false;
        }

        return true;
    }

    private static bool IsEmpty(string[] cells) => cells.AsSpan().IndexOfAnyExcept(string.Empty) < 0;

    private static string[] Clean(string[] cells) => [.. cells.Select(Trim)];

    private static string Trim(string header) => header.Trim().Trim('\ufeff', '\u200b').Trim();

    private static bool HasCount(string[] cells, int count) =>
        cells.Length == count || (cells.Length > count && cells.AsSpan(count).IndexOfAnyExcept(string.Empty) < 0);

    /// <summary>Excel's <c>sep=;</c>, also as a cell of its own.</summary>
    private static char? SaidDelimiter(string line)
    {
        var text = line.Trim('"', ' ');
        return text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length <= 6 ? text.Length > 4 ? text[4] : '\t' : null;
    }

    /// <summary>
    /// What occurs most in the header, outside quotes: spreadsheets of some countries save with semicolons, some tools with tabs.
    /// </summary>
    private static char FindDelimiter(string header)
    {
        Span<int> counts = stackalloc int[Delimiters.Length];
        var isQuoted = false;
        foreach (var c in header)
        {
            if (c == '"') isQuoted = !isQuoted;
            else if (!isQuoted && Array.IndexOf(Delimiters, c) is >= 0 and var index) counts[index]++;
        }

        var best = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            if (counts[i] > counts[best]) best = i;
        }

        return Delimiters[best];
    }
}
