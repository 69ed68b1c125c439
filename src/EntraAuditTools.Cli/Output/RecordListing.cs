using System.Management.Automation;
using EntraAuditTools.Tables;

namespace EntraAuditTools.Cli.Output;

/// <summary>Records as lists of the module's view: an item a line.</summary>
internal static class RecordListing
{
    private const int LeastWidth = 20;
    private const string Divider = " : ";

    /// <summary>Writes them, a blank line between two.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="view">The list.</param>
    /// <param name="screen">Columns of the screen; null where lines are not broken.</param>
    /// <param name="records">The records.</param>
    public static void Write(TextWriter output, RecordView view, int? screen, IEnumerable<object> records)
    {
        var isFirst = true;
        foreach (var record in records)
        {
            if (!isFirst) output.WriteLine();
            isFirst = false;
            var parts = view.Parts.Where(part => part.When is null || IsThere(part.When(PSObject.AsPSObject(record)))).ToList();
            var width = parts.Max(part => part.Label.Length);
            foreach (var part in parts)
            {
                var room = Math.Max(LeastWidth, (screen ?? int.MaxValue) - width - Divider.Length);
                var lines = RecordView.Show(part, record).Split('\n').SelectMany(line => Fit(line, room)).DefaultIfEmpty(string.Empty);
                var before = part.Label.PadRight(width) + Divider;
                foreach (var line in lines)
                {
                    output.WriteLine((before + line).TrimEnd());
                    before = new string(' ', before.Length);
                }
            }
        }
    }

    private static IEnumerable<string> Fit(string line, int room) =>
        AnsiText.Length(line) <= room ? [line] : AnsiText.Wrap(AnsiText.Plain(line), room);

    private static bool IsThere(object? value) => value is not (null or false or "");
}
