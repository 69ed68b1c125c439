using System.Diagnostics;
using System.Globalization;
using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Place;

/// <summary>
/// Imports onto a disk that becomes full at a random size of the mirror: a file system in memory where one may be mounted, else files
/// that may not grow beyond a size (RLIMIT_FSIZE).
/// </summary>
internal sealed class FullDiskCampaign : ICampaign
{
    private const int Signalled = 128;

    public string Name => "full-disk";

    public string Promise =>
        "An import that meets a full disk says so; what was committed is whole, and importing again with room adds the rest.";

    public int ShortRounds => 1;

    public string? Missing => OperatingSystem.IsWindows() ? "Windows has no small disk at hand." : null;

    public void Run(Round round)
    {
        var exports = Exports.OfSampleTenant(round.PathOf("exports"), round.Random);
        var whole = round.PathOf("undisturbed.db");
        var promised = Undisturbed.Import(whole, exports);
        // The log beside the mirror takes room too.
        var kilobytes = round.Random.NextInt64(40, 2 * new FileInfo(whole).Length / 1024);
        using var disk = round.Random.Next(3) == 0 ? null : TinyDisk.Mount(round.PathOf("disk"), kilobytes);
        var mirror = Path.Combine(disk?.Folder ?? round.Folder, "mirror.db");

        using (var program = disk == null ? Limited(mirror, kilobytes, exports) : AuditProgram.Start(mirror, exports.Arguments))
        {
            var end = program.WaitForEnd();
            round.Count(disk == null ? "files that could not grow" : "full disks");
            round.Expect(end.ExitCode < Signalled, $"the import ended with {end.ExitCode}: {end.Error}");
            if (end.ExitCode == 0)
            {
                MirrorCheck.HasContent(round, promised, mirror, "after an import that had enough room");
            }
            else
            {
                round.Count("imports that failed");
                round.Expect(end.Error.Contains("error: ", StringComparison.Ordinal) && !end.Error.Contains("mistake", StringComparison.Ordinal)
                    && !end.Error.Contains("   at ", StringComparison.Ordinal), $"it does not say what is wrong: {end.Error}");
            }
        }

        disk?.Resize(1_000_000);
        if (File.Exists(mirror) && new FileInfo(mirror).Length > 0) MirrorCheck.IsWhole(round, mirror, $"after {kilobytes} kB were full");
        var last = AuditProgram.Run(mirror, exports.Arguments);
        round.Expect(last.ExitCode == 0, $"the import with room ended with {last.ExitCode}: {last.Error}");
        MirrorCheck.IsWhole(round, mirror, "after the import with room");
        MirrorCheck.HasContent(round, promised, mirror, "after the import with room");
    }

    /// <summary>The signal of the limit is ignored, as by every program that checks its writes; .NET wants to grow memory files.</summary>
    private static AuditProgram Limited(string mirror, long kilobytes, Exports exports)
    {
        var bash = new ProcessStartInfo("bash");
        bash.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return AuditProgram.Start(mirror, bash,
        [
            "-c", "trap '' XFSZ; ulimit -f $1; shift; exec \"$@\"", "bash", kilobytes.ToString(CultureInfo.InvariantCulture), "dotnet",
            AuditProgram.Path, .. exports.Arguments,
        ]);
    }
}
