using System.Diagnostics;
using EntraAuditTools.Core.Importing;
using EntraAuditTools.Core.Mirror;
using EntraAuditTools.Core.Queries.Entitlement;

namespace EntraAuditTools.Benchmarks.Measuring;

/// <summary>The import of a folder of entitlement management's exports.</summary>
internal static class EntitlementImport
{
    public static MeasuredImport Measure(string folder, string mirror)
    {
        var time = Stopwatch.StartNew();
        using (var session = ImportSession.Open(new ImportOptions { MirrorPath = mirror }, CancellationToken.None))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                session.ImportFile(file, file, _ => { }, error => throw error, _ => { }, CancellationToken.None);
            session.Complete();
        }

        time.Stop();
        using var reader = MirrorReader.Open(mirror);
        return MeasuredImport.From(time, mirror, AccessPackageAssignmentQuery.Count(reader, new AccessPackageAssignmentFilter { State = ["*"] }));
    }
}
