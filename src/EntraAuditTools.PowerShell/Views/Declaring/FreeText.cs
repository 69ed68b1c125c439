using System.Globalization;
using System.Management.Automation;
using System.Xml.Linq;

namespace EntraAuditTools.PowerShell.Views.Declaring;

/// <summary>Text without columns: a custom view, or the heading of a group.</summary>
/// <param name="view">The view that it is of.</param>
internal sealed class FreeText(DeclaredView view)
{
    private readonly XElement parts = new("CustomItem");
    private readonly List<Func<PSObject, string>> texts = [];

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => !parts.HasElements;

    /// <summary>What a method answers.</summary>
    public FreeText Show(Func<PSObject, object?> cell) =>
        Add(instance => $"{cell(instance)}", new XElement("ExpressionBinding", view.Property(cell)));

    /// <summary>A fixed text.</summary>
    public FreeText Text(string text) => Add(_ => text, view.Fixed(text));

    /// <summary>The end of a line.</summary>
    public FreeText NewLine() => Add(_ => "\n", new XElement("NewLine"));

    /// <summary>Parts that are indented by so many columns.</summary>
    public FreeText Indented(int columns, Action<FreeText> inner)
    {
        var inside = new FreeText(view);
        inner(inside);
        var indent = new XElement("LeftIndent", columns.ToString(CultureInfo.InvariantCulture));
        return Add(instance => new string(' ', columns) + inside.Of(instance), new XElement("Frame", indent, inside.parts));
    }

    /// <summary>The control of the format file.</summary>
    public XElement ToXml() => new("CustomControl", new XElement("CustomEntries", new XElement("CustomEntry", parts)));

    /// <summary>The text of a record, where there is no engine.</summary>
    public string Of(PSObject instance) => string.Concat(texts.Select(text => text(instance)));

    private FreeText Add(Func<PSObject, string> text, XElement part)
    {
        texts.Add(text);
        parts.Add(part);
        return this;
    }
}
