using System.Buffers;
using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Queries.Sql;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Exporting;

/// <summary>
/// Rows as CSV (RFC 4180) in UTF-8: times as ISO 8601 in UTC, true and false, nothing for null. What a spreadsheet would take for a formula
/// gets an apostrophe before it (<see cref="FormulaText"/>).
/// </summary>
internal sealed class CsvRows : IRowFile
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    private readonly StreamWriter writer;

    /// <summary>Begins it with the names of the columns.</summary>
    /// <param name="file">Where to; the caller ends it.</param>
    /// <param name="columns">The columns.</param>
    public CsvRows(Stream file, IEnumerable<ViewColumn> columns)
    {
        // With the mark by which spreadsheets know UTF-8.
        writer = new(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 64 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        Write([.. columns.Select(column => column.Name)]);
    }

    /// <inheritdoc/>
    public void Write(object?[] row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            if (i > 0) writer.Write(',');
            Write(row[i]);
        }

        writer.WriteLine();
    }

    /// <inheritdoc/>
    public void End() => writer.Flush();

    /// <inheritdoc/>
    public void Dispose()
    {
        // Not flushed: what was not ended is thrown away with its file.
    }

    private void Write(object? value)
    {
        switch (value)
        {
            case string text:
                WriteText(FormulaText.Harmless(text));
                break;
            case long number:
                writer.Write(number);
                break;
            case bool flag:
                writer.Write(flag ? "true" : "false");
                break;
            case DateTime time:
                writer.Write(time.ToString(SqlParameters.TimeFormat, CultureInfo.InvariantCulture));
                break;
        }
    }

    // A cell that begins or ends with a blank is quoted too, so that a reader that trims what is not quoted keeps it; and an empty one,
    // which is not null.
    private void WriteText(string text)
    {
        if (text.Length > 0 && text[0] != ' ' && text[^1] != ' ' && text.AsSpan().IndexOfAny(Quoted) < 0)
        {
            writer.Write(text);
            return;
        }

        writer.Write('"');
        writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        writer.Write('"');
    }
}
