using System.CommandLine;
using EntraAuditTools.Cli.Importing;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;

namespace EntraAuditTools.Cli.Demo;

/// <summary><c>entra-audit demo</c>: the bundled sample tenant, imported and asked.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var keep = new Option<bool>("--keep") { Description = "Leave the mirror there, to ask it more." };
        var command = new Command("demo",
            "Imports the bundled sample tenant into a mirror of its own, prints the main answers and leaves nothing behind.") { keep };
        command.SetAction((parsed, stop) => Task.Run(() => Run(parsed.GetValue(keep), stop), CancellationToken.None));
        return command;
    }

    private static int Run(bool keep, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("entra-audit-demo-").FullName;
        var mirror = Path.Combine(folder, "mirror.db");
        int code;
        try
        {
            code = Show(mirror, stop);
        }
        finally
        {
            // Also after Ctrl+C and a fault: who only looks should not have to clean up.
            if (!keep) Delete(folder);
        }

        NextSteps.Write(keep ? mirror : null);
        return code;
    }

    private static int Show(string mirror, CancellationToken stop)
    {
        var samples = Path.Combine(AppContext.BaseDirectory, "sample-tenant");
        Screen.WriteHeading("The exports of a made-up tenant, in every shape that Entra gives them",
            "entra-audit import seeds/sample-tenant --recurse");
        var run = new ImportRun();
        run.Import(new ImportOptions { MirrorPath = mirror },
            ImportSources.Find(samples, new MirrorFiles(mirror), recurse: true, error => throw error),
            file => Path.GetRelativePath(samples, file).Replace('\\', '/'), stop);
        using (var reader = MirrorReader.Open(mirror))
            ImportSummary.Write(run.Results, AuditActivityQuery.Count(reader, new AuditActivityFilter()));
        DemoAnswers.Write(mirror, stop);

        Console.WriteLine();
        ModuleDemo.Run(mirror, stop);
        return run.Failed ? ExitCode.Failed : ExitCode.Fine;
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Screen.WriteWarning($"The demo's mirror could not be deleted ({e.Message}). Delete its folder: {folder}");
        }
    }
}
