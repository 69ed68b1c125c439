using System.Diagnostics;
using System.Text;
using EntraAuditTools.Core.Tests.Fuzzing;
using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Hostile.Coverage;

/// <summary>
/// Coverage-guided fuzzing of the parsers: an input that takes a branch that none before took, or takes it otherwise often, is kept and
/// changed further.
/// </summary>
internal sealed class CoverageCampaign : ICampaign
{
    private const int Inputs = 40_000;
    private const int InputsOfShort = 1_500;
    private const int MaxBytes = 16 * 1024;
    private const int Seeds = 60;

    /// <summary>A run takes well below a millisecond; this is a hang, also on a machine that does other things.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(20);

    private static readonly string[] Times =
    [
        "2026-10-01T08:00:00.1234567Z", "2026-10-01T08:00:00+02:00", "1.10.2026, 8:00", "10/1/2026 8:00:00 AM", "31/12/2026 08:00", "/Date(1790928065123)/",
        "1790928065", "1790928065123", "45931.5", "Thu, 01 Oct 2026 08:00:00 GMT", "1 Oct 2026 8:00 a. m.", "2026-10-01 08:00:00 Europe/Berlin",
        "26-10-01", "2026年10月1日 8:00", "20261001T080000Z", "October 1, 2026", "2026-10-01T08:00:00 (UTC+01:00)", "1er oct. 2026", "0001-01-01T00:00:00-14:00",
    ];

    private InstrumentedCore? core;

    public string Name => "hostile-coverage";

    public string Promise =>
        "No bytes make the readers of CSV, JSON, dates and archives throw or stand still; rows and pieces come in order, however the bytes arrive.";

    public int ShortRounds => 4;

    public void Run(Round round)
    {
        // One campaign, one target a round. The first rounds are those of the normal tests.
        var target = CoverageTargets.Names[round.Seed % CoverageTargets.Names.Length];
        var count = round.Seed <= ShortRounds ? InputsOfShort : Inputs;
        core ??= new InstrumentedCore(Path.Combine(round.SharedFolder, "instrumented"));
        var corpus = new Corpus();
        var scratch = round.PathOf("input");
        foreach (var seed in Beginnings(target, round)) Try(round, target, seed, scratch, corpus);
        var begun = corpus.Branches;
        for (var i = 0; i < count && round.Failures.Count == 0; i++)
        {
            round.Cancel.ThrowIfCancellationRequested();
            var parent = corpus.Pick(round.Random);
            var input = ByteMutator.Mutate(parent, corpus.Pick(round.Random), round.Random);
            if (input.Length is > 0 and <= MaxBytes) Try(round, target, input, scratch, corpus);
        }

        round.Count("inputs", count);
        round.Count($"{target} branches", corpus.Branches);
        round.Count($"{target} found", corpus.Branches - begun);
        round.Count("kept", corpus.Count);
    }

    private void Try(Round round, string target, byte[] input, string scratch, Corpus corpus)
    {
        var clock = Stopwatch.StartNew();
        string? complaint;
        try
        {
            complaint = core!.Run(target, input, scratch);
            if (clock.Elapsed > Slow) complaint ??= $"it took {clock.Elapsed}";
        }
        catch (Exception e)
        {
            complaint = e.ToString();
        }

        corpus.Look(core!.Map, input);
        if (complaint == null) return;
        File.WriteAllBytes(round.PathOf($"{target}.bin"), input);
        round.Fail($"{target}: {complaint}");
    }

    private static IEnumerable<byte[]> Beginnings(string target, Round round)
    {
        if (target == "dates") return Times.Select(Encoding.UTF8.GetBytes);
        var form = target switch { "csv" => SeedForm.Csv, "json" => SeedForm.Json, _ => SeedForm.Packed };
        var all = HostileSeeds.All(round.SharedFolder).Where(seed => seed.Form == form && seed.Bytes.Length <= MaxBytes).Select(seed => seed.Bytes).ToList();
        if (target == "archives")
        {
            for (var i = 0; i < 20; i++)
            {
                var zip = new HostileZip(round.Random);
                zip.Honest("a.json", "{\"id\":1}"u8.ToArray());
                zip.Lying("[{\"id\":1}]"u8.ToArray());
                all.Add(zip.ToArray(isHonest: i % 2 == 0));
            }
        }

        return all.OrderBy(_ => round.Random.Next()).Take(Seeds).ToList();
    }

    /// <summary>Inputs of which each took a branch in a way of its own.</summary>
    private sealed class Corpus
    {
        private readonly List<byte[]> inputs = [];
        private readonly byte[] seen = new byte[64 * 1024];

        public int Count => inputs.Count;

        /// <summary>How many branches were taken.</summary>
        public int Branches { get; private set; }

        public byte[] Pick(Random random) =>
            // The newest half of the time: what was found last is least explored.
            inputs[random.Next(2) == 0 ? random.Next(inputs.Count) : random.Next(inputs.Count / 2, inputs.Count)];

        /// <summary>Keeps an input that is new in what it did.</summary>
        public void Look(ReadOnlySpan<byte> map, byte[] input)
        {
            var isNew = inputs.Count == 0;
            for (var at = 0; at < map.Length; at++)
            {
                if (map[at] == 0) continue;
                var often = Often(map[at]);
                if ((seen[at] & often) != 0) continue;
                if (seen[at] == 0) Branches++;
                seen[at] |= often;
                isNew = true;
            }

            if (isNew) inputs.Add(input);
        }

        /// <summary>Counts as AFL groups them: 1, 2, 3, to 7, to 15, to 31, to 127, more.</summary>
        private static byte Often(byte count) => count switch
        {
            1 => 1,
            2 => 2,
            3 => 4,
            < 8 => 8,
            < 16 => 16,
            < 32 => 32,
            < 128 => 64,
            _ => 128,
        };
    }
}
