using System.CommandLine;
using EntraAuditTools.Core.Queries.Values;

namespace EntraAuditTools.Cli.Options;

/// <summary>A command that there is not, with the nearest that there is.</summary>
internal static class UnknownCommand
{
    /// <summary>What is wrong, as a sentence; nothing where a command is named.</summary>
    public static IEnumerable<string> Find(ParseResult parsed)
    {
        if (parsed.CommandResult.Command is not RootCommand root || parsed.UnmatchedTokens is not [var name, ..]) yield break;
        if (name.StartsWith('-')) yield break;
        var near = NearestWords.Of(name, root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name));
        var meant = near.Count > 0 ? $" Did you mean {string.Join(" or ", near)}?" : string.Empty;
        yield return $"There is no command {name}.{meant}";
    }
}
