using System.CommandLine;
using EntraAuditTools.Cli.Importing;
using EntraAuditTools.Cli.Options;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Upkeep.Checking;

namespace EntraAuditTools.Cli.Commands;

/// <summary><c>entra-audit check</c>: finds what is damaged in a mirror, or was changed in it.</summary>
internal static class CheckCommand
{
    private const int HeadLength = 64;

    public static Command Create()
    {
        var mirror = new MirrorOption();
        var head = new Option<string>("--expected-head")
        {
            Description = "A head of the mirror's chain that was kept elsewhere: nothing up to it may have been changed.", HelpName = "hex",
        };
        head.Validators.Add(given =>
        {
            if (given.Tokens is [var token] && (token.Value.Length != HeadLength || !token.Value.All(char.IsAsciiHexDigit)))
                given.AddError("--expected-head: a head is 64 hexadecimal digits, as import writes it.");
        });
        var quick = new Option<bool>("--quick")
        {
            Description = "Leave out the longest check: whether the rows are what the originals give.",
        };
        var command = new Command("check", "Find what is damaged in the mirror, or was changed in it since it was imported.")
        {
            mirror, head, quick,
        };
        var form = new FormOptions();
        form.AddTo(command);
        command.SetAction((parsed, stop) => Task.Run(
            () =>
            {
                var progress = new ProgressLine();
                try
                {
                    var how = new MirrorCheckOptions(parsed.GetValue(head), parsed.GetValue(quick));
                    var test = MirrorCheck.Run(mirror.Location(parsed, stop, anew: true).Path, how, progress.Show, stop);
                    progress.Clear();
                    form.Write(parsed, [test], () => Write(test));
                    return test.Problems.Count == 0 ? ExitCode.Fine : ExitCode.Failed;
                }
                finally
                {
                    progress.Clear();
                }
            },
            CancellationToken.None));
        return command;
    }

    private static void Write(AuditMirrorTest test)
    {
        foreach (var problem in test.Problems) Screen.WriteWarning(problem.ToString());
        foreach (var note in test.Notes) Screen.WriteLine(note);
        Screen.WriteLine($"{test.Result}: {string.Join(", ", test.Checks)}; {test.Imports:N0} imports, {test.Originals:N0} originals, "
            + $"{test.Links:N0} links.");
        if (test.ChainHead != null) Screen.WriteLine($"Chain head: {test.ChainHead}");
    }
}
