using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Upkeep.Checking;
using Microsoft.Data.Sqlite;

namespace EntraAuditTools.Core.Upkeep.Moving;

/// <summary>
/// Compares every row of two mirrors of one version with every value and its type: all but what each keeps of itself, and the full-text
/// index, which is made of the rows.
/// </summary>
internal static class EveryRow
{
    /// <summary>The first difference, in words; null when there is none.</summary>
    /// <param name="left">Full path of a mirror.</param>
    /// <param name="right">Full path of another.</param>
    /// <param name="cancel">Stops it.</param>
    public static string? Difference(string left, string right, CancellationToken cancel)
    {
        using var one = MirrorFile.OpenForLookups(left);
        using var other = MirrorFile.OpenForLookups(right);
        var digest = new ContentDigest(one, other, cancel);
        var parts = Parts(one);
        if (!parts.Select(part => part.Name).SequenceEqual(Parts(other).Select(part => part.Name))) return "they have other tables";
        foreach (var part in parts)
        {
            if (digest.Compare(part) is { } difference)
            {
                return FormattableString.Invariant(
                    $"of the table '{part.Name}', {difference.Wrong:N0} rows are only in the one and {difference.Missing:N0} only in the other");
            }
        }

        return null;
    }

    private static List<ContentPart> Parts(SqliteConnection mirror)
    {
        var columns = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        using var rows = new Statement(mirror, $"""
            SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
            WHERE t.type = 'table' AND t.name <> 'meta' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'
                AND t.name NOT LIKE '{SearchIndexSchema.Table}%'
            ORDER BY 1, 2
            """);
        while (rows.Step())
        {
            if (!columns.TryGetValue(rows.String(0)!, out var of)) columns[rows.String(0)!] = of = [];
            of.Add($"\"{rows.String(1)}\"");
        }

        return [.. columns.Select(table => new ContentPart(table.Key, table.Key, "NULL",
            string.Join(", ", table.Value.Select(column => $"{column}, typeof({column})")), $"\"{table.Key}\""))];
    }
}
