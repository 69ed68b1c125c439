using System.Diagnostics;
using System.Globalization;
using EntraAuditTools.Trust;
using EntraAuditTools.Trust.Running;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (TrustOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(TrustOptions.Usage);
    return 2;
}

var unknown = options.Campaigns.Except(Campaigns.All.Select(campaign => campaign.Name)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"There is no campaign {string.Join(", ", unknown)}. There are:");
    foreach (var campaign in Campaigns.All) Console.Error.WriteLine($"  {campaign.Name,-20} {campaign.Promise}");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var asked = Campaigns.All.Where(campaign => options.Campaigns.Count == 0 || options.Campaigns.Contains(campaign.Name)).ToList();
foreach (var campaign in asked.Where(campaign => campaign.Missing != null))
    Console.WriteLine($"{campaign.Name} is left out: {campaign.Missing}");
var length = options.Rounds is { } rounds ? $"{rounds} rounds each" : $"{options.Minutes} minutes";
Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, seeds from {options.Seed}, {length}");

var clock = Stopwatch.StartNew();
using var runner = new CampaignRunner(Path.GetFullPath(options.Keep), Console.WriteLine, stop.Token);
var all = runner.Run(
    [.. asked.Where(campaign => campaign.Missing == null)],
    options.Seed,
    _ => options.Rounds ?? long.MaxValue,
    () => options.Rounds == null && clock.Elapsed.TotalMinutes >= options.Minutes);
FigureTable.Write(Console.Out, all);
return all.Any(figures => figures.Failures.Count > 0) ? 1 : 0;
