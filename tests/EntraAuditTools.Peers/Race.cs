using System.Globalization;

namespace EntraAuditTools.Peers;

/// <summary>Imports of the same file in turn, round after round, and the ratios of what they took.</summary>
internal static class Race
{
    /// <summary>Somebody who imports.</summary>
    /// <param name="Name">What it is called.</param>
    /// <param name="Command">The command for an export and the database that is made.</param>
    private sealed record Peer(string Name, Func<string, string, string[]> Command)
    {
        public List<Taken> Runs { get; } = [];

        public List<double> Sizes { get; } = [];
    }

    /// <summary>Runs it and prints a table for JSON and one for the portal's CSV.</summary>
    /// <param name="records">How many records are generated.</param>
    /// <param name="rounds">How many rounds.</param>
    /// <param name="given">A file of JSON to import in place of generated ones; null for none.</param>
    public static int Run(int records, int rounds, string? given)
    {
        var folder = Directory.CreateTempSubdirectory("entra-audit-peers-").FullName;
        try
        {
            var file = given ?? Generate("generate", Path.Combine(folder, "export.jsonl"), records);
            Run(file, rounds, OfJson(), folder);
            if (given == null) Run(Generate("generate-csv", Path.Combine(folder, "export.csv"), records), rounds, OfCsv(), folder);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Run(string file, int rounds, (List<Peer> Peers, List<string> Missing) race, string folder)
    {
        var megabytes = new FileInfo(file).Length / 1e6;
        Console.WriteLine($"{Path.GetExtension(file)}: {megabytes:N0} MB, {Environment.ProcessorCount} processors, {rounds} rounds in turn; "
            + "ratios to the first of the same round.\n");
        for (var round = 0; round < rounds; round++)
        {
            foreach (var peer in race.Peers) Import(peer, file, Path.Combine(folder, "database"));
        }

        Print(race.Peers, megabytes);
        foreach (var name in race.Missing) Console.WriteLine($"Not on this machine: {name}.");
        Console.WriteLine();
    }

    private static string Generate(string what, string file, int records)
    {
        Measure.Of("dotnet", Program("EntraAuditTools.Benchmarks"), what, file, records.ToString(CultureInfo.InvariantCulture));
        return file;
    }

    private static Peer Ours() =>
        new("entra-audit import",
            (file, database) => ["dotnet", Program("EntraAuditTools.Cli", "entra-audit"), "import", file, "--mirror", database]);

    private static (List<Peer> Peers, List<string> Missing) OfJson()
    {
        var self = typeof(Race).Assembly.Location;
        List<Peer> peers =
        [
            Ours(),
            new("DuckDB, key and two indexes", (file, database) => ["dotnet", self, "duckdb", "equal", file, database]),
            new("DuckDB, a bare table", (file, database) => ["dotnet", self, "duckdb", "read", file, database]),
            new("ADO.NET, three plain tables",
                (file, database) => ["dotnet", Program("EntraAuditTools.Benchmarks"), "plain-import", file, database]),
        ];
        var missing = new List<string>();
        // These keep nothing: how long somebody waits, each time, who looks for something in the file itself.
        Add(peers, missing, "jq", new("jq, times only, kept nowhere", (file, _) => ["jq", "-c", ".activityDateTime", file]));
        var pwsh = Environment.GetEnvironmentVariable("ENTRAAUDIT_PWSH") ?? "pwsh";
        Add(peers, missing, pwsh, new("PowerShell, what failed, kept nowhere", (file, _) =>
            [pwsh, "-NoProfile", "-Command", $"({Content(file)} | ConvertFrom-Json | Where-Object result -EQ failure).Count"]));
        return (peers, missing);

        static string Content(string file) => $"Get-Content -LiteralPath '{file.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private static (List<Peer> Peers, List<string> Missing) OfCsv()
    {
        List<Peer> peers = [Ours()];
        var missing = new List<string>();
        Add(peers, missing, "sqlite3", new("sqlite3 shell, .import into a table with two indexes", (file, database) =>
            ["sqlite3", database, Table(file), "CREATE INDEX activity_time ON activity (\"Date (UTC)\")",
                "CREATE INDEX activity_correlation ON activity (CorrelationId)", $".import --csv --skip 1 \"{file}\" activity"]));
        return (peers, missing);
    }

    private static void Add(List<Peer> peers, List<string> missing, string program, Peer peer)
    {
        if (Measure.Has(program)) peers.Add(peer);
        else missing.Add(program);
    }

    // A text column for each of the header's.
    private static string Table(string file)
    {
        var columns = File.ReadLines(file).First().Split(',').Select(name => $"\"{name.Trim('"', '\uFEFF')}\" TEXT");
        return $"CREATE TABLE activity ({string.Join(", ", columns)})";
    }

    private static void Import(Peer peer, string file, string database)
    {
        Clear(database);
        peer.Runs.Add(Measure.Of(peer.Command(file, database)));
        peer.Sizes.Add(Files(database).Sum(path => new FileInfo(path).Length) / 1e6);
        Clear(database);
    }

    private static IEnumerable<string> Files(string database) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(database)!, Path.GetFileName(database) + "*");

    private static void Clear(string database)
    {
        foreach (var path in Files(database).ToList()) File.Delete(path);
    }

    /// <summary>A program of another project, built beside this one.</summary>
    private static string Program(string project, string? assembly = null)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (here.Name, here.Parent!.Name);
        var root = here.Parent.Parent!.Parent!.Parent!.Parent!.FullName;
        var folder = Directory.Exists(Path.Combine(root, "src", project)) ? "src" : "tests";
        return Path.Combine(root, folder, project, "bin", configuration, framework, (assembly ?? project) + ".dll");
    }

    private static void Print(List<Peer> peers, double megabytes)
    {
        Console.WriteLine("| import | wall, s | ratio | processor, s | ratio | peak, MB | file, MB | file / input |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        var first = peers[0].Runs;
        foreach (var peer in peers)
        {
            string[] cells =
            [
                peer.Name, Spread(peer.Runs, run => run.Wall), Spread(peer.Runs.Zip(first), pair => pair.First.Wall / pair.Second.Wall),
                Spread(peer.Runs, run => run.Processor),
                Spread(peer.Runs.Zip(first), pair => pair.First.Processor / pair.Second.Processor), Spread(peer.Runs, run => run.Peak, "0"),
                Median(peer.Sizes).ToString("0", CultureInfo.InvariantCulture),
                (Median(peer.Sizes) / megabytes).ToString("0.00", CultureInfo.InvariantCulture),
            ];
            Console.WriteLine($"| {string.Join(" | ", cells)} |");
        }

        Console.WriteLine("\nEach as least / median / most.");
    }

    private static string Spread<T>(IEnumerable<T> runs, Func<T, double?> value, string format = "0.00")
    {
        var values = runs.Select(value).OfType<double>().Order().ToList();
        if (values.Count == 0) return "unknown";
        double[] shown = [values[0], Median(values), values[^1]];
        return string.Join(" / ", shown.Select(v => v.ToString(format, CultureInfo.InvariantCulture)));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
