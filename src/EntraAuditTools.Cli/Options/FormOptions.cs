using System.CommandLine;
using EntraAuditTools.Cli.Output;

namespace EntraAuditTools.Cli.Options;

/// <summary>How what comes out is written.</summary>
internal sealed class FormOptions
{
    private readonly Option<bool> json = new("--json") { Description = "Write one JSON array, with all that is known." };
    private readonly Option<bool> jsonLines = new("--jsonl") { Description = "Write JSON, a record a line, as they are read." };
    private readonly Option<bool> csv =
        new("--csv") { Description = "Write CSV; cells that a spreadsheet would take for a formula are made harmless." };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { json, jsonLines, csv }) command.Options.Add(option);
        command.Validators.Add(given =>
        {
            if (new[] { csv, json, jsonLines }.Count(given.GetValue) > 1) given.AddError("--csv, --json and --jsonl exclude each other.");
        });
    }

    /// <summary>The form that is asked for.</summary>
    public AnswerForm Of(ParseResult parsed) => parsed.GetValue(json) ? AnswerForm.Json
        : parsed.GetValue(jsonLines) ? AnswerForm.JsonLines
        : parsed.GetValue(csv) ? AnswerForm.Csv
        : AnswerForm.Table;

    /// <summary>Writes a result: as it is said to people, or as the record.</summary>
    public void Write<T>(ParseResult parsed, IReadOnlyList<T> results, Action say)
        where T : class
    {
        if (Of(parsed) is AnswerForm.Table) say();
        else RecordWriter.Write(Of(parsed), typeof(T), null, results);
    }
}
