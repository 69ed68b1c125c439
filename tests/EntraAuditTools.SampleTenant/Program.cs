using System.Globalization;
using EntraAuditTools.SampleTenant;

// Writes the sample tenant: the whole tree of shapes into a folder, or one Graph page of a log for benchmarks.
string? folder = null;
string? page = null;
string? provisioningPage = null;
string? entitlement = null;
var options = new SampleTenantOptions();
for (int index = 0; index < args.Length; index++)
{
    switch (args[index])
    {
        case "--records" when index + 1 < args.Length:
            options = options with { AuditRecords = long.Parse(args[++index], CultureInfo.InvariantCulture) };
            break;
        case "--provisioning" when index + 1 < args.Length:
            options = options with { ProvisioningRecords = long.Parse(args[++index], CultureInfo.InvariantCulture) };
            break;
        case "--seed" when index + 1 < args.Length:
            options = options with { Seed = int.Parse(args[++index], CultureInfo.InvariantCulture) };
            break;
        case "--page" when index + 1 < args.Length:
            page = args[++index];
            break;
        case "--provisioning-page" when index + 1 < args.Length:
            provisioningPage = args[++index];
            break;
        case "--entitlement" when index + 1 < args.Length:
            entitlement = args[++index];
            break;
        default:
            folder = args[index];
            break;
    }
}

if (page is not null)
{
    using var stream = File.Create(page);
    GraphPages.WriteOne(stream, AuditEvents.Enumerate(new Tenant(options)));
    return 0;
}

if (provisioningPage is not null)
{
    using var stream = File.Create(provisioningPage);
    ProvisioningShapes.Write(ProvisioningShape.GraphPage, stream, new Tenant(options));
    return 0;
}

if (entitlement is not null && folder is not null)
{
    new EntitlementBulk(EntitlementBulkOptions.Parse(entitlement) with { Seed = options.Seed }).Write(folder);
    return 0;
}

if (folder is null)
{
    Console.Error.WriteLine("Usage: dotnet run --project tests/EntraAuditTools.SampleTenant -- <folder> [--records N] [--provisioning N] [--seed S]");
    Console.Error.WriteLine("       … --page <file> [--records N] [--seed S]   one Graph page with all audit events");
    Console.Error.WriteLine(
        "       … --provisioning-page <file> [--records N] [--provisioning N] [--seed S]   one Graph page with all entries of the provisioning log");
    Console.Error.WriteLine(
        "       … --entitlement users=200000,packages=2000,assignments=1000000 <folder> [--seed S]   entitlement management of that size, as Graph pages");
    return 2;
}

var summary = SampleTenantWriter.WriteAll(folder, options);
foreach (var file in summary.Files)
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{file.Path}` | {file.Description} | {file.Records} |"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{summary.DirectoryEvents} directory audit events, {summary.UnifiedEvents} unified audit log records, "
        + $"{summary.ProvisioningEntries} entries of the provisioning log, {summary.SynchronizationJobs} synchronization jobs"));
return 0;
