using System.Diagnostics;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Entitlement.Assignments;

namespace EntraAuditTools.Benchmarks.Measuring;

/// <summary>The import of a folder of entitlement management's exports.</summary>
internal static class EntitlementImport
{
    public static MeasuredImport Measure(string folder, string mirror)
    {
        var time = Stopwatch.StartNew();
        Import(new ImportOptions { MirrorPath = mirror }, Directory.EnumerateFiles(folder, "*.json"));
        // A page of members does not say whose they are: the file's name does.
        foreach (var members in Directory.EnumerateFiles(Path.Combine(folder, "members"), "*.json").Order(StringComparer.Ordinal))
            Import(new ImportOptions { MirrorPath = mirror, Group = Path.GetFileNameWithoutExtension(members), Complete = true }, [members]);
        time.Stop();
        // Its memory is the import's alone: counting a million takes some, too.
        var measured = MeasuredImport.From(time, mirror, 0);
        using var reader = MirrorReader.Open(mirror);
        return measured with { Records = AccessPackageAssignmentQuery.Count(reader, new AccessPackageAssignmentFilter { State = ["*"] }) };
    }

    private static void Import(ImportOptions options, IEnumerable<string> files)
    {
        using var session = ImportSession.Open(options, CancellationToken.None);
        foreach (var file in files.Order(StringComparer.Ordinal))
            session.ImportFile(file, file, _ => { }, error => throw error, _ => { }, CancellationToken.None);
        session.Complete();
        if (session.Refusal is { } refusal) throw refusal;
    }
}
