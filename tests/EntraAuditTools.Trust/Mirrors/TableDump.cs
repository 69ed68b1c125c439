namespace EntraAuditTools.Trust.Mirrors;

/// <summary>Every row of every table of a mirror, column by column, as text.</summary>
internal static class TableDump
{
    public static IReadOnlyList<string> Of(string mirror)
    {
        var lines = new List<string>();
        foreach (var table in MirrorCheck.Texts(mirror, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"))
        {
            var columns = MirrorCheck.Texts(mirror, $"SELECT name FROM pragma_table_info('{table}')");
            var row = string.Join(" || '|' || ", columns.Select(column => $"quote({column})"));
            lines.Add(table);
            lines.AddRange(MirrorCheck.Texts(mirror, $"SELECT {row} FROM {table} ORDER BY 1"));
        }

        return lines;
    }
}
