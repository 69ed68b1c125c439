using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Place;

/// <summary>A mirror on a disk that can only be read.</summary>
internal sealed class ReadOnlyPlaceCampaign : ICampaign
{
    public string Name => "read-only-place";

    public string Promise => "A mirror in a place that can only be read answers, or says why not; an import into it says why not.";

    public int ShortRounds => 1;

    public string? Missing => CanMount.Value ? null : "A file system can't be mounted here.";

    private static readonly Lazy<bool> CanMount = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("entra-audit-trust-mount-").FullName;
        using (var disk = TinyDisk.Mount(folder, 64))
        {
            if (disk == null) return false;
        }

        Directory.Delete(folder);
        return true;
    });

    public void Run(Round round)
    {
        var exports = Exports.OfSampleTenant(round.PathOf("exports"), round.Random);
        using var disk = TinyDisk.Mount(round.PathOf("disk"), 100_000) ?? throw new InvalidOperationException("It was mountable before.");
        var mirror = Path.Combine(disk.Folder, "mirror.db");
        var isClosed = round.Random.Next(3) > 0;
        if (isClosed) Undisturbed.Import(mirror, exports);
        else InterruptedImport(mirror, exports);
        var rows = File.Exists(mirror) ? MirrorSize(mirror) : 0;
        disk.Protect();

        var asked = AuditProgram.Run(mirror, "activity", "--first", "5");
        if (isClosed) round.Expect(asked.ExitCode == 0 && rows > 0, $"a closed mirror does not answer: {asked.Error}");
        else round.Expect(asked.ExitCode is 0 or 7 && !asked.Error.Contains("mistake", StringComparison.Ordinal), $"one that was not closed: {asked.Error}");
        var import = AuditProgram.Run(mirror, exports.Arguments);
        round.Expect(import.ExitCode == 7 && import.Error.Contains("only be read", StringComparison.Ordinal), $"an import: {import.Error}");
        round.Count(isClosed ? "closed mirrors" : "mirrors that were not closed");
    }

    private static long MirrorSize(string mirror) => new FileInfo(mirror).Length;

    private static void InterruptedImport(string mirror, Exports exports)
    {
        using var watch = new MirrorWatch(mirror);
        using var program = AuditProgram.Start(mirror, exports.Arguments);
        while (!program.IsOver && watch.Finished() < 10) Thread.Sleep(2);
        program.End(Ending.Kill);
        program.WaitForEnd();
    }
}
