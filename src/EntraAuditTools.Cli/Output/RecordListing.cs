using System.Management.Automation;
using EntraAuditTools.Tables;

namespace EntraAuditTools.Cli.Output;

/// <summary>Records as lists of the module's view: an item a line.</summary>
internal static class RecordListing
{
    /// <summary>Writes them, a blank line between two.</summary>
    public static void Write(TextWriter output, RecordView view, IEnumerable<object> records)
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
                var lines = RecordView.Show(part, record).Split('\n');
                output.WriteLine($"{part.Label.PadRight(width)} : {lines[0]}".TrimEnd());
                foreach (var line in lines.Skip(1)) output.WriteLine(new string(' ', width + 3) + line);
            }
        }
    }

    private static bool IsThere(object? value) => value is not (null or false or "");
}
