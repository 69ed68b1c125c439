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
        var command = new Command("demo", "Imports the bundled sample tenant into a mirror of its own and prints the main answers.");
        command.SetAction((_, stop) => Task.Run(() => Run(stop), CancellationToken.None));
        return command;
    }

    private static int Run(CancellationToken stop)
    {
        var samples = Path.Combine(AppContext.BaseDirectory, "sample-tenant");
        var folder = Directory.CreateTempSubdirectory("entra-audit-demo-").FullName;
        var mirror = Path.Combine(folder, "mirror.db");

        Screen.WriteHeading("The exports of a made-up tenant, in every shape that Entra gives them",
            "Import-AuditExport seeds/sample-tenant -Recurse");
        var run = new ImportRun();
        run.Import(new ImportOptions { MirrorPath = mirror },
            ImportSources.Find(samples, new MirrorFiles(mirror), recurse: true, error => throw error),
            file => Path.GetRelativePath(samples, file).Replace('\\', '/'), stop);
        using (var reader = MirrorReader.Open(mirror))
        {
            ImportSummary.Write(run.Results, AuditActivityQuery.Count(reader, new AuditActivityFilter()));
            using var interrupt = stop.Register(reader.Interrupt);
            DemoAnswers.Write(reader);
        }

        Console.WriteLine();
        Screen.WriteLine($"The mirror is {mirror}: an SQLite file. Ask it more with --mirror, or delete its folder.");
        ModuleDemo.Run(mirror, stop);
        return run.Failed ? ExitCode.Failed : ExitCode.Fine;
    }
}
