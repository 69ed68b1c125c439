using System.CommandLine;
using EntraAuditTools.Cli.Importing;
using EntraAuditTools.Cli.Options;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Importing.Upgrading;

namespace EntraAuditTools.Cli.Commands;

/// <summary><c>entra-audit update</c>: reads anew, from the originals, what an older version read.</summary>
internal static class UpdateCommand
{
    public static Command Create()
    {
        var mirror = new MirrorOption();
        var dates = new Option<string>("--date-format") { Description =
            "How dates are written in exports that do not give it away: DayFirst, MonthFirst, YearFirst, or dd/MM/yyyy.",
                HelpName = "format" };
        var force = new Option<bool>("--force") { Description = "Do it although this version read everything." };
        var command = new Command("update",
            "Read what the mirror holds anew, from its originals, where an older version read it.") { mirror, dates, force };
        var form = new FormOptions();
        form.AddTo(command);
        command.SetAction((parsed, stop) => Task.Run(
            () =>
            {
                var location = mirror.Location(parsed, stop);
                var progress = new ProgressLine();
                try
                {
                    var options = new MirrorUpgradeOptions
                    {
                        Server = location.Server, DateFormat = parsed.GetValue(dates), Force = parsed.GetValue(force), Waiting = Screen.WriteWaiting,
                    };
                    var update = MirrorUpgrade.Run(location.Path, options, progress.Show, stop);
                    progress.Clear();
                    form.Write<AuditMirrorUpdate>(parsed, update == null ? [] : [update],
                        () => Screen.WriteLine(update?.Describe() ?? $"'{location.Name}' is up to date: this version read all of it."));
                    if (update == null) return ExitCode.Fine;
                    foreach (var import in update.ImportAgain) Screen.WriteWarning($"Import it again if the file is still there: {import}");
                    return ExitCode.Fine;
                }
                finally
                {
                    progress.Clear();
                }
            },
            CancellationToken.None));
        return command;
    }
}
