using System.Globalization;
using EntraAuditTools.Benchmarks;
using EntraAuditTools.Benchmarks.Baseline;
using EntraAuditTools.Benchmarks.Measuring;
using EntraAuditTools.Core.Queries;

// dotnet run -c Release --project tests/EntraAuditTools.Benchmarks -- [--records 300000] [--provisioning 1000000] [--repeat 3] [--keep]
//     [--entitlement users=200000,packages=2000,assignments=1000000]
// Each measurement runs in a process of its own, so that peak memory and caches are its own; those start with a verb, and can be run by hand
// with a file that `generate FILE RECORDS` wrote.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["generate", var file, var records] when int.TryParse(records, out var count):
        Bench.Generate(file, count);
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
