using EntraAuditTools.Benchmarks.Measuring;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Benchmarks;

/// <summary>Questions on requests for access packages, asked of a large audit log.</summary>
internal static class RequestBench
{
    // A year of a tenant's log: as many requests a month as the share of their stories makes.
    private static readonly DateTimeOffset From = new(2025, 11, 1, 0, 0, 0, TimeSpan.Zero), To = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Alone, in a folder that is removed afterwards unless it is to be kept.</summary>
    public static int Run(int records, bool keep)
    {
        var folder = Directory.CreateTempSubdirectory("entra-audit-bench-").FullName;
        try
        {
            var report = new Report(Console.Out);
            Run(records, name => Path.Combine(folder, name), report, afterwards: report.Machine);
            return 0;
        }
        finally
        {
            if (keep) Console.WriteLine($"Kept: {folder}");
            else Directory.Delete(folder, recursive: true);
        }
    }

    public static void Run(int records, Func<string, string> name, Report report, Action? afterwards = null)
    {
        var (file, mirror, probes) = (name("requests.jsonl"), name("requests.db"), name("requests-probes.json"));
        var (tenant, bytes) = Generate(file, records);
        Console.WriteLine($"Generated {records:N0} records of a year, {bytes / 1e6:N0} MB.");
        var asked = RequestProbes.Find(tenant);
        asked.Save(probes);
        var import = ChildRun.Run<MeasuredImport>("import", file, mirror);
        // Originals are in the mirror: the room is better used for the pages that questions read.
        File.Delete(file);
        Console.WriteLine($"Imported in {import.Seconds:N1} s, peak memory {import.PeakBytes / 1e6:N0} MB, mirror {import.DatabaseBytes / 1e6:N0} MB.");
        var answers = RequestQueries.Parts.Select(part => ChildRun.Run<MeasuredRequests>("query-requests", mirror, probes, part)).ToList();
        afterwards?.Invoke();
        report.Requests(records, asked.Requests, answers);
    }

    private static (Tenant Tenant, long Bytes) Generate(string file, int records)
    {
        var tenant = new Tenant(new SampleTenantOptions { AuditRecords = records, From = From, To = To });
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        JsonLines.Write(stream, AuditEvents.Enumerate(tenant));
        return (tenant, stream.Length);
    }
}
