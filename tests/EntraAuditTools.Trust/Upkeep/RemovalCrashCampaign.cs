using EntraAuditTools.Core.Upkeep.Removal;
using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Upkeep;

/// <summary>Ends removals of records at random moments, runs the last one to its end, and looks for the bytes of what was removed.</summary>
internal sealed class RemovalCrashCampaign : ICampaign
{
    private const int MostEndings = 3;

    private (UpkeepMirror Known, KnownContent After, RemovedBytes Bytes)? undisturbed;

    public string Name => "crash-removal";

    public string Promise =>
        "A mirror whose removal was killed is as before or as after it; run again it is as undisturbed, and no byte of what went is left.";

    public int ShortRounds => 1;

    public void Run(Round round)
    {
        var (known, after, bytes) = undisturbed ??= Make(round);
        var mirror = known.Copy(round);
        string[] arguments = Arguments(known);
        ProgramEnd end;
        bool isImported;
        using (var beside = new BesideUpkeep(round, mirror, known.Later, known.Content!.Activities, after.Activities))
        {
            isImported = beside.IsImported;
            for (var i = round.Random.Next(1, MostEndings + 1); i > 0; i--)
            {
                var ending = EndedProgram.Run(round, mirror, known.Time, arguments);
                MirrorCheck.IsWhole(round, mirror, $"after {ending}");
                if (isImported) continue;
                var found = KnownContent.Of(mirror);
                var isAfter = found == after;
                round.Expect(isAfter || found == known.Content, $"after {ending}: neither as before nor as after");
                round.Count(isAfter ? "found as after" : "found as before");
            }

            end = AuditProgram.Run(mirror, arguments);
            round.Expect(end.ExitCode == 0, $"the last removal ended with {end.ExitCode}: {end.Error}");
        }

        if (end.Error.Contains("Optimize-AuditMirror", StringComparison.Ordinal))
        {
            // Somebody read the old state, and the removal has said so.
            round.Count("removals that readers kept from the file");
            var optimized = AuditProgram.Run(mirror, "optimize");
            round.Expect(optimized.ExitCode == 0, $"the optimization ended with {optimized.ExitCode}: {optimized.Error}");
        }

        MirrorCheck.IsWhole(round, mirror, "at the end");
        // What an import beside brought may be of before the time too, when it came after the removal.
        if (!isImported)
        {
            bytes.AreGone(round, mirror, "at the end");
            var last = KnownContent.Of(mirror);
            round.Expect(last == after, "at the end: not as undisturbed");
            round.Count("rows compared", last.Rows);
        }

        Litter.None(round, end.Output + end.Error, "mirror.db");
    }

    private static string[] Arguments(UpkeepMirror known) =>
        ["remove", "--before", known.Cut.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture), "--yes"];

    private static (UpkeepMirror Known, KnownContent After, RemovedBytes Bytes) Make(Round round)
    {
        var known = UpkeepMirror.Make(round.SharedFolder, Arguments);
        var removed = Path.Combine(round.SharedFolder, "removed.db");
        File.Copy(known.Path, removed);
        RecordRemoval.Run(removed, known.Removal, _ => { }, round.Cancel);
        return (known, KnownContent.Of(removed), new(known.Path, removed));
    }
}
