using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>One row of a CSV as an object from column to cell, empty cells left out.</summary>
/// <param name="Json">The object; valid until the next row is read.</param>
/// <param name="Text">The row as it stands in the file.</param>
/// <param name="Line">Line on which it begins, from 1.</param>
/// <param name="Error">Why it is no row; null when it is one.</param>
internal readonly record struct CsvRow(ReadOnlyMemory<byte> Json, string Text, long Line, string? Error);

/// <summary>Reads the rows of a CSV export.</summary>
internal sealed class CsvRecordReader : IDisposable
{
    private const char Replacement = '\ufffd';

    private static readonly char[] Delimiters = [',', ';', '\t'];

    private readonly ArrayBufferWriter<byte> json = new(4096);
    private readonly LogicalRowReader rows;
    private readonly CsvParser parser;

    /// <summary>Reads the header.</summary>
    /// <param name="utf8">The text.</param>
    public CsvRecordReader(Stream utf8)
    {
        var reader = new StreamReader(utf8, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, bufferSize: 64 * 1024);
        rows = new LogicalRowReader(reader);
        Delimiter = FindDelimiter(rows);
        parser = new CsvParser(rows, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = Delimiter.ToString(), BadDataFound = null, Mode = CsvMode.RFC4180, BufferSize = 64 * 1024 });
        Header = parser.Read() ? [.. parser.Record!] : [];
        HeaderText = rows.RowText;
        // Windows PowerShell's Export-Csv puts the type of its objects first.
        if (Header is [var first, ..] && first.StartsWith("#TYPE ", StringComparison.Ordinal))
        {
            Header = parser.Read() ? [.. parser.Record!] : [];
            HeaderText = rows.RowText;
        }
    }

    /// <summary>The columns' headers.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The header as it stands in the file.</summary>
    public string HeaderText { get; }

    /// <summary>What separates the cells.</summary>
    public char Delimiter { get; }

    /// <summary>Reads the next row; false at the end.</summary>
    /// <param name="columns">Names for the columns, in the header's order.</param>
    /// <param name="row">The row, or one that is none with its error.</param>
    public bool TryRead(IReadOnlyList<string> columns, out CsvRow row)
    {
        if (rows.Unclosed.Count == 0 && parser.Read())
        {
            row = Convert(columns);
            return true;
        }

        var more = rows.Unclosed.TryDequeue(out var unclosed);
        row = more ? new(default, unclosed.Text, unclosed.Line, "a quote in this row is never closed") : default;
        return more;
    }

    /// <summary>Reads the next row's cells and nothing else of it; false at the end. Rows that are none are passed over.</summary>
    public bool TryReadCells(out string[] cells)
    {
        while (parser.Read())
        {
            cells = parser.Record!;
            if (HasCount(cells, Header.Count)) return true;
            if (rows.SpansLines) rows.KeepFirstLineOnly();
        }

        cells = [];
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        parser.Dispose();
        rows.Dispose();
    }

    private CsvRow Convert(IReadOnlyList<string> columns)
    {
        var cells = parser.Record!;
        var line = rows.RowLine;
        if (!HasCount(cells, columns.Count))
        {
            // A stray quote may have joined rows that are fine on their own.
            if (rows.SpansLines) rows.KeepFirstLineOnly();
            return new(default, rows.RowText, line, $"has {cells.Length} cells where the header has {columns.Count}");
        }

        json.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(json, Json.RecordJson.WriterOptions))
        {
            writer.WriteStartObject();
            for (var i = 0; i < columns.Count; i++)
            {
                if (cells[i].Length == 0) continue;
                if (cells[i].Contains(Replacement, StringComparison.Ordinal)) return new(default, rows.RowText, line, $"not valid UTF-8 in column {columns[i]}");
                writer.WriteString(columns[i], cells[i]);
            }

            writer.WriteEndObject();
        }

        return new(json.WrittenMemory, rows.RowText, line, null);
    }

    private static bool HasCount(string[] cells, int count) => cells.Length == count || (cells.Length > count && cells.AsSpan(count).IndexOfAnyExcept(string.Empty) < 0);

    /// <summary>What occurs most in the header: spreadsheets of some countries save with semicolons, some tools with tabs.</summary>
    private static char FindDelimiter(LogicalRowReader rows)
    {
        rows.Peek();
        var header = rows.RowText;
        return Delimiters.MaxBy(c => header.Count(h => h == c));
    }
}
