namespace EntraAuditTools.Trust.Running;

/// <summary>What the rounds of a campaign came to.</summary>
internal sealed class CampaignFigures(ICampaign campaign)
{
    public ICampaign Campaign => campaign;

    public long Rounds { get; private set; }

    public TimeSpan Time { get; private set; }

    /// <summary>What its rounds counted, summed, in the order in which the figures came up.</summary>
    public List<(string Name, long Value)> Figures { get; } = [];

    /// <summary>The rounds that failed.</summary>
    public List<(int Seed, IReadOnlyList<string> What)> Failures { get; } = [];

    /// <summary>Adds a round that is over.</summary>
    public void Add(Round round, TimeSpan time)
    {
        Rounds++;
        Time += time;
        foreach (var (name, value) in round.Figures)
        {
            var at = Figures.FindIndex(figure => figure.Name == name);
            if (at < 0) Figures.Add((name, value));
            else Figures[at] = (name, Figures[at].Value + value);
        }

        if (round.Failures.Count > 0) Failures.Add((round.Seed, round.Failures));
    }
}
