using System.CommandLine;
using EntraAuditTools.Cli.Options;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Mirror.Files;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Activities;
using EntraAuditTools.Core.Queries.Coverage;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Cli.Commands;

/// <summary><c>entra-audit activity</c>: what happened in the directory?</summary>
internal static class ActivityCommand
{
    /// <summary>Rows of a table when no number is given: a table is read, not processed.</summary>
    private const long TableRows = 50;

    public static Command Create()
    {
        var mirror = new MirrorOption();
        var filter = new FilterOptions(AuditActivityQuery.Fields);
        var first = new Option<long?>("--first") { Description =
            $"At most so many, newest first. Default: {TableRows} in a table, all in CSV and JSON.", HelpName = "number" };
        var skip = new Option<long>("--skip") { Description = "Leave out so many of the newest.", HelpName = "number" };
        var csv = new Option<bool>("--csv") { Description =
            "Write CSV; cells that a spreadsheet would take for a formula are made harmless." };
        var json = new Option<bool>("--json") { Description = "Write JSON with all details." };
        var showSecret =
            new Option<bool>("--show-secret") { Description = "Show values that can hold key material instead of masking them." };
        var verbose =
            new Option<bool>("--verbose") { Description = "Say how the times were understood and what is asked of the database." };

        var command = new Command("activity", "What happened in the directory? Newest first.");
        filter.AddTo(command);
        foreach (var option in new Option[] { first, skip, csv, json, showSecret, mirror, verbose }) command.Options.Add(option);
        command.Validators.Add(given =>
        {
            if (given.GetValue(csv) && given.GetValue(json)) given.AddError("--csv and --json exclude each other.");
            if (given.GetValue(first) < 0 || given.GetValue(skip) < 0) given.AddError("--first and --skip count from 0.");
        });
        command.SetAction((parsed, stop) => Task.Run(
            () =>
            {
                var table = !parsed.GetValue(csv) && !parsed.GetValue(json);
                var limit = parsed.GetValue(first) ?? (table ? TableRows : null);
                var question = filter.Read(parsed, (after, before) => new AuditActivityFilter
                {
                    After = after,
                    Before = before,
                    Skip = parsed.GetValue(skip),
                    First = limit,
                    ShowSecret = parsed.GetValue(showSecret),
                });
                var path = mirror.Location(parsed).Path;
                if (question.Search != null) ActivitySearchIndex.Ensure(path, progress: null, stop);
                using var reader = MirrorReader.Open(path);
                using var interrupt = stop.Register(reader.Interrupt);
                if (parsed.GetValue(verbose)) Console.Error.WriteLine(TerminalText.Visible(AuditActivityQuery.Describe(question)));
                if (OldReading.Warning(reader) is { } old) Screen.WriteWarning(old);
                if (MirrorExposure.Warning(path) is { } exposed) Screen.WriteWarning(exposed);
                if (CoverageQuery.Warning(reader, question.After, question.Before, DateTimeOffset.UtcNow) is { } warning)
                    Screen.WriteWarning(warning);

                var activities = AuditActivityQuery.Run(reader, question);
                if (table) WriteTable(reader, question, activities);
                else if (parsed.GetValue(csv)) ActivityCsv.Write(Console.Out, activities);
                else WriteJson(activities);
                return ExitCode.Fine;
            },
            CancellationToken.None));
        return command;
    }

    private static void WriteTable(MirrorReader reader, AuditActivityFilter question, IEnumerable<AuditActivity> activities)
    {
        var rows = activities.ToList();
        if (rows.Count == 0)
        {
            Screen.WriteLine("No activity matches.");
            return;
        }

        ActivityTable.Write(rows);
        if (rows.Count == question.First && AuditActivityQuery.Count(reader, question) is var all && all > question.Skip + rows.Count)
            Screen.WriteLine($"{rows.Count:N0} of {all:N0}; --first {all} shows all, --csv and --json write them.");
    }

    private static void WriteJson(IEnumerable<AuditActivity> activities)
    {
        using var output = Console.OpenStandardOutput();
        ActivityJson.Write(output, activities);
    }
}
