using System.Globalization;
using CsvHelper;
using EntraAuditTools.Core.Text;
using EntraAuditTools.Tables;

namespace EntraAuditTools.Cli.Output;

/// <summary>
/// Records as CSV: a column a property, lists and objects as they are shown. A cell that a spreadsheet would take for a formula gets an
/// apostrophe before it: see <see cref="FormulaText"/>. Records were made visible when they were read, paths of files were not.
/// </summary>
internal static class RecordCsv
{
    /// <summary>A cell that begins or ends with a blank is quoted, so that a reader that trims what is not quoted keeps it.</summary>
    private static readonly CsvWriterOptions Options = new() { Quoting = CsvQuoting.WhenNeededOrWhitespace };

    /// <summary>Writes them as they come, below the names of their properties.</summary>
    public static void Write(TextWriter output, IReadOnlyList<string> names, IEnumerable<object> records)
    {
        using var csv = CsvWriter.Create(output, Options, leaveOpen: true);
        foreach (var name in names) csv.WriteField(name);
        csv.EndRecord();
        foreach (var record in records)
        {
            foreach (var (_, value) in RecordProperties.Of(record)) csv.WriteField(FormulaText.Harmless(TerminalText.Visible(Text(value))));
            csv.EndRecord();
        }
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        DateTimeOffset time => time.UtcDateTime.ToString("o", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
