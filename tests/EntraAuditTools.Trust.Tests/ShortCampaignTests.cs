using EntraAuditTools.Trust.Running;

namespace EntraAuditTools.Trust.Tests;

/// <summary>A few rounds of every campaign, always the same ones; <c>./build.ps1 -Task Trust</c> runs more.</summary>
public sealed class ShortCampaignTests
{
    public static TheoryData<string> Names => [.. Campaigns.All.Where(campaign => campaign.ShortRounds > 0).Select(campaign => campaign.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_campaign_promises_holds_in_its_first_rounds(string name)
    {
        var campaign = Campaigns.All.Single(campaign => campaign.Name == name);
        if (campaign.Missing is { } why) Assert.Skip(why);
        var keep = Path.Combine(AppContext.BaseDirectory, "trust-failures");
        var found = new List<string>();
        using var runner = new CampaignRunner(keep, found.Add, TestContext.Current.CancellationToken);
        var figures = Assert.Single(runner.Run([campaign], seed: 1, _ => campaign.ShortRounds, () => false));
        Assert.True(figures.Failures.Count == 0, string.Join('\n', found));
        Assert.Equal(campaign.ShortRounds, figures.Rounds);
        Assert.NotEmpty(figures.Figures);
    }

    [Fact]
    public void Campaigns_have_names_of_their_own_and_say_what_they_promise()
    {
        Assert.Distinct(Campaigns.All.Select(campaign => campaign.Name));
        Assert.All(Campaigns.All, campaign => Assert.EndsWith(".", campaign.Promise, StringComparison.Ordinal));
        Assert.All(Campaigns.All, campaign => Assert.Matches("^[a-z][a-z-]+$", campaign.Name));
    }
}
