using System.Diagnostics;
using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.PowerCut;

/// <summary>
/// Looks at the calls by which an import writes: when a result leaves the process, nothing of the mirror's write-ahead log may wait to
/// be synced. Sometimes somebody reads meanwhile, which keeps the log from being taken over into the mirror. What is not synced is what a
/// power cut may lose.
/// </summary>
internal sealed class PowerCutCampaign : ICampaign
{
    public string Name => "power-cut";

    public string Promise => "What an import has reported as done is on the disk.";

    public int ShortRounds => 2;

    public string? Missing => OtherProgram.Find("strace") == null ? "strace, which shows the calls of a program, is not there."
        : OtherProgram.Run("strace", "-o", "/dev/null", "true") ? null : "strace may not trace here.";

    public void Run(Round round)
    {
        var exports = Exports.OfSampleTenant(round.PathOf("exports"), round.Random);
        var mirror = round.PathOf("mirror.db");
        var results = round.PathOf("results.txt");
        var trace = round.PathOf("trace.txt");
        // One that holds a state of the mirror from before the import.
        if (round.Random.Next(2) == 0) AuditProgram.Run(mirror, "import", exports.Files[0]);
        using var reader = File.Exists(mirror) ? new HeldState(mirror) : null;

        string[] options = ["-f", "-y", "-s", "0", "-e", "trace=write,pwrite64,fsync,fdatasync", "-o", trace];
        // The program gives its results at the end, the cmdlet each as it comes.
        var isModule = ModuleSession.Missing == null && round.Random.Next(2) == 0;
        round.Count(isModule ? "imports by the cmdlet" : "imports by the program");
        using (var program = isModule
            ? ModuleSession.Start(mirror, Path.Combine(AppContext.BaseDirectory, "Results.ps1"), [results, .. exports.Paths],
                ["strace", .. options])
            : AuditProgram.Start(mirror, new ProcessStartInfo("strace"),
            [
                .. options, "bash", "-c", "out=$1; shift; exec \"$@\" > \"$out\"", "bash", results, "dotnet", AuditProgram.Path,
                .. exports.Arguments,
            ]))
        {
            var end = program.WaitForEnd();
            round.Expect(end.ExitCode == 0, $"the import ended with {end.ExitCode}: {end.Error}");
        }

        var calls = SyncTrace.Read(trace, mirror, results);
        round.Count("syncs", calls.Syncs);
        round.Count("results that were reported", calls.Reports);
        round.Expect(calls.Reports > 0, "no result was reported");
        foreach (var report in calls.Unsynced) round.Fail($"reported before the write-ahead log was synced: line {report} of trace.txt");
    }
}
