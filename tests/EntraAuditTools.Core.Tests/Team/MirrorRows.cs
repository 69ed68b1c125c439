using EntraAuditTools.Core.Mirror.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EntraAuditTools.Core.Tests.Team;

/// <summary>Every row of every table that a mirror's copies have in common, with every value and its type.</summary>
internal static class MirrorRows
{
    /// <summary>A line for each row, sorted.</summary>
    public static List<string> Of(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        var tables = new List<string>();
        using (var names = new Statement(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
            + "AND name NOT LIKE 'activity_text%' AND name <> 'meta'"))
        {
            while (names.Step()) tables.Add(names.String(0)!);
        }

        var lines = new List<string>();
        foreach (var table in tables)
        {
            using var rows = new Statement(connection, $"SELECT * FROM \"{table}\"");
            while (rows.Step()) lines.Add($"{table}: {string.Join(" ; ", Enumerable.Range(0, rows.Columns).Select(column => Value(rows, column)))}");
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Value(Statement rows, int column) => rows.TypeOf(column) switch
    {
        raw.SQLITE_NULL => "null",
        raw.SQLITE_INTEGER => rows.Number(column).ToString(System.Globalization.CultureInfo.InvariantCulture),
        raw.SQLITE_TEXT => $"'{Convert.ToHexString(rows.TextSpan(column))}'",
        _ => Convert.ToHexString(rows.TextSpan(column)),
    };
}
