using System.Globalization;
using System.Management.Automation;
using System.Xml.Linq;

namespace EntraAuditTools.PowerShell.Views.Declaring;

/// <summary>Text without columns: a custom view, or the heading of a group.</summary>
/// <param name="view">The view that it is of.</param>
internal sealed class FreeText(DeclaredView view)
{
    private readonly XElement parts = new("CustomItem");

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => !parts.HasElements;

    /// <summary>What a method answers.</summary>
    public FreeText Show(Func<PSObject, object?> cell) => Add(new XElement("ExpressionBinding", view.Property(cell)));

    /// <summary>A fixed text.</summary>
    public FreeText Text(string text) => Add(view.Fixed(text));

    /// <summary>The end of a line.</summary>
    public FreeText NewLine() => Add(new XElement("NewLine"));

    /// <summary>Parts that are indented by so many columns.</summary>
    public FreeText Indented(int columns, Action<FreeText> inner)
    {
        var text = new FreeText(view);
        inner(text);
        return Add(new XElement("Frame", new XElement("LeftIndent", columns.ToString(CultureInfo.InvariantCulture)), text.parts));
    }

    /// <summary>The control of the format file.</summary>
    public XElement ToXml() => new("CustomControl", new XElement("CustomEntries", new XElement("CustomEntry", parts)));

    private FreeText Add(XElement part)
    {
        parts.Add(part);
        return this;
    }
}
