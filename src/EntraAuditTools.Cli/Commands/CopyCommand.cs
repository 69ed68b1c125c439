using System.CommandLine;
using EntraAuditTools.Cli.Options;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Upkeep.Moving;

namespace EntraAuditTools.Cli.Commands;

/// <summary><c>entra-audit copy</c>: copies a mirror as a whole to a server or from one, and verifies that every row arrived.</summary>
internal static class CopyCommand
{
    public static Command Create()
    {
        var mirror = new MirrorOption();
        var destination = new Argument<string>("destination")
        {
            Description = "The server (postgresql://user@host/database, service=name) or the file that the copy goes to.",
        };
        var force = new Option<bool>("--force") { Description = "Replace what is there." };
        var command = new Command("copy", "Copy the mirror as a whole to a server or from one, and verify that every row arrived.")
        {
            destination, mirror, force,
        };
        var form = new FormOptions();
        form.AddTo(command);
        command.SetAction((parsed, stop) => Task.Run(
            () =>
            {
                var source = mirror.Location(parsed, stop);
                var progress = new ProgressLine();
                try
                {
                    var options = new MoveOptions
                    {
                        Force = parsed.GetValue(force), OnProgress = progress.Show, Doing = progress.Say, Waiting = Screen.WriteWaiting,
                    };
                    var copy = MirrorMove.Run(source, MirrorMove.To(parsed.GetValue(destination)!, source), options, stop);
                    progress.Clear();
                    form.Write(parsed, [copy], () => Write(copy));
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

    private static void Write(AuditMirrorCopy copy)
    {
        foreach (var note in copy.Notes) Screen.WriteLine(note);
        Screen.WriteLine($"{copy.Destination}: {copy.Imports:N0} imports, {copy.Records:N0} records of '{copy.Source}'; "
            + $"verified: {string.Join(", ", copy.Verified)}.");
        if (copy.ChainHead != null) Screen.WriteLine($"Chain head: {copy.ChainHead}");
    }
}
