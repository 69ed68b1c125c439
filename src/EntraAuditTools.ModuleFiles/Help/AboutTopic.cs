using System.Text;
using Markdig.Syntax;

namespace EntraAuditTools.ModuleFiles.Help;

/// <summary>
/// An about topic as plain text: headings in capitals at the margin, the text under them four columns in, code eight, nothing beyond column
/// 80.
/// </summary>
internal sealed class AboutTopic(MarkdownSection page, HelpProblems problems)
{
    private const int Width = 80;
    private const int ProseWidth = 77;
    private const int Indent = 4;

    private readonly StringBuilder text = new();

    public string Render()
    {
        text.Append("TOPIC\n").Append(' ', Indent).Append(page.Title).Append('\n');
        foreach (var section in page.Sections)
        {
            text.Append('\n').Append(section.Title.ToUpperInvariant()).Append('\n');
            Append(section.Blocks, Indent);
        }

        return text.ToString();
    }

    private void Append(IEnumerable<Block> blocks, int indent, string marker = "")
    {
        var isFirst = true;
        foreach (var block in blocks)
        {
            if (!isFirst) text.Append('\n');
            switch (block)
            {
                case ParagraphBlock paragraph:
                    Wrap(InlineText.Of(paragraph, page.File, problems), indent, isFirst ? marker : string.Empty);
                    break;
                case CodeBlock code:
                    Code(code, indent + Indent);
                    break;
                case ListBlock list:
                    List(list, indent);
                    break;
                default:
                    problems.Add(page.File, block.Line + 1, "An about topic is paragraphs, code and lists, under headings of level two.");
                    break;
            }

            isFirst = false;
        }
    }

    private void List(ListBlock list, int indent)
    {
        var number = 1;
        foreach (var item in list.Cast<ListItemBlock>())
        {
            if (list.IsLoose && number > 1) text.Append('\n');
            var marker = list.IsOrdered ? $"{number}. " : "- ";
            Append(item, indent + marker.Length, marker);
            number++;
        }
    }

    /// <param name="words">The paragraph, in one line.</param>
    /// <param name="indent">Columns before each line.</param>
    /// <param name="marker">Text before the first line, within those columns.</param>
    private void Wrap(string words, int indent, string marker)
    {
        var line = new StringBuilder().Append(' ', indent - marker.Length).Append(marker);
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + word.Length > ProseWidth && line.Length > indent)
            {
                EndLine(line);
                line.Append(' ', indent);
            }

            line.Append(word).Append(' ');
        }

        EndLine(line);
    }

    private void EndLine(StringBuilder line)
    {
        text.Append(line.ToString().TrimEnd()).Append('\n');
        line.Clear();
    }

    private void Code(CodeBlock code, int indent)
    {
        var lines = code.Lines.ToString().Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            if (indent + lines[index].Length > Width)
                problems.Add(page.File, code.Line + 2 + index, $"This line is longer than the {Width - indent} columns that it has.");
            text.Append(' ', indent).Append(lines[index]).Append('\n');
        }
    }
}
