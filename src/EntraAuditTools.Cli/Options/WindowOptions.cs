using System.CommandLine;
using EntraAuditTools.Core.Questions.Asking;

namespace EntraAuditTools.Cli.Options;

/// <summary>A time from and to, of commands that ask no question.</summary>
/// <param name="what">What is of that time, as the beginning of a sentence: "Of logs".</param>
internal sealed class WindowOptions(string what)
{
    private readonly TimeOption after = new("--after", $"{what}: at or after this time.");
    private readonly TimeOption before = new("--before", $"{what}: before this time.");
    private readonly Option<string?> last = new("--last")
    {
        Description = $"{what}: the last so long, up to now or to --before.", HelpName = "span",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        last.CompletionSources.Add([.. TimeFields.Last.Usual!]);
        foreach (var option in new Option[] { after, before, last }) command.Options.Add(option);
    }

    /// <summary>The time that was given.</summary>
    public TimeWindow Read(ParseResult parsed) =>
        TimeWindow.From(parsed.GetValue(after), parsed.GetValue(before), parsed.GetValue(last), DateTimeOffset.Now);
}
