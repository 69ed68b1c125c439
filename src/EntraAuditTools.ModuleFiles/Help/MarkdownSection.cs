using Markdig;
using Markdig.Syntax;

namespace EntraAuditTools.ModuleFiles.Help;

/// <summary>A heading with the text under it, up to the next heading of its level.</summary>
/// <param name="File">The Markdown file.</param>
/// <param name="Title">The heading's text.</param>
/// <param name="Line">The heading's line, from 1.</param>
/// <param name="Blocks">What precedes the first heading below it.</param>
/// <param name="Sections">The headings one level below it.</param>
internal sealed record MarkdownSection(
    string File, string Title, int Line, IReadOnlyList<Block> Blocks, IReadOnlyList<MarkdownSection> Sections)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePreciseSourceLocation().Build();

    /// <summary>The section of that title; null when there is none.</summary>
    public MarkdownSection? Find(string title) => Sections.FirstOrDefault(section => section.Title == title);

    /// <summary>Reads a file, which begins with its title: the one heading of the first level.</summary>
    public static MarkdownSection Read(string file, HelpProblems problems)
    {
        var blocks = Markdown.Parse(System.IO.File.ReadAllText(file), Pipeline).ToList();
        if (blocks is [HeadingBlock { Level: 1 } title, ..]) return Section(file, title, blocks[1..], problems);
        problems.Add(file, 1, "A page begins with its title: # and the name.");
        return new MarkdownSection(file, string.Empty, 1, [], []);
    }

    private static MarkdownSection Section(string file, HeadingBlock heading, List<Block> blocks, HelpProblems problems)
    {
        bool IsNext(Block block) => block is HeadingBlock next && next.Level == heading.Level + 1;

        var sections = new List<MarkdownSection>();
        var before = blocks.TakeWhile(block => !IsNext(block)).ToList();
        for (var start = before.Count; start < blocks.Count;)
        {
            var end = blocks.FindIndex(start + 1, IsNext);
            if (end < 0) end = blocks.Count;
            sections.Add(Section(file, (HeadingBlock)blocks[start], blocks[(start + 1)..end], problems));
            start = end;
        }

        return new MarkdownSection(file, InlineText.Of(heading, file, problems), heading.Line + 1, before, sections);
    }
}
