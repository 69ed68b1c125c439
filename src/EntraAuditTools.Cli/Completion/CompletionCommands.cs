using System.CommandLine;
using System.Globalization;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Core.Mirror.Sql;
using EntraAuditTools.Core.Queries.Fields;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Cli.Completion;

/// <summary><c>entra-audit completion</c> writes what a shell runs, which calls <c>entra-audit complete</c>.</summary>
internal static class CompletionCommands
{
    /// <summary>Writes the script of a shell.</summary>
    public static Command Script()
    {
        var shell = new Argument<string>("shell") { Description = string.Join(", ", CompletionScripts.Shells) + "." };
        shell.AcceptOnlyFromAmong([.. CompletionScripts.Shells]);
        const string Does = "Write a script that completes commands, options and values of the mirror in a shell.";
        var command = new Command("completion", Does) { shell };
        command.SetAction(parsed => Console.Out.WriteLine(CompletionScripts.Of(parsed.GetValue(shell)!)));
        return command;
    }

    /// <summary>Answers such a script.</summary>
    public static Command Words(RootCommand root)
    {
        var words = new Argument<string[]>("words") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("complete", "Answers the completion scripts.") { words };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            foreach (var value in new WordCompletion(root).Run(parsed.GetValue(words) ?? [])) Console.Out.WriteLine(Line(value));
            return ExitCode.Fine;
        });
        return command;
    }

    // What is inserted must mean exactly this value to an option that takes wildcards.
    private static string Line(CompletedValue value)
    {
        var text = TerminalText.Line(value.Text.StartsWith('-') ? value.Text : WildcardText.Escape(value.Text));
        var tip = value.Tip ?? (value.Count is { } count ? count.ToString("N0", CultureInfo.CurrentCulture) : null);
        return tip is null ? text : $"{text}\t{TerminalText.Line(tip)}";
    }
}
