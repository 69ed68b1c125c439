using Markdig.Helpers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace EntraAuditTools.ModuleFiles.Help;

/// <summary>
/// Texts of several pages, written once: each section of the files in the folder shared. A link to a section, alone in its paragraph, is
/// replaced by the section.
/// </summary>
internal sealed class SharedTexts
{
    private const string Folder = "shared";

    private readonly Dictionary<string, MarkdownSection> sections = new(StringComparer.Ordinal);
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly HelpProblems problems;

    public SharedTexts(string documentation, HelpProblems problems)
    {
        this.problems = problems;
        var folder = Path.Combine(documentation, Folder);
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal))
        {
            foreach (var section in MarkdownSection.Read(file, problems).Sections)
            {
                if (!sections.TryAdd(Key(file, Anchor(section.Title)), section))
                    problems.Add(file, section.Line, $"There are two texts of the name {section.Title}.");
            }
        }
    }

    /// <summary>The anchor that repository sites give to a heading.</summary>
    public static string Anchor(string title) => LinkHelper.UrilizeAsGfm(title);

    /// <summary>Whether a link leads into the folder of shared texts.</summary>
    public static bool IsShared(LinkInline link, string file) =>
        link.Url is { } url && !InlineText.IsAddress(url) && url.Contains('#', StringComparison.Ordinal)
        && Path.GetFileName(Path.GetDirectoryName(FullPath(file, url))) == Folder;

    /// <summary>The link that a paragraph consists of, if it refers to a shared text; else null.</summary>
    public static LinkInline? Reference(Block block, string file) =>
        block is ParagraphBlock { Inline: { FirstChild: LinkInline { NextSibling: null } link } } && IsShared(link, file) ? link : null;

    /// <summary>The section that a link leads to; null, and a problem, when there is none.</summary>
    public MarkdownSection? Resolve(LinkInline link, string file)
    {
        var key = Key(FullPath(file, link.Url!), link.Url!.Split('#')[1]);
        if (sections.TryGetValue(key, out var section))
        {
            used.Add(key);
            return section;
        }

        problems.Add(file, link.Line + 1, $"There is no shared text {link.Url}.");
        return null;
    }

    /// <summary>Texts that no page takes are left over from something.</summary>
    public void CheckAllUsed()
    {
        foreach (var (_, section) in sections.Where(entry => !used.Contains(entry.Key)))
            problems.Add(section.File, section.Line, $"No page uses the shared text {section.Title}.");
    }

    private static string FullPath(string file, string url)
    {
        var path = url.Split('#')[0];
        return Path.GetFullPath(path.Length == 0 ? file : Path.Combine(Path.GetDirectoryName(file)!, path));
    }

    private static string Key(string file, string anchor) => Path.GetFullPath(file) + "#" + anchor;
}
