using System.Text;

namespace EntraAuditTools.Core.Tests.Fuzzing;

/// <summary>Changes a table's cells, columns, rows and separators.</summary>
internal static class CsvMutator
{
    public static string Mutate(string csv, Random random)
    {
        var rows = Rows(csv);
        for (var i = random.Next(1, 4); i > 0; i--) Change(rows, random);
        var delimiter = random.Next(8) switch { 0 => ";", 1 => "\t", 2 => "|", _ => "," };
        var end = random.Next(6) switch { 0 => "\n", 1 => "\r", 2 => "\n\n", _ => "\r\n" };
        return string.Join(end, rows.Select(row => string.Join(delimiter, row))) + (random.Next(4) == 0 ? string.Empty : end);
    }

    private static void Change(List<List<string>> rows, Random random)
    {
        var row = rows[random.Next(rows.Count)];
        var column = row.Count == 0 ? 0 : random.Next(row.Count);
        switch (random.Next(14))
        {
            case < 5:
                if (column < row.Count) row[column] = Hostile.Cell(random);
                break;
            case 5:
                foreach (var cells in rows.Skip(1).Where(cells => column < cells.Count)) cells[column] = Hostile.Cell(random);
                break;
            case 6:
                foreach (var cells in rows.Where(cells => column < cells.Count)) cells.RemoveAt(column);
                break;
            case 7:
                foreach (var cells in rows.Where(cells => column < cells.Count)) cells.Insert(random.Next(cells.Count), cells[column]);
                break;
            case 8:
                if (column < row.Count) row.RemoveRange(column, row.Count - column);
                break;
            case 9:
                row.AddRange(Enumerable.Range(0, random.Next(1, 60)).Select(_ => Hostile.Cell(random)));
                break;
            case 10:
                rows.Insert(random.Next(rows.Count), random.Next(2) == 0 ? [] : [.. rows[0]]);
                break;
            case 11:
                rows.Add([.. row]);
                break;
            case 12:
                if (column < rows[0].Count) rows[0][column] = Hostile.Cell(random);
                break;
            default:
                foreach (var cells in rows) for (var i = 0; i < cells.Count; i++) cells[i] = cells[i].Trim('"');
                break;
        }
    }

    /// <summary>Rows of cells as they stand, quotes included.</summary>
    public static List<List<string>> Rows(string csv)
    {
        var rows = new List<List<string>> { new() };
        var cell = new StringBuilder();
        var isQuoted = false;
        foreach (var letter in csv)
        {
            if (letter == '"') isQuoted = !isQuoted;
            if (isQuoted || letter is not (',' or '\n'))
            {
                if (letter != '\r' || isQuoted) cell.Append(letter);
                continue;
            }

            rows[^1].Add(cell.ToString());
            cell.Clear();
            if (letter == '\n') rows.Add([]);
        }

        if (cell.Length > 0) rows[^1].Add(cell.ToString());
        rows.RemoveAll(row => row.Count == 0);
        return rows;
    }
}
