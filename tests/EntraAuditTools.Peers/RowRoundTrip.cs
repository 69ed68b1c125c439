using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;

namespace EntraAuditTools.Peers;

/// <summary>
/// What entra-audit exports as Parquet, read by DuckDB: the columns have the types that they should have, and the same rows as the CSV, which
/// another writer makes of the same view.
/// </summary>
internal static class RowRoundTrip
{
    private static readonly string[] Kinds =
    [
        "AuditActivity", "ProvisioningLog", "SynchronizationJob", "AccessPackageCatalog", "AccessPackage", "AccessPackageAssignmentPolicy",
        "AccessPackageAssignment", "AccessPackageAssignmentRequest", "AccessPackageResourceRoleScope", "ConnectedOrganization", "User", "Group",
        "ServicePrincipal",
    ];

    /// <summary>Exports every kind of a mirror and compares; 1 where something differs.</summary>
    /// <param name="program">The path of entra-audit.dll.</param>
    /// <param name="mirror">The mirror.</param>
    public static int Run(string program, string mirror)
    {
        var folder = Directory.CreateTempSubdirectory("entra-audit-rows-");
        var isRight = true;
        try
        {
            foreach (var kind in Kinds)
            {
                var (parquet, csv) = (Path.Combine(folder.FullName, kind + ".parquet"), Path.Combine(folder.FullName, kind + ".csv"));
                foreach (var file in new[] { parquet, csv }) Export(program, mirror, kind, file);
                isRight &= Compare(kind, parquet, csv);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return isRight ? 0 : 1;
    }

    private static void Export(string program, string mirror, string kind, string file)
    {
        using var run = Process.Start("dotnet", [program, "export", file, "--kind", kind, "--mirror", mirror]);
        run.WaitForExit();
        if (run.ExitCode != 0) throw new InvalidOperationException($"entra-audit ended with {run.ExitCode}.");
    }

    private static bool Compare(string kind, string parquet, string csv)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        var types = new List<(string Name, string Type)>();
        command.CommandText = $"DESCRIBE SELECT * FROM '{parquet}'";
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read()) types.Add((rows.GetString(0), rows.GetString(1)));
        }

        // The CSV says the same in text: a time to the tenth of a microsecond, nothing for null, an apostrophe before a formula.
        var read = types.Select(column => column.Type switch
        {
            "VARCHAR" => $"coalesce(ltrim({column.Name}, ''''), '')",
            "TIMESTAMP WITH TIME ZONE" => $"epoch_us({column.Name})",
            _ => column.Name,
        });
        var written = types.Select(column => column.Type switch
        {
            "VARCHAR" => $"coalesce(ltrim({column.Name}, ''''), '')",
            "TIMESTAMP WITH TIME ZONE" => $"epoch_us(substr(nullif({column.Name}, ''), 1, 26)::TIMESTAMP)",
            _ => $"nullif({column.Name}, '')::{column.Type}",
        });
        var ofParquet = $"SELECT {string.Join(", ", read)} FROM '{parquet}'";
        var ofCsv = $"SELECT {string.Join(", ", written)} FROM read_csv('{csv}', all_varchar = true, header = true, delim = ',', "
            + "quote = '\"', escape = '\"')";
        var count = Number(command, $"SELECT count(*) FROM '{parquet}'");
        var different = Number(command,
            $"SELECT (SELECT count(*) FROM ({ofParquet} EXCEPT ALL {ofCsv})) + (SELECT count(*) FROM ({ofCsv} EXCEPT ALL {ofParquet}))");
        var known = types.TrueForAll(column => column.Type is "VARCHAR" or "BIGINT" or "BOOLEAN" or "TIMESTAMP WITH TIME ZONE");
        Console.WriteLine($"{kind}: {count:N0} rows, {types.Count} columns ({string.Join(", ", types.GroupBy(column => column.Type)
            .Select(group => $"{group.Count()} {group.Key}"))}), {different:N0} differ");
        return different == 0 && known;
    }

    private static long Number(DuckDBCommand command, string sql)
    {
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
