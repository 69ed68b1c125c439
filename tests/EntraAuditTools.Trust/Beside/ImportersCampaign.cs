using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Beside;

/// <summary>Several importers of the same files, one of them in this process, and eight readers in this process beside them.</summary>
internal sealed class ImportersCampaign : ICampaign
{
    private const string Waiting = "warning: Another import is writing the mirror: this one waits until it is done";

    public string Name => "importers-and-readers";

    public string Promise =>
        "Imports queue and say so; readers meanwhile see each source wholly or not at all, never less than before, and no error.";

    public int ShortRounds => 1;

    public void Run(Round round)
    {
        var exports = AuditLogs(round);
        var promised = MirrorCheck.Texts(round.PathOf("undisturbed.db"), "SELECT count(*) FROM activity").Single();
        var mirror = round.PathOf("mirror.db");
        using (new ReaderThreads(round, mirror))
        {
            var others = Enumerable.Range(0, round.Random.Next(1, 3)).Select(_ => AuditProgram.Start(mirror, Shuffled(exports, round.Random))).ToList();
            Thread.Sleep(round.Random.Next(800));
            Undisturbed.Import(mirror, new(Shuffled(exports, round.Random)[1..^1]));
            foreach (var other in others)
            {
                using (other)
                {
                    var end = other.WaitForEnd();
                    round.Expect(end.ExitCode == 0, $"an import ended with {end.ExitCode}: {end.Error}");
                    round.Expect(end.Error.Length == 0 || end.Error.StartsWith(Waiting, StringComparison.Ordinal), $"an import says: {end.Error}");
                    if (end.Error.Length > 0) round.Count("imports that said that they wait");
                    round.Count("imports");
                }
            }
        }

        MirrorCheck.IsWhole(round, mirror, "after all imports");
        round.ExpectEqual(promised, MirrorCheck.Texts(mirror, "SELECT count(*) FROM activity").Single(), "activities");
    }

    /// <summary>Files of the audit log alone, of which every record that was added is a row.</summary>
    private static Exports AuditLogs(Round round)
    {
        var exports = Exports.OfSampleTenant(round.PathOf("exports"), round.Random);
        var all = round.PathOf("all.db");
        Undisturbed.Import(all, exports);
        var names = MirrorCheck.Texts(all, "SELECT source FROM import WHERE kind = 'AuditActivity' AND status = 'Imported'").ToHashSet();
        var logs = new Exports([.. exports.Files.Where(file => names.Contains(Exports.NameOf(file)))]);
        Undisturbed.Import(round.PathOf("undisturbed.db"), logs);
        return logs;
    }

    private static string[] Shuffled(Exports exports, Random random)
    {
        var paths = exports.Paths.ToArray();
        random.Shuffle(paths);
        return new Exports(paths).Arguments;
    }
}
