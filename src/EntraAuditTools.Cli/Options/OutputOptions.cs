using System.CommandLine;
using EntraAuditTools.Cli.Output;

namespace EntraAuditTools.Cli.Options;

/// <summary>How an answer is written, which of its rows, and whether their number decides the exit code.</summary>
internal sealed class OutputOptions
{
    private readonly FormOptions form = new();
    private readonly Option<bool> exitCode = new("--exit-code")
    {
        Description = $"End with {ExitCode.NoRows} when nothing matches, for scripts that ask whether there is any.",
    };

    private readonly Option<long?> first = new("--first") { HelpName = "number" };
    private readonly Option<long> skip = new("--skip") { Description = "Leave out so many of the first.", HelpName = "number" };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="tableRows">How many rows a table shows when nobody says; null for all.</param>
    public void AddTo(Command command, int? tableRows)
    {
        first.Description = tableRows is { } rows
            ? $"At most so many. Default: {rows} in a table, all in JSON and CSV." : "At most so many.";
        command.Options.Add(first);
        command.Options.Add(skip);
        form.AddTo(command);
        command.Options.Add(exitCode);
        command.Validators.Add(given =>
        {
            if (given.GetValue(first) < 0 || given.GetValue(skip) < 0) given.AddError("--first and --skip count from 0.");
        });
    }

    /// <summary>The form that is asked for.</summary>
    public AnswerForm Form(ParseResult parsed) => form.Of(parsed);

    /// <summary>How many rows at most; null when nobody says.</summary>
    public long? First(ParseResult parsed) => parsed.GetValue(first);

    /// <summary>How many to leave out.</summary>
    public long Skip(ParseResult parsed) => parsed.GetValue(skip);

    /// <summary>The code to end with.</summary>
    public int Code(ParseResult parsed, long rows) => rows == 0 && parsed.GetValue(exitCode) ? ExitCode.NoRows : ExitCode.Fine;
}
