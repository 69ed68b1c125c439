using System.CommandLine;
using System.CommandLine.Parsing;
using EntraAuditTools.Cli.Importing;
using EntraAuditTools.Cli.Options;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Importing.Session;
using EntraAuditTools.Core.Mirror.Files;

namespace EntraAuditTools.Cli.Commands;

/// <summary><c>entra-audit import</c>: take these exports in.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "Files, folders or wildcards.", Arity = ArgumentArity.OneOrMore };
        var mirror = new MirrorOption();
        var tenant = new Option<string?>("--tenant") { Description = "Tenant id of records that do not say theirs (portal downloads).",
            HelpName = "id" };
        var recurse = new Option<bool>("--recurse") { Description = "Take the folders within folders too." };
        var force = new Option<bool>("--force") { Description = "Read a file again although this very file was imported before." };
        var coversFrom = new TimeOption("--covers-from", "Declares that the exports are complete from this time…");
        var coversTo = new TimeOption("--covers-to", "…up to this time.");
        var accessPackage = new Option<string?>("--access-package") { Description =
            "Access package of a download that does not name it: an id, or a name that was imported before.", HelpName = "id|name" };
        var application = new Option<string?>("--application") { Description =
            "Application whose synchronization jobs the exports hold, where they do not name it.", HelpName = "id|name" };
        var group = new Option<string?>("--group") { Description = "Group whose members the exports list, where they do not name it.",
            HelpName = "id|name" };
        var observedAt = new TimeOption("--observed-at",
            "When the exports of entitlement management and of the directory were taken. Default: a record's own last date, else the file's.");
        var complete = new Option<bool>("--complete") { Description =
            "Declares that the exports hold all there is of their kinds: what they lack has ended." };
        var columnMap = new Option<string[]>("--column-map") { Description =
            "Headers of a CSV that are not known, each with the property it holds: Tätigkeit=Activity.", HelpName = "header=property",
            AllowMultipleArgumentsPerToken = true };
        var dateFormat = new Option<string?>("--date-format") { Description =
            "How dates are written that could be read in several ways: DayFirst, MonthFirst, YearFirst, or a format such as dd/MM/yyyy.",
            HelpName = "word|format" };
        var whatIf = new Option<bool>("--what-if") { Description =
            "Say of each file what it is and whether it was imported before, and import nothing." };
        columnMap.Validators.Add(given =>
        {
            foreach (var pair in given.Tokens.Select(token => token.Value))
            {
                if (pair.LastIndexOf('=') is var at && (at <= 0 || at == pair.Length - 1))
                    given.AddError($"--column-map: '{pair}' is not header=property.");
            }
        });

        var command = new Command("import",
            "Takes exports in: portal CSV and JSON, Graph pages, diagnostic settings, Log Analytics, unified audit log, provisioning "
            + "log, entitlement management, users and groups; plain, gzip or zip.")
        {
            paths, mirror, tenant, recurse, force, coversFrom, coversTo, accessPackage, application,
            group, observedAt, complete, columnMap, dateFormat, whatIf,
        };
        var form = new FormOptions();
        form.AddTo(command);
        command.SetAction((parsed, stop) => Task.Run(
            () =>
            {
                var run = new ImportRun();
                var files = new List<string>();
                var location = mirror.Named(parsed);
                var mirrorFiles = new MirrorFiles(location.Path);
                foreach (var path in parsed.GetRequiredValue(paths))
                {
                    try
                    {
                        files.AddRange(ImportSources.Find(path, mirrorFiles, parsed.GetValue(recurse), run.Fail));
                    }
                    catch (AuditToolException error)
                    {
                        run.Fail(error);
                    }
                }

                var options = new ImportOptions
                {
                    MirrorPath = location.Path,
                    Server = location.Server,
                    Tenant = parsed.GetValue(tenant),
                    CoversFrom = parsed.GetValue(coversFrom),
                    CoversTo = parsed.GetValue(coversTo),
                    AccessPackage = parsed.GetValue(accessPackage),
                    Application = parsed.GetValue(application),
                    Group = parsed.GetValue(group),
                    ObservedAt = parsed.GetValue(observedAt),
                    Complete = parsed.GetValue(complete),
                    ColumnMap = ColumnMap(parsed.GetValue(columnMap)),
                    DateFormat = parsed.GetValue(dateFormat),
                    Force = parsed.GetValue(force),
                    Waiting = Screen.WriteWaiting,
                };
                if (parsed.GetValue(whatIf))
                {
                    using var look = new SourceLook(options, stop);
                    foreach (var file in files) Screen.WriteLine($"{NameOf(file)}: {look.Describe(file)}.");
                    return run.Failed ? ExitCode.Failed : ExitCode.Fine;
                }

                try
                {
                    if (files.Count > 0) run.Import(options, files, NameOf, stop);
                }
                finally
                {
                    form.Write(parsed, run.Results, run.WriteResults);
                }

                return run.Failed ? ExitCode.Failed : run.LeftOut ? ExitCode.LeftOut : ExitCode.Fine;
            },
            CancellationToken.None));
        return command;
    }

    private static string NameOf(string file) => Path.GetRelativePath(Environment.CurrentDirectory, file);

    private static Dictionary<string, string>? ColumnMap(string[]? pairs)
    {
        if (pairs is not { Length: > 0 }) return null;
        var map = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in pairs)
        {
            // The last sign divides: a header may hold one, a property does not.
            var at = pair.LastIndexOf('=');
            map[pair[..at]] = pair[(at + 1)..];
        }

        return map;
    }
}
