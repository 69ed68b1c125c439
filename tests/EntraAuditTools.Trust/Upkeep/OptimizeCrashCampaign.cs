using EntraAuditTools.Core.Upkeep.Removal;
using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Upkeep;

/// <summary>
/// Ends optimizations at random moments, of a mirror with a full-text index whose removal was stopped before its file was written anew: what
/// is free in it holds removed records.
/// </summary>
internal sealed class OptimizeCrashCampaign : ICampaign
{
    private const int MostEndings = 3;

    private (UpkeepMirror Known, RemovedBytes Bytes, string Answer)? undisturbed;

    public string Name => "crash-optimize";

    public string Promise =>
        "A mirror whose optimization was killed has every row that it had; run again, nothing free is left in its file.";

    public int ShortRounds => 1;

    public void Run(Round round)
    {
        var (known, bytes, answer) = undisturbed ??= Make(round);
        var mirror = known.Copy(round);
        var size = new FileInfo(mirror).Length;
        ProgramEnd end;
        bool isImported;
        using (var beside = new BesideUpkeep(round, mirror, known.Later, known.Content!.Activities))
        {
            isImported = beside.IsImported;
            for (var i = round.Random.Next(1, MostEndings + 1); i > 0; i--)
            {
                var ending = EndedProgram.Run(round, mirror, known.Time, "optimize");
                MirrorCheck.IsWhole(round, mirror, $"after {ending}");
                if (!isImported) HasRows(round, known, mirror, $"after {ending}");
            }

            end = AuditProgram.Run(mirror, "optimize");
            round.Expect(end.ExitCode == 0, $"the last optimization ended with {end.ExitCode}: {end.Error}");
        }

        if (end.Error.Contains("Optimize-AuditMirror", StringComparison.Ordinal))
        {
            round.Count("optimizations that readers kept from the file");
            round.Expect(AuditProgram.Run(mirror, "optimize").ExitCode == 0, "the optimization without readers failed");
        }

        MirrorCheck.IsWhole(round, mirror, "at the end");
        if (!isImported)
        {
            bytes.AreGone(round, mirror, "at the end");
            HasRows(round, known, mirror, "at the end");
            round.Expect(new FileInfo(mirror).Length < size, "the file is no smaller");
            round.Expect(Search(mirror) == answer, "a search finds something else");
        }

        Litter.None(round, end.Output + end.Error, "mirror.db");
    }

    private static void HasRows(Round round, UpkeepMirror known, string mirror, string when)
    {
        var found = KnownContent.Of(mirror);
        round.Count("rows compared", found.Rows);
        round.Expect(found == known.Content, $"{when}: its rows are other ones");
    }

    private static string Search(string mirror) => AuditProgram.Run(mirror, "activity", "--search", "group", "--csv", "--first", "200").Output;

    private static (UpkeepMirror Known, RemovedBytes Bytes, string Answer) Make(Round round)
    {
        var before = Path.Combine(round.SharedFolder, "before.db");
        var known = UpkeepMirror.Make(round.SharedFolder, _ => ["optimize"], made =>
        {
            File.Copy(made.Path, before);
            try
            {
                RecordRemoval.Run(made.Path, made.Removal with { Step = step => { if (step == "vacuum") throw new OperationCanceledException(); } },
                    _ => { }, round.Cancel);
            }
            catch (OperationCanceledException)
            {
                // As a kill would leave it.
            }

            Search(made.Path);
            MirrorCheck.Texts(made.Path, "PRAGMA wal_checkpoint(TRUNCATE)");
        });
        // Bytes that are free in the mirror still: of those that the removal took out.
        var optimized = Path.Combine(round.SharedFolder, "optimized.db");
        File.Copy(known.Path, optimized);
        AuditProgram.Run(optimized, "optimize");
        return (known, new(before, optimized, known.Path), Search(known.Path));
    }
}
