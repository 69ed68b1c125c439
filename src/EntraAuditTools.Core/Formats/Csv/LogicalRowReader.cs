using System.Globalization;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>
/// Reads a CSV's logical rows, so that a quote that is never closed costs one line and not the rest of the file.
/// </summary>
internal sealed class LogicalRowReader(LineReader lines)
{
    private const int MaxRowLines = 5_000;

    private static readonly string TooLong =
        string.Create(CultureInfo.InvariantCulture,
            $"longer than {LineReader.MaxChars:N0} characters, which no export's row is; the beginning is kept");

    private readonly LinkedList<Line> pushedBack = [];

    /// <summary>Reads the next row; null at the end. Empty lines are none.</summary>
    public LogicalRow? Read()
    {
        var first = NextLine();
        while (first is { Text.Length: 0 }) first = NextLine();
        if (first == null) return null;
        if (first.IsTooLong) return new([first], first.Text, TooLong);
        if (!IsOdd(first.Text)) return new([first], first.Text, null);

        var row = new List<Line> { first };
        var chars = first.Text.Length;
        while (chars < LineReader.MaxChars && row.Count < MaxRowLines && NextLine() is { } more)
        {
            row.Add(more);
            // Another file begins, or no row is that long: the quote before was the stray one.
            if (more.BeginsText || more.IsTooLong) break;
            chars += more.Text.Length + 1;
            if (IsOdd(more.Text)) return new(row, string.Join('\n', row.Select(line => line.Text)), null);
        }

        PushBack(row, 1);
        return new([first], first.Text, "a quote in this row is never closed");
    }

    /// <summary>Gives back all lines of a row but its first: they are rows of their own.</summary>
    public void KeepFirstLineOnly(LogicalRow row) => PushBack(row.Lines, 1);

    /// <summary>Gives a row back whole: it was only looked at.</summary>
    public void GiveBack(LogicalRow row) => PushBack(row.Lines, 0);

    private void PushBack(IReadOnlyList<Line> row, int from)
    {
        for (var i = row.Count - 1; i >= from; i--) pushedBack.AddFirst(row[i]);
    }

    private Line? NextLine()
    {
        if (pushedBack.First is not { } first) return lines.Read();
        pushedBack.RemoveFirst();
        return first.Value;
    }

    private static bool IsOdd(string line) => (line.AsSpan().Count('"') & 1) != 0;
}
