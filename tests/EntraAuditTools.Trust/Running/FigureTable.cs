using System.Globalization;

namespace EntraAuditTools.Trust.Running;

/// <summary>The figures of a run as a Markdown table, as docs/reliability.md has them.</summary>
internal static class FigureTable
{
    public static void Write(TextWriter output, IReadOnlyList<CampaignFigures> all)
    {
        string[][] rows =
        [
            ["campaign", "rounds", "time", "failures", "figures"],
            .. all.Select(figures => new[]
            {
                figures.Campaign.Name, Number(figures.Rounds), $"{Number((long)figures.Time.TotalSeconds)} s",
                Number(figures.Failures.Count), string.Join(", ", figures.Figures.Select(it => $"{Number(it.Value)} {it.Name}")),
            }),
        ];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            output.WriteLine("| " + string.Join(" | ", row.Select((cell, column) => cell.PadRight(widths[column]))) + " |");
            if (row == rows[0]) output.WriteLine("| " + string.Join(" | ", widths.Select(width => new string('-', width))) + " |");
        }
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
