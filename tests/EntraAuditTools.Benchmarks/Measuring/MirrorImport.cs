using System.Diagnostics;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Mirror.Reading;

namespace EntraAuditTools.Benchmarks.Measuring;

/// <summary>The tool's own import.</summary>
internal static class MirrorImport
{
    public static MeasuredImport Measure(string file, string mirror, Func<MirrorReader, long> count)
    {
        var time = Stopwatch.StartNew();
        using (var session = ImportSession.Open(new ImportOptions { MirrorPath = mirror }, CancellationToken.None))
        {
            session.ImportFile(file, file, _ => { }, error => throw error, _ => { }, CancellationToken.None);
            session.Complete();
        }

        time.Stop();
        using var reader = MirrorReader.Open(mirror);
        return MeasuredImport.From(time, mirror, count(reader));
    }
}
