using System.Diagnostics;
using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Crash;

/// <summary>Kills the first search in a mirror, which makes its full-text index.</summary>
internal sealed class SearchIndexCrashCampaign : ICampaign
{
    private const int Records = 15_000;

    private (string Mirror, string Answer, TimeSpan Time)? undisturbed;

    public string Name => "crash-search-index";

    public string Promise => "A mirror whose full-text index was being made when that was killed is whole, and searches find the same.";

    public int ShortRounds => 1;

    public void Run(Round round)
    {
        var (source, promised, time) = undisturbed ??= Make(round.SharedFolder);
        var mirror = round.PathOf("mirror.db");
        File.Copy(source, mirror);
        for (var i = round.Random.Next(1, 4); i > 0; i--)
        {
            using (var program = Search(mirror))
            {
                Thread.Sleep(time * (0.2 + 0.8 * round.Random.NextDouble()));
                if (!program.IsOver) round.Count("kills");
                program.End(Ending.Kill);
                program.WaitForEnd();
            }

            MirrorCheck.IsWhole(round, mirror, "after a kill");
        }

        using var last = Search(mirror);
        round.Expect(last.WaitForEnd() is { ExitCode: 0 } end && end.Output == promised, "the search found something else");
        MirrorCheck.IsWhole(round, mirror, "after the search");
    }

    private static AuditProgram Search(string mirror) => AuditProgram.Start(mirror, "activity", "--search", "group", "--csv", "--first", "500");

    private static (string Mirror, string Answer, TimeSpan Time) Make(string shared)
    {
        var mirror = Path.Combine(shared, "mirror.db");
        Undisturbed.Import(mirror, Exports.OfLargePages(Path.Combine(shared, "pages"), 1, Records));
        var timed = Path.Combine(shared, "timed.db");
        File.Copy(mirror, timed);
        var clock = Stopwatch.StartNew();
        using var program = Search(timed);
        var end = program.WaitForEnd();
        return (mirror, end.Output, clock.Elapsed);
    }
}
