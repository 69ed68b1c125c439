using System.CommandLine;
using EntraAuditTools.Cli.Importing;
using EntraAuditTools.Cli.Options;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Mirror.Tables;
using EntraAuditTools.Core.Upkeep.Removal;

namespace EntraAuditTools.Cli.Commands;

/// <summary><c>entra-audit remove</c>: removes records of the logs that are of before a time, for good.</summary>
internal static class RemoveCommand
{
    public static Command Create()
    {
        var mirror = new MirrorOption();
        var before = new TimeOption("--before", "Records whose event is before this time are removed.") { Required = true };
        var kind = new Option<string>("--kind") { Description = "Only of one log: AuditActivity or ProvisioningLog.", HelpName = "kind" };
        kind.AcceptOnlyFromAmong([.. LogTable.All.Select(log => log.Kind)]);
        var yes = new Option<bool>("--yes") { Description = "Remove them. Without it, only say how many there are." };
        var command = new Command("remove", "Remove records of the logs that are of before a time, for good.")
        {
            mirror, before, kind, yes,
        };
        var form = new FormOptions();
        form.AddTo(command);
        command.SetAction((parsed, stop) => Task.Run(
            () =>
            {
                var location = mirror.Location(parsed, stop);
                var asked = parsed.GetValue(kind);
                LogTable[] logs = [.. LogTable.All.Where(log => asked == null || log.Kind == asked)];
                var options = new RemovalOptions(parsed.GetValue(before)!.Value, logs)
                {
                    Server = location.Server,
                    Waiting = Screen.WriteWaiting,
                };
                if (!parsed.GetValue(yes))
                {
                    Screen.WriteLine($"--yes removes for good {RecordRemoval.Describe(RecordRemoval.Count(location.Path, options))} of before "
                        + $"{options.Before.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z.");
                    return ExitCode.Fine;
                }

                var progress = new ProgressLine();
                try
                {
                    var removal = RecordRemoval.Run(location.Path, options, progress.Show, stop);
                    progress.Clear();
                    foreach (var note in removal.Notes) Screen.WriteWarning(note);
                    form.Write(parsed, [removal], () => Write(removal));
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

    private static void Write(AuditRecordRemoval removal)
    {
        Screen.WriteLine($"Removed: {removal}, {removal.Originals:N0} originals. {removal.BytesBefore:N0} bytes before, "
            + $"{removal.Bytes:N0} now.");
        if (removal.ChainHead != null) Screen.WriteLine($"Chain head: {removal.ChainHead}");
    }
}
