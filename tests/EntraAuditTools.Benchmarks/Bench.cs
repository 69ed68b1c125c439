using System.Diagnostics;
using System.Globalization;
using EntraAuditTools.Benchmarks.Measuring;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Benchmarks;

/// <summary>One run: generate, import both ways, ask both ways, print.</summary>
internal static class Bench
{
    private const long SmallFileBytes = 20_000_000;

    public static int Run(BenchOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("entra-audit-bench-").FullName;
        try
        {
            return Run(options, folder);
        }
        finally
        {
            if (options.Keep) Console.WriteLine($"Kept: {folder}");
            else Directory.Delete(folder, recursive: true);
        }
    }

    private static int Run(BenchOptions options, string folder)
    {
        string Name(string name) => Path.Combine(folder, name);

        var report = new Report(Console.Out);
        if (options.Records == 0)
        {
            report.Machine();
            Others(options, Name, report);
            return 0;
        }

        var file = Name("audit.jsonl");
        var time = Stopwatch.StartNew();
        Generate(file, options.Records);
        var bytes = new FileInfo(file).Length;
        Console.WriteLine($"Generated {options.Records:N0} records, {bytes / 1e6:N0} MB ({bytes / options.Records:N0} bytes each) in "
            + $"{time.Elapsed.TotalSeconds:N1} s.");
        var probes = Probes.Find(file, options.Records);
        probes.Save(Name("probes.json"));

        var small = Name("small.jsonl");
        Generate(small, (int)(SmallFileBytes / (bytes / options.Records)));

        // In turns, so that a machine that gets slower meanwhile treats both alike.
        var ours = new List<MeasuredImport>();
        var plain = new List<MeasuredImport>();
        for (var i = 0; i < options.Repeat; i++)
        {
            ours.Add(ChildRun.Run<MeasuredImport>("import", file, Name($"mirror-{i}.db")));
            Console.WriteLine($"Import {i + 1}: {ours[^1].Seconds:N1} s");
            plain.Add(ChildRun.Run<MeasuredImport>("plain-import", file, Name($"plain-{i}.db")));
            Console.WriteLine($"Baseline {i + 1}: {plain[^1].Seconds:N1} s");
        }

        var smallImport = ChildRun.Run<MeasuredImport>("import", small, Name("small.db"));
        var ourQuestions = ChildRun.Run<List<MeasuredQuestion>>("query", Name("mirror-0.db"), Name("probes.json"));
        var plainQuestions = ChildRun.Run<List<MeasuredQuestion>>("plain-query", Name("plain-0.db"), Name("probes.json"));
        var (pipeline, missing) = ModulePipeline.Measure(Name("mirror-0.db"));

        report.Machine();
        report.Imports(options.Records, bytes, Median(ours), Median(plain), smallImport, new FileInfo(small).Length);
        report.Questions(ourQuestions, plainQuestions);
        report.Pipeline(pipeline, missing);
        Others(options, Name, report);
        report.Bars(bytes, Median(ours), Median(plain), ourQuestions, pipeline);
        return ours.All(import => import.Records == options.Records) ? 0 : 1;
    }

    private static void Others(BenchOptions options, Func<string, string> name, Report report)
    {
        if (options.Provisioning > 0) ProvisioningBench.Run(options.Provisioning, name, report);
        if (options.Requests > 0) RequestBench.Run(options.Requests, name, report);
        if (options.Entitlement is { } size) EntitlementBench.Run(size, name, report);
    }

    /// <summary>Writes a file of one Graph record a line.</summary>
    public static void Generate(string path, int records)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        JsonLines.Write(stream, AuditEvents.Enumerate(new Tenant(new SampleTenantOptions { AuditRecords = records })));
    }

    /// <summary>Writes the same records as the portal's download.</summary>
    public static void GenerateCsv(string path, int records)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        PortalCsv.Write(stream, AuditEvents.Enumerate(new Tenant(new SampleTenantOptions { AuditRecords = records })));
    }

    private static MeasuredImport Median(List<MeasuredImport> imports) => imports.OrderBy(import => import.Seconds).ElementAt(imports.Count / 2);
}
