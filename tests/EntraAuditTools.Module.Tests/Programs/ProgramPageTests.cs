using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EntraAuditTools.Cli;
using EntraAuditTools.Cli.Help;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Cli.Questions;

namespace EntraAuditTools.Module.Tests.Programs;

/// <summary>The tables of docs/program.md are made of the commands: ENTRAAUDIT_APPROVE=1 writes them anew.</summary>
public partial class ProgramPageTests
{
    /// <summary>Options of every question, which the page says once.</summary>
    private static readonly string[] OfEvery =
        ["--first", "--skip", "--json", "--jsonl", "--csv", "--exit-code", "--mirror", "--verbose"];

    private static string Page => Path.Combine(StagedModule.RepositoryRoot, "docs", "program.md");

    [GeneratedRegex("(?<=<!-- made: ([a-z]+) -->\n).*?(?=<!-- end -->)", RegexOptions.Singleline)]
    private static partial Regex Made();

    [Fact]
    public void Its_tables_are_what_the_program_has()
    {
        var written = File.ReadAllText(Page).ReplaceLineEndings("\n");
        var made = Made().Replace(written, part => part.Groups[1].Value switch
        {
            "questions" => Questions(),
            "codes" => "\n| code | means |\n| ---: | --- |\n"
                + string.Concat(ExitCode.All.Select(code => $"| {code.Number} | {code.Words} |\n")) + "\n",
            _ => Commands(),
        });
        if (Environment.GetEnvironmentVariable("ENTRAAUDIT_APPROVE") == "1") File.WriteAllText(Page, written = made);
        Assert.True(made == written, "docs/program.md is not what the program has. Run this test once with ENTRAAUDIT_APPROVE=1.");
    }

    private static IEnumerable<Command> All => ProgramCommands.Create().Subcommands.Where(command => !command.Hidden);

    private static string Questions() => "\n| the command | asks | in PowerShell |\n| --- | --- | --- |\n"
        + string.Concat(All.OfType<QuestionCommand>().Select(command => $"| [`{command.Name}`](#{command.Name}) | {command.Question.Help} | "
        + $"[`{command.Question.Cmdlet}`](en-US/{command.Question.Cmdlet}.md) |\n")) + "\n";

    private static string Commands()
    {
        var text = new StringBuilder();
        foreach (var command in All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {command.Name}\n\n{command.Description}\n");
            var options = command.Options.Where(option => !option.Hidden && option is not System.CommandLine.Help.HelpOption)
                .Where(option => command is not QuestionCommand || !OfEvery.Contains(option.Name)).ToList();
            if (options.Count + command.Arguments.Count > 0) text.Append("\n| | |\n| --- | --- |\n");
            foreach (var argument in command.Arguments) Row(text, $"<{argument.Name}>", argument.Description);
            foreach (var option in options)
                Row(text, option.HelpName is { } value ? $"{option.Name} <{value}>" : option.Name, option.Description);
            text.Append("\n```sh\n").AppendJoin('\n', CommandHelp.ExamplesOf(command)).Append("\n```\n");
        }

        return text.ToString();
    }

    // A path is the machine's own.
    private static void Row(StringBuilder text, string name, string? help)
    {
        static string Cell(string words) => words.Replace("|", "\\|", StringComparison.Ordinal);
        // The default is of this machine.
        var what = help!.StartsWith("The mirror's file,", StringComparison.Ordinal) ? help[..help.IndexOf(" Default:", StringComparison.Ordinal)] : Cell(help);
        text.Append(CultureInfo.InvariantCulture, $"| `{Cell(name)}` | {what} |\n");
    }
}
