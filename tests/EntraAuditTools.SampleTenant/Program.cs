using System.Globalization;
using EntraAuditTools.SampleTenant;

// dotnet run --project tests/EntraAuditTools.SampleTenant -- <folder> [--records N] [--seed S] [--page FILE]
string? folder = null;
string? page = null;
var options = new SampleTenantOptions();
for (int index = 0; index < args.Length; index++)
{
    switch (args[index])
    {
        case "--records" when index + 1 < args.Length:
            options = options with { AuditRecords = long.Parse(args[++index], CultureInfo.InvariantCulture) };
            break;
        case "--seed" when index + 1 < args.Length:
            options = options with { Seed = int.Parse(args[++index], CultureInfo.InvariantCulture) };
            break;
        case "--page" when index + 1 < args.Length:
            page = args[++index];
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

return 1;
