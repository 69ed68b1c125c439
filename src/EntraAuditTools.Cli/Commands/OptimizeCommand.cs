using System.CommandLine;
using EntraAuditTools.Cli.Options;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Upkeep.Rebuilding;

namespace EntraAuditTools.Cli.Commands;

/// <summary><c>entra-audit optimize</c>: makes a mirror as small and quick as it can be.</summary>
internal static class OptimizeCommand
{
    public static Command Create()
    {
        var mirror = new MirrorOption();
        var command = new Command("optimize", "Make the mirror as small and quick as it can be.") { mirror };
        var form = new FormOptions();
        form.AddTo(command);
        command.SetAction((parsed, stop) => Task.Run(
            () =>
            {
                var done = MirrorOptimization.Run(mirror.Location(parsed, stop).Path, _ => { }, Screen.WriteWaiting, null, stop);
                foreach (var note in done.Notes) Screen.WriteWarning(note);
                form.Write(parsed, [done], () => Screen.WriteLine($"{done.Path}: {done}."));
                return ExitCode.Fine;
            },
            CancellationToken.None));
        return command;
    }
}
