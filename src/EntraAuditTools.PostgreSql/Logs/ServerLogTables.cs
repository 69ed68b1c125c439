using EntraAuditTools.Core.Mirror.Tables;
using Npgsql;

namespace EntraAuditTools.PostgreSql.Logs;

/// <summary>
/// Whether the logs of a mirror are asked on its server, and the indexes that answer there: an import keeps them up to date, so whoever
/// keeps whole copies does without. Each index of a log ends in the row's number and so in the order of time, as SQLite's do.
/// </summary>
internal static class ServerLogTables
{
    private const string Flag = "asks_logs";

    /// <summary>SQL for whether they are asked there; servers that an earlier version made have no such column.</summary>
    public const string AreAsked = $"(to_jsonb(m) ->> '{Flag}') = 'true'";

    /// <summary>Whether they are asked there.</summary>
    public static bool IsAsked(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand($"SELECT {AreAsked} FROM {ServerSchema.Name}.mirror m", connection);
        return command.ExecuteScalar() is true;
    }

    /// <summary>From now on they are. As the owner of the tables, in a transaction.</summary>
    public static void Ask(NpgsqlConnection connection)
    {
        ServerSchema.Execute(connection, $"ALTER TABLE {ServerSchema.Name}.mirror ADD COLUMN IF NOT EXISTS {Flag} boolean NOT NULL DEFAULT false; "
            + $"UPDATE {ServerSchema.Name}.mirror SET {Flag} = true");
        Index(connection);
    }

    /// <summary>Makes the indexes that lack, and lets the planner look at what is there.</summary>
    public static void Index(NpgsqlConnection connection)
    {
        var sql = Indexes().Select(index => $"CREATE INDEX IF NOT EXISTS {CopyTable.Quoted(index.Name)} ON {ServerSchema.Table(index.Table)} "
            + $"({index.Columns}){index.Where};\n");
        var analyzed = string.Join(", ", Core.Mirror.Reading.LightCopy.LeftOut.Where(IsTable).Select(ServerSchema.Table));
        ServerSchema.Execute(connection, string.Concat(sql) + $"ANALYZE {analyzed}");

        // The full-text index is each machine's own.
        static bool IsTable(string table) => table != SearchIndexSchema.Table;
    }

    private static IEnumerable<(string Name, string Table, string Columns, string Where)> Indexes()
    {
        foreach (var log in LogTable.All)
        {
            foreach (var index in log.Indexes)
                yield return (index.Name, log.Name, $"{index.Column}, id", index.SkipsNull ? $" WHERE {index.Column} IS NOT NULL" : string.Empty);
            yield return ($"{log.Name}_key", log.Name, "key", string.Empty);
            yield return ($"{log.Name}_tenant", log.Name, "tenant, id", string.Empty);
            if (log.Twins is { } twins) yield return ($"{twins}_directory", twins, "directory", string.Empty);
        }

        yield return ("block_import", "block", "import", string.Empty);
    }
}
