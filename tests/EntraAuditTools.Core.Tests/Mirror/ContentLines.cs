using System.Globalization;
using EntraAuditTools.Core.Upkeep.Checking;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Tests.Mirror;

/// <summary>All that questions can find in a mirror (<see cref="MirrorContent"/>), as lines in an order of their own.</summary>
internal static class ContentLines
{
    /// <summary>The lines of a mirror.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="without">Parts to leave out.</param>
    public static List<string> Of(string path, params string[] without)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        var lines = new List<string>();
        foreach (var part in MirrorContent.Parts.Where(part => !without.Contains(part.Name)))
        {
            using var command = connection.CreateCommand();
            command.CommandText = part.Sql(withPlaces: false);
            using var rows = command.ExecuteReader();
            var found = new List<string>();
            while (rows.Read())
            {
                var values = Enumerable.Range(1, rows.FieldCount - 1).Select(i => Convert.ToString(rows.GetValue(i), CultureInfo.InvariantCulture));
                found.Add($"{part.Name}: {string.Join(" ; ", values)}");
            }

            found.Sort(StringComparer.Ordinal);
            lines.AddRange(found);
        }

        return lines;
    }
}
