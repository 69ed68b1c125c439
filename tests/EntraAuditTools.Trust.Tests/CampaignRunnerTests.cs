using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Tests;

/// <summary>The runner itself, with campaigns that are made up.</summary>
public sealed class CampaignRunnerTests : IDisposable
{
    private readonly string keep = Directory.CreateTempSubdirectory("entra-audit-test-").FullName;
    private readonly List<string> said = [];

    public void Dispose() => Directory.Delete(keep, recursive: true);

    [Fact]
    public void Rounds_have_seeds_that_count_up_and_figures_are_summed()
    {
        var seeds = new List<int>();
        var all = Run(7, 3, new MadeUp("sum", round =>
        {
            seeds.Add(round.Seed);
            round.Count("things", 2);
        }));
        Assert.Equal([7, 8, 9], seeds);
        Assert.Equal([("things", 6L)], Assert.Single(all).Figures);
        Assert.Empty(said);
        Assert.Empty(Directory.GetFileSystemEntries(keep));
    }

    [Fact]
    public void What_fails_is_kept_with_how_to_repeat_it()
    {
        var all = Run(1, 3, new MadeUp("bad", round =>
        {
            File.WriteAllText(round.PathOf("input.json"), "{}");
            if (round.Seed == 2) round.Fail("lost a record");
        }));
        Assert.Equal(2, Assert.Single(Assert.Single(all).Failures).Seed);
        Assert.Equal("{}", File.ReadAllText(Path.Combine(keep, "bad-2", "input.json")));
        Assert.Equal(
            ["Promised: Nothing.", "Again: dotnet run -c Release --project tests/EntraAuditTools.Trust -- bad --seed 2 --rounds 1", "", "lost a record"],
            File.ReadAllLines(Path.Combine(keep, "bad-2", "failure.txt")));
        Assert.Equal("bad, seed 2: lost a record", said[0]);
        Assert.Single(Directory.GetFileSystemEntries(keep));
    }

    [Fact]
    public void An_exception_is_a_failure_and_the_other_rounds_are_run()
    {
        var all = Run(1, 2, new MadeUp("throws", round => throw new InvalidDataException($"seed {round.Seed}")));
        Assert.Equal([1, 2], Assert.Single(all).Failures.Select(failure => failure.Seed));
        Assert.Contains("InvalidDataException: seed 2", File.ReadAllText(Path.Combine(keep, "throws-2", "failure.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_campaign_that_had_the_least_time_is_next()
    {
        var order = new List<string>();
        var rounds = 0;
        using var runner = new CampaignRunner(keep, said.Add, CancellationToken.None);
        var quick = new MadeUp("quick", _ => order.Add("quick"));
        var slow = new MadeUp("slow", _ =>
        {
            order.Add("slow");
            Thread.Sleep(200);
        });
        runner.Run([slow, quick], 1, _ => long.MaxValue, () => ++rounds > 4);
        Assert.Equal(["slow", "quick", "quick", "quick"], order);
    }

    [Theory]
    [InlineData("crash-import --minutes 0.5 --seed 9 --keep x", "crash-import", 0.5, 9)]
    [InlineData("--rounds 2 a b", "a b", 5, 1)]
    public void Arguments_are_understood(string line, string campaigns, double minutes, int seed)
    {
        var options = TrustOptions.Parse(line.Split(' '));
        Assert.NotNull(options);
        Assert.Equal((campaigns, minutes, seed), (string.Join(' ', options.Campaigns), options.Minutes, options.Seed));
    }

    [Theory]
    [InlineData("--minutes")]
    [InlineData("--minutes 0")]
    [InlineData("--seed x")]
    [InlineData("--what 1")]
    public void Arguments_that_make_no_sense_are_refused(string line) => Assert.Null(TrustOptions.Parse(line.Split(' ')));

    private IReadOnlyList<CampaignFigures> Run(int seed, int rounds, ICampaign campaign)
    {
        using var runner = new CampaignRunner(keep, said.Add, CancellationToken.None);
        return runner.Run([campaign], seed, _ => rounds, () => false);
    }

    private sealed class MadeUp(string name, Action<Round> run) : ICampaign
    {
        public string Name => name;

        public string Promise => "Nothing.";

        public int ShortRounds => 1;

        public void Run(Round round) => run(round);
    }
}
