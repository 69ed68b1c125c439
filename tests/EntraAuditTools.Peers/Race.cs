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

    /// <summary>Runs it and prints a table.</summary>
    /// <param name="records">How many records are generated.</param>
    /// <param name="rounds">How many rounds.</param>
    /// <param name="given">A file to import in place of a generated one; null for none.</param>
    public static int Run(int records, int rounds, string? given)
    {
        var folder = Directory.CreateTempSubdirectory("entra-audit-peers-").FullName;
        try
        {
            var file = given ?? Path.Combine(folder, "export.jsonl");
            var count = records.ToString(CultureInfo.InvariantCulture);
            if (given == null) Measure.Of("dotnet", Program("EntraAuditTools.Benchmarks"), "generate", file, count);
            var megabytes = new FileInfo(file).Length / 1e6;
            Console.WriteLine($"{megabytes:N0} MB, {Environment.ProcessorCount} processors, {rounds} rounds in turn; "
                + "ratios to the first of the same round.\n");
            var (peers, missing) = Peers();
            for (var round = 0; round < rounds; round++)
            {
                foreach (var peer in peers) Import(peer, file, Path.Combine(folder, "database"));
            }

            Print(peers, megabytes);
            foreach (var name in missing) Console.WriteLine($"Not on this machine: {name}.");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (List<Peer> Peers, List<string> Missing) Peers()
    {
        var self = typeof(Race).Assembly.Location;
        List<Peer> peers =
        [
            new("entra-audit import",
                (file, database) => ["dotnet", Program("EntraAuditTools.Cli", "entra-audit"), "import", file, "--mirror", database]),
            new("DuckDB, key and two indexes", (file, database) => ["dotnet", self, "duckdb", "equal", file, database]),
            new("DuckDB, a bare table", (file, database) => ["dotnet", self, "duckdb", "read", file, database]),
            new("ADO.NET, three plain tables",
                (file, database) => ["dotnet", Program("EntraAuditTools.Benchmarks"), "plain-import", file, database]),
        ];
        var missing = new List<string>();
        // It keeps nothing: how long somebody waits who looks for one thing in the file itself.
        if (Measure.Has("jq")) peers.Add(new("jq, times only, kept nowhere", (file, _) => ["jq", "-c", ".activityDateTime", file]));
        else missing.Add("jq");
        return (peers, missing);
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
