using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace EntraAuditTools.ModuleFiles.Help;

/// <summary>
/// Reads what a page says of its parameters. The first paragraph of PARAMETERS links all of them, in the order of help: to their heading
/// below, or to a shared text, which is then all that there is to say.
/// </summary>
internal sealed class ParameterList(MarkdownSection page, CmdletFacts cmdlet, HelpText text, SharedTexts shared, HelpProblems problems)
{
    private readonly MarkdownSection section = page.Find("PARAMETERS") ?? new MarkdownSection(page.File, "PARAMETERS", page.Line, [], []);

    public IReadOnlyList<NamedText> Read()
    {
        var links = section.Blocks is [ParagraphBlock list] ? list.Inline!.OfType<LinkInline>().ToList() : [];
        List<NamedText> parameters = [.. links.Select(Read).OfType<NamedText>()];
        Check([.. parameters.Select(parameter => parameter.Name)]);
        return parameters;
    }

    private NamedText? Read(LinkInline link)
    {
        var name = InlineText.TitleOf(link);
        var isShared = SharedTexts.IsShared(link, section.File);
        var source = isShared
            ? shared.Resolve(link, section.File)
            : section.Sections.FirstOrDefault(described => "#" + SharedTexts.Anchor(described.Title) == link.Url);
        if (source?.Title == name) return new NamedText(name.TrimStart('-'), text.NotEmpty(source));
        if (source is not null || !isShared) problems.Add(section.File, link.Line + 1, $"{name} leads to no heading of that name.");
        return null;
    }

    private void Check(IReadOnlyList<string> listed)
    {
        var declared = cmdlet.Parameters.Select(parameter => parameter.Name).ToList();
        foreach (var name in declared.Except(listed))
            problems.Add(section.File, section.Line, $"{cmdlet.Name} has a parameter -{name}, which the list here does not link.");
        foreach (var name in listed.Except(declared)) problems.Add(section.File, section.Line, $"{cmdlet.Name} has no parameter -{name}.");
        foreach (var twice in listed.GroupBy(name => name).Where(group => group.Count() > 1))
            problems.Add(section.File, section.Line, $"-{twice.Key} is listed twice.");
        foreach (var described in section.Sections.Where(described => !listed.Contains(described.Title.TrimStart('-'))))
            problems.Add(section.File, described.Line, $"{described.Title} is missing in the list of PARAMETERS.");
    }
}
