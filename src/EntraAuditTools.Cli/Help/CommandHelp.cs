using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Cli.Questions;

namespace EntraAuditTools.Cli.Help;

/// <summary>The parser's help, with examples and exit codes below it.</summary>
/// <param name="usual">The parser's help.</param>
internal sealed class CommandHelp(SynchronousCommandLineAction usual) : SynchronousCommandLineAction
{
    private const string Program = "entra-audit";

    /// <summary>Adds them to the help of a program.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var help in root.Options.OfType<HelpOption>()) help.Action = new CommandHelp((SynchronousCommandLineAction)help.Action!);
    }

    /// <summary>What asks for help in other words: nothing at all, and <c>help activity</c> as other programs have it.</summary>
    public static string[] Asked(string[] arguments) => arguments is [] ? ["--help"]
        : arguments is ["help", .. var rest] ? [.. rest, "--help"]
        : arguments;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in ExamplesOf(command)) output.WriteLine($"  {example}");
        output.WriteLine();
        output.WriteLine("Exit codes:");
        foreach (var (number, words) in CodesOf(command)) output.WriteLine($"  {number,-3}  {words}");
        output.WriteLine();
        return code;
    }

    /// <summary>Lines to type.</summary>
    public static IEnumerable<string> ExamplesOf(Command command)
    {
        if (command is RootCommand) return OtherExamples.OfProgram.Select(line => $"{Program} {line}");
        var lines = command is QuestionCommand asking ? asking.Question.Examples : OtherExamples.Of(command.Name);
        return lines.Select(line => $"{Program} {command.Name} {line}".TrimEnd());
    }

    /// <summary>The codes that a command can end with.</summary>
    public static IEnumerable<(int Number, string Words)> CodesOf(Command command) =>
        ExitCode.All.Where(code => command is RootCommand || code.Of(command is QuestionCommand, command.Name))
            .Select(code => (code.Number, code.Words));
}
