using EntraAuditTools.Trust.Mirrors;
using EntraAuditTools.Trust.Programs;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Crash;

/// <summary>One import of the program that is ended from outside.</summary>
internal static class InterruptedImport
{
    private const int Another = 4;

    /// <summary>Runs it, ends it when so many sources are in as chance says, and checks what is left.</summary>
    public static void Run(Round round, string mirror, Exports exports)
    {
        using var watch = new MirrorWatch(mirror);
        var (ending, atSources, later) = Choose(round.Random, watch.Finished(), exports.Files);
        using var another = round.Random.Next(Another) == 0 ? AuditProgram.Start(mirror, exports.Arguments) : null;
        using (var program = AuditProgram.Start(mirror, exports.Arguments))
        {
            while (!program.IsOver && watch.Finished() < atSources) Thread.Sleep(2);
            Thread.Sleep(later);
            watch.Finished();
            if (!program.IsOver) round.Count(ending == Ending.Kill ? "kills" : "signals");
            program.End(ending);
            program.WaitForEnd();
        }

        if (another != null)
        {
            round.Count("second importers");
            if (round.Random.Next(2) == 0) another.End(Ending.Kill);
            another.WaitForEnd();
        }

        if (!File.Exists(mirror)) return;
        var seen = watch.Seen;
        watch.Dispose();
        MirrorCheck.IsWhole(round, mirror, $"after {ending} at {atSources} sources");
        using var after = new MirrorWatch(mirror);
        round.Expect(after.Finished() >= seen, $"{seen} imports were finished before {ending}, {after.Seen} are after it");
    }

    /// <summary>Lets an import finish, and compares.</summary>
    public static void Finish(Round round, string mirror, Exports exports, IReadOnlyList<string> promised)
    {
        var end = AuditProgram.Run(mirror, exports.Arguments);
        round.Expect(end.ExitCode == 0, $"the last import ended with {end.ExitCode}: {end.Error}");
        MirrorCheck.IsWhole(round, mirror, "after the last import");
        MirrorCheck.HasContent(round, promised, mirror, "after the last import");
    }

    /// <summary>How, at which source, and how many milliseconds after it.</summary>
    private static (Ending Ending, int AtSources, int Later) Choose(Random random, long finished, IReadOnlyList<string> sources) => (
        random.Next(10) switch { < 7 => Ending.Kill, < 9 => Ending.Terminate, _ => Ending.Interrupt },
        Between(random, sources) is { } pages && pages >= finished ? pages
            : (int)Math.Min(sources.Count, random.NextInt64(finished, sources.Count + 1)),
        // Beyond the last source are the statistics and the last checkpoint; before the first, the mirror is made.
        random.Next(random.Next(3) == 0 ? 600 : 40));

    /// <summary>In half of the cases, between two pages of a chain: what they prove together, none of them does alone.</summary>
    private static int? Between(Random random, IReadOnlyList<string> sources)
    {
        var places = Enumerable.Range(1, sources.Count - 1)
            .Where(i => Path.GetFileName(sources[i]).StartsWith("page-", StringComparison.Ordinal)
                && Path.GetDirectoryName(sources[i]) == Path.GetDirectoryName(sources[i - 1]))
            .ToList();
        return places.Count > 0 && random.Next(2) == 0 ? places[random.Next(places.Count)] : null;
    }
}
