using System.Globalization;
using EntraAuditTools.Benchmarks;
using EntraAuditTools.Benchmarks.Baseline;
using EntraAuditTools.Benchmarks.Inner;
using EntraAuditTools.Benchmarks.Measuring;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Provisioning;

// dotnet run -c Release --project tests/EntraAuditTools.Benchmarks -- [--records 300000] [--provisioning 1000000] [--requests 300000]
//     [--entitlement users=200000,packages=2000,assignments=1000000] [--repeat 3] [--keep]
// or only one part of it: -- inner [arguments of BenchmarkDotNet], -- requests 5000000 [--keep], -- matching --seeds 50 [--mistakes]
// Each measurement runs in a process of its own, so that peak memory and caches are its own; those start with a verb, and can be run by hand
// with a file that `generate FILE RECORDS` wrote (`generate-csv`: the portal's download).
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["inner", .. var arguments]:
        return InnerRun.Run(arguments);
    case ["generate", var file, var records] when int.TryParse(records, out var count):
        Bench.Generate(file, count);
        return 0;
    case ["generate-csv", var file, var records] when int.TryParse(records, out var count):
        Bench.GenerateCsv(file, count);
        return 0;
    case ["import", var file, var mirror]:
        ChildRun.Report(MirrorImport.Measure(file, mirror, reader => AuditActivityQuery.Count(reader, new AuditActivityFilter())));
        return 0;
    case ["import-provisioning", var file, var mirror]:
        ChildRun.Report(MirrorImport.Measure(file, mirror, reader => ProvisioningLogQuery.Count(reader, new ProvisioningLogFilter())));
        return 0;
    case ["query-provisioning", var mirror]:
        ChildRun.Report(ProvisioningQueries.Measure(mirror));
        return 0;
    case ["requests", var records, .. [] or ["--keep"]] when int.TryParse(records, out var count):
        return RequestBench.Run(count, keep: args.Length > 2);
    case ["matching", "--seeds", var seeds, .. [] or ["--mistakes"]] when int.TryParse(seeds, out var count):
        return RequestMatching.Run(count, showMistakes: args.Length > 3);
    case ["query-requests", var mirror, var probes, var part]:
        ChildRun.Report(RequestQueries.Measure(mirror, RequestProbes.Load(probes), part));
        return 0;
    case ["import-entitlement", var folder, var mirror]:
        ChildRun.Report(EntitlementImport.Measure(folder, mirror));
        return 0;
    case ["query-entitlement", var mirror, var size, var at, .. var numbers]:
        return EntitlementBench.Ask(mirror, size, at, numbers);
    case ["query", var mirror, var probes]:
        ChildRun.Report(MirrorQueries.Measure(mirror, Probes.Load(probes)));
        return 0;
    case ["plain-import", var file, var database]:
        ChildRun.Report(PlainImport.Measure(file, database));
        return 0;
    case ["plain-query", var database, var probes]:
        ChildRun.Report(PlainQueries.Measure(database, Probes.Load(probes)));
        return 0;
}

if (BenchOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}

return Bench.Run(options);
