using EntraAuditTools.Benchmarks.Measuring;
using EntraAuditTools.SampleTenant;

namespace EntraAuditTools.Benchmarks;

/// <summary>The provisioning log: import and questions.</summary>
internal static class ProvisioningBench
{
    // The trail also reads the audit log's account provisioning events: a small log of them stands beside.
    private const int AuditRecords = 3_000;

    public static void Run(int entries, Func<string, string> name, Report report)
    {
        var (file, audit, mirror) = (name("provisioning.json"), name("provisioning-audit.json"), name("provisioning.db"));
        Generate(file, audit, entries);
        var bytes = new FileInfo(file).Length;
        Console.WriteLine($"Generated {entries:N0} provisioning log entries, {bytes / 1e6:N0} MB.");
        var import = ChildRun.Run<MeasuredImport>("import-provisioning", file, mirror);
        ChildRun.Run<MeasuredImport>("import", audit, mirror);
        report.Provisioning(entries, bytes, import, ChildRun.Run<List<MeasuredQuestion>>("query-provisioning", mirror));
    }

    private static void Generate(string file, string audit, int entries)
    {
        var tenant = new Tenant(new SampleTenantOptions { AuditRecords = AuditRecords, ProvisioningRecords = entries });
        using (var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            ProvisioningShapes.Write(ProvisioningShape.GraphPage, stream, tenant);
        using (var stream = new FileStream(audit, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            GraphPages.WriteOne(stream, AuditEvents.Enumerate(tenant));
    }
}
