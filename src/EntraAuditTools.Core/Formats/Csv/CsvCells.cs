using System.Text;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>
/// Splits a row into its cells (RFC 4180). A quote within a cell that does not begin with one is a character like others.
/// </summary>
internal static class CsvCells
{
    private const int MostKept = 1024;

    // Downloads have a hundred columns: a list that grows with each row is most of what a row allocates.
    [ThreadStatic]
    private static List<string>? found;

    public static string[] Split(string row, char delimiter)
    {
        var cells = found ??= new(128);
        cells.Clear();
        var at = 0;
        while (true)
        {
            cells.Add(at < row.Length && row[at] == '"' ? Quoted(row, delimiter, ref at) : Plain(row, delimiter, ref at));
            if (at >= row.Length) break;
            at++;
            if (at < row.Length) continue;
            cells.Add(string.Empty);
            break;
        }

        if (cells.Count > MostKept) found = null;
        return [.. cells];
    }

    private static string Plain(string row, char delimiter, ref int at)
    {
        var from = at;
        var end = row.IndexOf(delimiter, at);
        at = end < 0 ? row.Length : end;
        return row[from..at];
    }

    private static string Quoted(string row, char delimiter, ref int at)
    {
        var from = ++at;
        var quote = row.IndexOf('"', at);
        if (quote >= 0 && (quote + 1 == row.Length || row[quote + 1] == delimiter))
        {
            at = quote + 1;
            return row[from..quote];
        }

        var cell = new StringBuilder();
        while (quote >= 0)
        {
            cell.Append(row, at, quote - at);
            at = quote + 1;
            if (at == row.Length || row[at] != '"') break;
            cell.Append('"');
            at++;
            quote = row.IndexOf('"', at);
        }

        if (quote < 0)
        {
            cell.Append(row, at, row.Length - at);
            at = row.Length;
            return cell.ToString();
        }

        // Text between the closing quote and the next delimiter belongs to the cell.
        return cell.Append(Plain(row, delimiter, ref at)).ToString();
    }
}
