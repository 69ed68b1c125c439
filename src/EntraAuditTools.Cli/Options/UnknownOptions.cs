using System.CommandLine;
using System.CommandLine.Parsing;
using EntraAuditTools.Core.Queries.Values;

namespace EntraAuditTools.Cli.Options;

/// <summary>
/// Options that a command does not have. The parser takes them for values where one can follow: for the next of a list
/// (<c>--activity x --user y</c>), for the value of an option that lacks its own, or for a path, and so answers another question.
/// </summary>
internal static class UnknownOptions
{
    private const string End = "--";

    /// <summary>What is wrong, a sentence for each.</summary>
    /// <param name="arguments">The command line as it was given.</param>
    /// <param name="parsed">What the parser made of it.</param>
    public static IEnumerable<string> Find(IReadOnlyList<string> arguments, ParseResult parsed)
    {
        var known = parsed.Tokens.Where(token => token.Type == TokenType.Option).Select(token => token.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var argument in arguments.TakeWhile(argument => argument != End))
        {
            if (!IsOption(argument)) continue;
            var name = argument.Split('=', ':')[0];
            if (!known.Contains(name)) yield return Describe(name, parsed.CommandResult);
        }
    }

    // A negative number is a value, and so are words that begin with a dash: no option has a blank in its name.
    private static bool IsOption(string argument) =>
        argument.TrimStart('-') is [var first, ..] rest && rest.Length != argument.Length && char.IsLetter(first)
            && !argument.Split('=', ':')[0].Contains(' ', StringComparison.Ordinal);

    private static string Describe(string name, CommandResult command)
    {
        var near = NearestWords.Of(name, Options(command).Where(option => !option.Hidden).Select(option => option.Name));
        var meant = near.Count > 0 ? $" Did you mean {string.Join(" or ", near)}?" : string.Empty;
        return $"There is no option {name}.{meant} A value that begins with a dash is written behind its option's =, a path behind ./.";
    }

    private static IEnumerable<Option> Options(CommandResult command) =>
        command.Command.Options.Concat(command.Parent is CommandResult parent ? Options(parent).Where(option => option.Recursive) : []);
}
