using System.CommandLine;
using System.CommandLine.Completions;
using EntraAuditTools.Cli;
using EntraAuditTools.Cli.Help;
using EntraAuditTools.Cli.Output;
using EntraAuditTools.Cli.Questions;

namespace EntraAuditTools.Module.Tests.Programs;

/// <summary>The help of a command can be followed: its examples are run on the sample tenant.</summary>
public sealed class ProgramHelpTests(SampleMirror mirror) : IClassFixture<SampleMirror>
{
    // The sample's logs end on 30 October 2026: what asks for the days before now, or for a state of now, answers for another day each day.
    private static readonly string[] OfNow = ["--last", "--expiring-within", "--unlisted", "--rejected", "--mirror"];

    private static IEnumerable<Command> Commands => ProgramCommands.Create().Subcommands.Where(command => !command.Hidden);

    public static TheoryData<string> Names => [.. Commands.Select(command => command.Name)];

    public static TheoryData<string> Examples => [.. Commands.OfType<QuestionCommand>().SelectMany(CommandHelp.ExamplesOf)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_command_has_examples_and_says_how_it_ends(string name)
    {
        var run = mirror.Run(name, "--help");
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        var command = Commands.Single(item => item.Name == name);
        Assert.All(CommandHelp.ExamplesOf(command), line => Assert.Contains($"\n  {line}", run.Output, StringComparison.Ordinal));
        Assert.NotEmpty(CommandHelp.ExamplesOf(command));
        Assert.All(CommandHelp.CodesOf(command), code => Assert.Contains(code.Words, run.Output, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_answers(string line)
    {
        var words = Words(line).Skip(1).ToArray();
        // A mirror of a name of its own is whoever's follows the example.
        if (Array.IndexOf(words, "--mirror") is > 0 and var at) words[at + 1] = mirror.File;
        var run = mirror.Run(OnItsDay(words));
        var isCovered = !words.Contains("--require-coverage");
        Assert.True(run.ExitCode is ExitCode.Fine || (run.ExitCode is ExitCode.NotCovered && !isCovered), run.Error);
        // The sample's names: a reader who tries it sees an answer, and no name is one that the mirror does not know.
        Assert.DoesNotContain("knows no", run.Error, StringComparison.Ordinal);
        if (!words.Any(OfNow.Contains)) Assert.NotEmpty(run.Output.Trim('[', ']', '\n', '\r', ' '));
        if (!words.Any(OfNow.Contains)) Assert.DoesNotContain("Nothing matches", run.Error, StringComparison.Ordinal);
    }

    // States are asked for as of the sample's last day, whatever day it is.
    private static string[] OnItsDay(string[] words)
    {
        if (Array.IndexOf(words, "--reference-time") is >= 0 and var at && words[at + 1].EndsWith('d')) words[at + 1] = "2026-10-04";
        var takesTime = Commands.Single(command => command.Name == words[0]).Options.Any(option => option.Name == "--as-of");
        return takesTime && !words.Any(word => word is "--as-of" or "--after" or "--before") ? [.. words, "--as-of", "2026-11-01"] : words;
    }

    /// <summary>Whatever view there is shows the sample's records, on lines that fit.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_view_shows_the_records(string name)
    {
        if (Commands.Single(item => item.Name == name) is not QuestionCommand command) return;
        string[] first = name switch
        {
            "mirror" => [],
            "compare" => ["--first", "3", "--reference-time", "2026-10-04"],
            "compare-activity" => ["--first", "3", "--after", "2026-10-20", "--before", "2026-10-31"],
            _ => ["--first", "3"],
        };
        string[][] shown =
        [
            [],
            .. command.Options.Where(option => option.Name == "--list").Select(option => new[] { option.Name }),
            .. command.Options.Where(option => option.Name == "--view")
                .SelectMany(option => option.GetCompletions(CompletionContext.Empty).Select(item => new[] { option.Name, item.Label })),
        ];
        foreach (var view in shown)
        {
            var run = mirror.Run([name, .. first, .. view]);
            Assert.True(run.ExitCode == 0 && run.Output.Length > 0, $"{string.Join(' ', view)}: {run.Error}");
            if (view is not ["--list"] and not [_, "Timeline"] && name != "mirror")
                Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= 120, line));
        }
    }

    [Fact]
    public void A_view_that_there_is_not_is_named_with_the_nearest()
    {
        var run = mirror.Run("activity", "--view", "Changes");
        Assert.Equal((ExitCode.Usage, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("Did you mean Change?", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "Commands:")]
    [InlineData(0, "How many activities", "help", "measure")]
    [InlineData(0, "--column-map", "import", "--help")]
    public void Help_is_given_however_it_is_asked_for(int code, string said, params string[] words)
    {
        var run = mirror.Run(words);
        Assert.Equal((code, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains(said, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_there_is_not_is_named_with_the_nearest()
    {
        var run = mirror.Run("requsts");
        Assert.Equal((ExitCode.Usage, string.Empty), (run.ExitCode, run.Output));
        Assert.StartsWith("entra-audit: There is no command requsts. Did you mean requests?", run.Error, StringComparison.Ordinal);
    }

    // As a shell splits them.
    private static IEnumerable<string> Words(string line)
    {
        var parts = line.Split('\'');
        for (var i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 1) yield return parts[i];
            else foreach (var word in parts[i].Split(' ', StringSplitOptions.RemoveEmptyEntries)) yield return word;
        }
    }
}
