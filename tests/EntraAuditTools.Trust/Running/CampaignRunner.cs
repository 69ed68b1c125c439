using System.Diagnostics;

namespace EntraAuditTools.Trust.Running;

/// <summary>Runs campaigns a round at a time: next is always the one that had the least time.</summary>
internal sealed class CampaignRunner : IDisposable
{
    /// <summary>After so many failures a campaign has said what it has to say, and would only fill the disk.</summary>
    private const int MostFailures = 10;

    private readonly string work = Directory.CreateTempSubdirectory("entra-audit-trust-").FullName;
    private readonly string keep;
    private readonly Action<string> say;
    private readonly CancellationToken cancel;

    /// <param name="keep">Folder for what fails.</param>
    /// <param name="say">Takes a line for each failure as it is found.</param>
    /// <param name="cancel">Ends the run; what was found by then counts.</param>
    public CampaignRunner(string keep, Action<string> say, CancellationToken cancel)
    {
        this.keep = keep;
        this.say = say;
        this.cancel = cancel;
    }

    /// <summary>Runs campaigns until their time is over or each had its rounds.</summary>
    /// <param name="campaigns">The campaigns.</param>
    /// <param name="seed">Seed of each campaign's first round; those that follow count up.</param>
    /// <param name="rounds">How many rounds of a campaign.</param>
    /// <param name="isTimeOver">Whether no other round begins.</param>
    public IReadOnlyList<CampaignFigures> Run(IReadOnlyList<ICampaign> campaigns, int seed, Func<ICampaign, long> rounds,
        Func<bool> isTimeOver)
    {
        var all = campaigns.Select(campaign => new CampaignFigures(campaign)).ToList();
        while (!cancel.IsCancellationRequested && !isTimeOver())
        {
            var next = all.Where(figures => figures.Rounds < rounds(figures.Campaign) && figures.Failures.Count < MostFailures)
                .MinBy(figures => figures.Time);
            if (next == null) break;
            RunRound(next, checked(seed + (int)next.Rounds));
        }

        return all;
    }

    public void Dispose() => Delete(work);

    private void RunRound(CampaignFigures figures, int seed)
    {
        var campaign = figures.Campaign;
        var folder = Directory.CreateDirectory(Path.Combine(work, campaign.Name, "round")).FullName;
        var shared = Directory.CreateDirectory(Path.Combine(work, campaign.Name, "shared")).FullName;
        var round = new Round(seed, folder, shared, cancel);
        var clock = Stopwatch.StartNew();
        try
        {
            campaign.Run(round);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The run was ended, by hand or because its time is over.
        }
        catch (Exception e)
        {
            round.Fail(e.ToString());
        }

        figures.Add(round, clock.Elapsed);
        if (round.Failures.Count > 0)
        {
            say($"{campaign.Name}, seed {seed}: {round.Failures[0]}");
            say($"    kept in {KeptFailure.Keep(campaign, round, keep)}; again: {KeptFailure.Command(campaign, seed)}");
        }

        Delete(folder);
    }

    private static void Delete(string folder)
    {
        if (!Directory.Exists(folder)) return;
        Open(new DirectoryInfo(folder));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A round may leave folders that nobody can write in. Links are not followed: they may lead anywhere.</summary>
    private static void Open(DirectoryInfo folder)
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if ((folder.UnixFileMode & Mine) != Mine) folder.UnixFileMode |= Mine;
        foreach (var inner in folder.EnumerateDirectories())
        {
            if (inner.LinkTarget == null) Open(inner);
        }
    }
}
