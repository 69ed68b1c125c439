using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace EntraAuditTools.ModuleFiles.Help;

/// <summary>Reads the page of a cmdlet, in PlatyPS' schema, and compares it with what the class declares.</summary>
internal sealed class CmdletPage
{
    private static readonly string[] Titles =
        ["SYNOPSIS", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"];

    private readonly MarkdownSection page;
    private readonly CmdletFacts cmdlet;
    private readonly HelpText text;
    private readonly HelpProblems problems;

    private CmdletPage(MarkdownSection page, CmdletFacts cmdlet, HelpText text, HelpProblems problems)
    {
        this.page = page;
        this.cmdlet = cmdlet;
        this.text = text;
        this.problems = problems;
    }

    public static CmdletHelp Read(MarkdownSection page, CmdletFacts cmdlet, SharedTexts shared, HelpProblems problems)
    {
        var text = new HelpText(shared, problems);
        var reader = new CmdletPage(page, cmdlet, text, problems);
        reader.CheckSections();
        return new CmdletHelp(
            reader.Text("SYNOPSIS"), reader.Text("DESCRIPTION"), new ParameterList(page, cmdlet, text, shared, problems).Read(),
            reader.Examples(), reader.Named("INPUTS"), reader.Named("OUTPUTS"), reader.Text("NOTES"), reader.Links());
    }

    private void CheckSections()
    {
        if (page.Title != cmdlet.Name) problems.Add(page.File, page.Line, $"The page of {cmdlet.Name} has another title: {page.Title}.");
        var wanted = Titles.Where(title => title switch
        {
            "INPUTS" => cmdlet.TakesPipeline,
            "NOTES" => page.Find(title) is not null,
            _ => true,
        });
        if (!page.Sections.Select(section => section.Title).SequenceEqual(wanted))
            problems.Add(page.File, page.Line, $"The sections of this page are to be {string.Join(", ", wanted)}.");
        if (page.Find("OUTPUTS") is { } outputs && !outputs.Sections.Select(output => output.Title).SequenceEqual(cmdlet.Outputs))
            problems.Add(page.File, outputs.Line, $"{cmdlet.Name} declares these outputs: {string.Join(", ", cmdlet.Outputs)}.");
    }

    private List<CmdletExample> Examples()
    {
        var examples = page.Find("EXAMPLES")?.Sections ?? [];
        if (examples.Count == 0) problems.Add(page.File, page.Find("EXAMPLES")?.Line ?? page.Line, "There is no example.");
        return [.. examples.Select(Example)];
    }

    private CmdletExample Example(MarkdownSection example)
    {
        var code = example.Blocks is [FencedCodeBlock fence, ..] ? fence.Lines.ToString() : string.Empty;
        if (code.Trim().Length == 0) problems.Add(page.File, example.Line, "An example begins with its lines of code, in a fence.");
        else if (example.Blocks.Count == 1) problems.Add(page.File, example.Line, "An example says what it shows, below its code.");
        return new CmdletExample(example.Title, code, text.Paragraphs(example, example.Blocks.Skip(1)));
    }

    private List<RelatedLink> Links()
    {
        var links = (page.Find("RELATED LINKS")?.Blocks ?? []).SelectMany(block => block.Descendants<LinkInline>()).ToList();
        foreach (var link in links) InlineText.CheckTarget(link, page.File, problems);
        return [.. links.Select(link => new RelatedLink(InlineText.TitleOf(link), InlineText.IsAddress(link.Url) ? link.Url : null))];
    }

    private IReadOnlyList<NamedText> Named(string title) =>
        [.. (page.Find(title)?.Sections ?? []).Select(section => new NamedText(section.Title, text.NotEmpty(section)))];

    private IReadOnlyList<string> Text(string title) => page.Find(title) is { } section ? text.NotEmpty(section) : [];
}
