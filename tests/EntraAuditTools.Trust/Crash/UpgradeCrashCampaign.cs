using System.Diagnostics;
using EntraAuditTools.Core.Importing.Upgrading;
using EntraAuditTools.Core.Tests.Mirror;
using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Crash;

/// <summary>
/// Kills the program while it brings an old mirror up to date: the tables of version 1 or 2 are migrated, what an older reader read is
/// derived anew, and the new pages take the place of the old ones.
/// </summary>
internal sealed class UpgradeCrashCampaign : ICampaign
{
    private const int MostEndings = 4;

    public string Name => "crash-upgrade";

    public string Promise =>
        "A mirror that was being migrated or derived anew when that was killed is whole, becomes what it would have become, and is kept as it was.";

    public int ShortRounds => 1;

    public void Run(Round round)
    {
        var mirror = round.PathOf("mirror.db");
        Undisturbed.Import(mirror, Exports.OfSampleTenant(round.PathOf("exports"), round.Random));
        var version = round.Random.Next(1, 4);
        OldMirror.Age(mirror, version, version < 3 ? string.Empty : "UPDATE import SET reader = 0;");
        round.Count($"mirrors of version {version}");

        var before = round.PathOf("before.db");
        File.Copy(mirror, before);
        var undisturbed = round.PathOf("undisturbed.db");
        File.Copy(mirror, undisturbed);
        MirrorUpgrade.Run(undisturbed, new(), _ => { }, round.Cancel);
        var promised = MirrorContent.BySource(undisturbed);
        var timed = round.PathOf("timed.db");
        File.Copy(mirror, timed);
        var clock = Stopwatch.StartNew();
        AuditProgram.Run(timed, "update");
        var time = clock.Elapsed;

        var endings = round.Random.Next(1, MostEndings + 1);
        for (var i = 0; i < endings; i++)
        {
            using (var program = AuditProgram.Start(mirror, "update"))
            {
                Thread.Sleep(time * (0.2 + 0.8 * round.Random.NextDouble()));
                if (!program.IsOver) round.Count("kills");
                program.End(Ending.Kill);
                program.WaitForEnd();
            }

            MirrorCheck.IsWhole(round, mirror, "after a kill");
        }

        var end = AuditProgram.Run(mirror, "update");
        round.Expect(end.ExitCode == 0, $"the last update ended with {end.ExitCode}: {end.Error}");
        MirrorCheck.IsWhole(round, mirror, "after the last update");
        MirrorCheck.HasContent(round, promised, mirror, "after the last update");
        var backups = Directory.GetFiles(round.Folder, "mirror.db.*.bak");
        foreach (var backup in backups) MirrorCheck.IsWhole(round, backup, Path.GetFileName(backup));
        var kept = TableDump.Of(before);
        round.Expect(backups.Any(backup => TableDump.Of(backup).SequenceEqual(kept)), $"none of {backups.Length} backups is the mirror as it was");
        round.Expect(!File.Exists(mirror + ".upgrade"), "the file in which it was derived anew is still there");
    }
}
