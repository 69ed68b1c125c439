using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace EntraAuditTools.ModuleFiles.Help;

/// <summary>
/// A paragraph as plain text: code without its backticks, links as their text. What plain text cannot show is a problem, not left out: an
/// asterisk that was meant as one, or a placeholder in angle brackets, would go missing unseen.
/// </summary>
internal static class InlineText
{
    public static string Of(LeafBlock block, string file, HelpProblems problems)
    {
        var text = new StringBuilder();
        foreach (var inline in block.Inline ?? []) Append(text, inline, file, problems);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Inline inline, string file, HelpProblems problems)
    {
        switch (inline)
        {
            case LiteralInline literal:
                text.Append(literal.Content.AsSpan());
                break;
            case CodeInline code:
                text.Append(code.Content);
                break;
            case HtmlEntityInline entity:
                text.Append(entity.Transcoded.AsSpan());
                break;
            case AutolinkInline address:
                text.Append(address.Url);
                break;
            case LineBreakInline:
                text.Append(' ');
                break;
            case LinkInline { IsImage: false } link:
                foreach (var part in link) Append(text, part, file, problems);
                if (IsAddress(link.Url)) text.Append(" (").Append(link.Url).Append(')');
                CheckTarget(link, file, problems);
                break;
            default:
                problems.Add(file, inline.Line + 1, inline switch
                {
                    EmphasisInline => "Help has no emphasis: put * and _ that are meant in backticks, or a backslash before them.",
                    HtmlInline => "Help has no HTML: put < that is meant in backticks, or a backslash before it.",
                    _ => $"Help cannot show this: {inline.GetType().Name}.",
                });
                break;
        }
    }

    /// <summary>The words of a link to a page or heading.</summary>
    public static string TitleOf(LinkInline link) => string.Concat(link.OfType<LiteralInline>());

    /// <summary>Whether a link leads out of the repository.</summary>
    public static bool IsAddress(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && !address.IsFile;

    /// <summary>A link into the repository leads to a file that is there.</summary>
    public static void CheckTarget(LinkInline link, string file, HelpProblems problems)
    {
        if (IsAddress(link.Url)) return;
        var path = (link.Url ?? string.Empty).Split('#')[0];
        var target = path.Length == 0 ? file : Path.Combine(Path.GetDirectoryName(file)!, path);
        if (!File.Exists(target)) problems.Add(file, link.Line + 1, $"There is no {path} to link to.");
    }
}
