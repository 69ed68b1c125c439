using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using EntraAuditTools.Cli;
using EntraAuditTools.Cli.Options;

namespace EntraAuditTools.Module.Tests.Programs;

/// <summary>Command lines of the program that are written in documents are ones that it takes.</summary>
public partial class WrittenCommandTests
{
    // Whole lines to type; in sentences a command may lack what it needs.
    [GeneratedRegex(@"(?<=^|[|&;(] ?|! )entra-audit (?<words>(?:'[^'\n]*'|""[^""\n]*""|[^`\n|>&;#)'""])*)", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"(?<=`)entra-audit (?<words>[^`\n|>&;#)]*)")]
    private static partial Regex Mention();

    [GeneratedRegex(@"^```(?:sh|bash|console)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    public static TheoryData<string> Documents =>
    [
        "README.md", "SECURITY.md", Path.Combine("packaging", "tool", "README.md"),
        .. System.IO.Directory.EnumerateFiles(Path.Combine(StagedModule.RepositoryRoot, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(StagedModule.RepositoryRoot, file))
            .Where(name => File.ReadAllText(Path.Combine(StagedModule.RepositoryRoot, name)).Contains("entra-audit ", StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void What_is_written_can_be_typed(string document)
    {
        var text = File.ReadAllText(Path.Combine(StagedModule.RepositoryRoot, document)).ReplaceLineEndings("\n");
        var lines = Fence().Matches(text).SelectMany(fence => Line().Matches(fence.Groups["text"].Value)).Select(Words).ToList();
        var mentions = Mention().Matches(text).Select(Words);
        var root = ProgramCommands.Create();
        foreach (var words in mentions.Concat(lines).Where(words => words is not [] && !words.Any(IsPlaceholder)))
        {
            var parsed = root.Parse(words);
            var wrong = UnknownCommand.Find(parsed).Concat(UnknownOptions.Find(words, parsed)).ToList();
            Assert.True(wrong.Count == 0, $"entra-audit {string.Join(' ', words)}: {string.Join(' ', wrong)}");
        }

        foreach (var words in lines.Where(words => !words.Any(IsPlaceholder)))
        {
            var errors = root.Parse(words).Errors.Select(error => error.Message).ToList();
            Assert.True(errors.Count == 0, $"entra-audit {string.Join(' ', words)}: {string.Join(' ', errors)}");
        }
    }

    private static bool IsPlaceholder(string word) => word.Contains('…', StringComparison.Ordinal) || word.StartsWith('<');

    private static string[] Words(Match match) => [.. CommandLineParser.SplitCommandLine(match.Groups["words"].Value.Replace('\'', '"'))];
}
