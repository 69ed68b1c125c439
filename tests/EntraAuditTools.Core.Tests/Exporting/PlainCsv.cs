using System.Text;

namespace EntraAuditTools.Core.Tests.Exporting;

/// <summary>Reads CSV as RFC 4180 has it, independently of what writes it.</summary>
internal static class PlainCsv
{
    /// <summary>Its rows, the names of the columns first.</summary>
    public static List<List<string>> Read(string file)
    {
        var text = File.ReadAllText(file);
        var (rows, row, cell, isQuoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted)
            {
                if (c != '"') cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[++i]);
                else isQuoted = false;
                continue;
            }

            if (c == '"')
            {
                isQuoted = true;
            }
            else if (c is ',' or '\r')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (c == ',') continue;
                Assert.Equal('\n', text[++i]);
                rows.Add(row);
                row = [];
            }
            else
            {
                cell.Append(c);
            }
        }

        Assert.True(cell.Length == 0 && row.Count == 0, "The last row has no end.");
        Assert.All(rows, it => Assert.Equal(rows[0].Count, it.Count));
        return rows;
    }

    /// <summary>The values of one column.</summary>
    public static List<string> Column(string file, string name)
    {
        var rows = Read(file);
        return [.. rows.Skip(1).Select(row => row[rows[0].IndexOf(name)])];
    }
}
