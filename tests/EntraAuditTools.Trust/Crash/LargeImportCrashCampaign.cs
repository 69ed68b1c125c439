using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Crash;

/// <summary>
/// Kills imports of a chain of pages that are so large that each is committed in parts: what is left is a part of a page, of which nothing
/// is proven yet.
/// </summary>
internal sealed class LargeImportCrashCampaign : ICampaign
{
    private const int Pages = 3;
    private const int RecordsOfPage = 50_000;
    private const int MostEndings = 3;

    private (Exports Exports, IReadOnlyList<string> Promised, long Blocks)? undisturbed;

    public string Name => "crash-large-import";

    public string Promise => "The same for sources that are committed in parts: pages of 50,000 records.";

    public int ShortRounds => 0;

    public void Run(Round round)
    {
        var (exports, promised, blocks) = undisturbed ??= Make(round.SharedFolder);
        var mirror = round.PathOf("mirror.db");
        var endings = round.Random.Next(1, MostEndings + 1);
        for (var i = 0; i < endings; i++)
        {
            using (var watch = new MirrorWatch(mirror))
            using (var program = AuditProgram.Start(mirror, exports.Arguments))
            {
                // It grows by a commit at a time; the next is some 40,000 records later.
                var at = round.Random.NextInt64(watch.Blocks(), blocks + 1);
                while (!program.IsOver && watch.Blocks() < at) Thread.Sleep(5);
                Thread.Sleep(round.Random.Next(1000));
                if (!program.IsOver) round.Count("kills");
                program.End(Ending.Kill);
                program.WaitForEnd();
            }

            if (!File.Exists(mirror)) continue;
            MirrorCheck.IsWhole(round, mirror, "after a kill");
            var partly = MirrorCheck.Texts(mirror,
                "SELECT id FROM import WHERE finished IS NULL AND id IN (SELECT import FROM block)");
            round.Count("sources that were partly committed", partly.Count);
        }

        InterruptedImport.Finish(round, mirror, exports, promised);
    }

    private static (Exports Exports, IReadOnlyList<string> Promised, long Blocks) Make(string shared)
    {
        var exports = Exports.OfLargePages(Path.Combine(shared, "pages"), Pages, RecordsOfPage);
        var mirror = Path.Combine(shared, "undisturbed.db");
        var promised = Undisturbed.Import(mirror, exports);
        using var watch = new MirrorWatch(mirror);
        return (exports, promised, watch.Blocks());
    }
}
