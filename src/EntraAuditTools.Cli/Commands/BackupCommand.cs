using System.CommandLine;
using EntraAuditTools.Cli.Importing;
using EntraAuditTools.Cli.Options;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Upkeep.Backup;
using EntraAuditTools.Core.Upkeep.Salvage;

namespace EntraAuditTools.Cli.Commands;

/// <summary><c>entra-audit backup</c>: copies a mirror into one file, also while it is in use, and checks the copy.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var mirror = new MirrorOption();
        var place = new Argument<string>("path") { Description = "The file of the backup, or a folder for it." };
        var force = new Option<bool>("--force") { Description = "Replace a file that is there." };
        var salvage = new Option<bool>("--salvage")
        {
            Description = "Save what can be read of a damaged mirror into a new one.",
        };
        var command = new Command("backup", "Copy the mirror into one file, also while it is in use, and check the copy.")
        {
            place, mirror, force, salvage,
        };
        var form = new FormOptions();
        form.AddTo(command);
        command.SetAction((parsed, stop) => Task.Run(
            () =>
            {
                var progress = new ProgressLine();
                try
                {
                    var path = mirror.Location(parsed, stop).Path;
                    var target = BackupPlace.Of(path, Path.GetFullPath(parsed.GetValue(place)!), DateTimeOffset.UtcNow);
                    var backup = parsed.GetValue(salvage)
                        ? MirrorSalvage.Run(path, target, parsed.GetValue(force), progress.Show, stop)
                        : MirrorBackup.Run(path, target, parsed.GetValue(force), progress.Show, stop);
                    progress.Clear();
                    form.Write(parsed, [backup], () => Write(backup));
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

    private static void Write(AuditMirrorBackup backup)
    {
        foreach (var note in backup.Notes) Screen.WriteLine(note);
        Screen.WriteLine($"{backup.Path}: {backup.Bytes:N0} bytes, {backup.Imports:N0} imports, {backup.Originals:N0} originals; "
            + $"checked: {string.Join(", ", backup.Checks)}.");
        if (backup.ImportAgain.Count > 0) Screen.WriteLine("To be imported again, since originals of them are lost:");
        foreach (var import in backup.ImportAgain) Screen.WriteLine($"  {import}");
        if (backup.ChainHead != null) Screen.WriteLine($"Chain head: {backup.ChainHead}");
    }
}
