using DuckDB.NET.Data;

namespace EntraAuditTools.Peers;

/// <summary>DuckDB, in a process of its own as everybody else.</summary>
internal static class DuckDbImport
{
    /// <summary>Runs one of the scripts in Sql.</summary>
    /// <param name="script">Its name.</param>
    /// <param name="file">The export.</param>
    /// <param name="database">The database, which is made.</param>
    public static int Run(string script, string file, string database)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Sql");
        var sql = File.ReadAllText(Path.Combine(folder, script + ".sql"))
            .Replace("{columns}", File.ReadAllText(Path.Combine(folder, "columns.sql")), StringComparison.Ordinal)
            .Replace("{file}", file.Replace("'", "''", StringComparison.Ordinal), StringComparison.Ordinal);
        using var connection = new DuckDBConnection($"Data Source={database}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        command.CommandText = "SELECT count(*) FROM activity";
        Console.WriteLine(command.ExecuteScalar());
        return 0;
    }
}
