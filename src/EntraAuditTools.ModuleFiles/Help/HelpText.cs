using Markdig.Syntax;

namespace EntraAuditTools.ModuleFiles.Help;

/// <summary>The text under a heading, as the paragraphs that Get-Help shows.</summary>
internal sealed class HelpText(SharedTexts shared, HelpProblems problems)
{
    /// <summary>One string for each paragraph, item of a list or block of code; shared texts are put in.</summary>
    public IReadOnlyList<string> Paragraphs(MarkdownSection section) => Paragraphs(section, section.Blocks);

    /// <inheritdoc cref="Paragraphs(MarkdownSection)"/>
    /// <param name="section">The section of the blocks.</param>
    /// <param name="blocks">Some of the section's blocks.</param>
    public IReadOnlyList<string> Paragraphs(MarkdownSection section, IEnumerable<Block> blocks) =>
        [.. blocks.SelectMany(block => Paragraphs(block, [section]))];

    /// <summary>The paragraphs of a section that must not be empty.</summary>
    public IReadOnlyList<string> NotEmpty(MarkdownSection section)
    {
        var paragraphs = Paragraphs(section);
        if (paragraphs.Count == 0) problems.Add(section.File, section.Line, $"{section.Title} says nothing.");
        return paragraphs;
    }

    private IEnumerable<string> Paragraphs(Block block, IReadOnlyList<MarkdownSection> within)
    {
        var file = within[^1].File;
        if (SharedTexts.Reference(block, file) is { } link)
        {
            if (shared.Resolve(link, file) is not { } section) return [];
            if (!within.Contains(section)) return section.Blocks.SelectMany(inner => Paragraphs(inner, [.. within, section]));
            problems.Add(file, link.Line + 1, "A shared text cannot stand for itself.");
            return [];
        }

        switch (block)
        {
            case ParagraphBlock paragraph:
                return [InlineText.Of(paragraph, file, problems)];
            case CodeBlock code:
                return [code.Lines.ToString()];
            case ListBlock list when list.All(item => item is ListItemBlock { Count: 1 } only && only[0] is ParagraphBlock):
                return list.Select((item, index) =>
                    (list.IsOrdered ? $"{index + 1}. " : "- ") + InlineText.Of((ParagraphBlock)((ListItemBlock)item)[0], file, problems));
            default:
                problems.Add(file, block.Line + 1, "Help is paragraphs, code and plain lists.");
                return [];
        }
    }
}
