using System.Globalization;
using System.Management.Automation;
using System.Xml.Linq;

namespace EntraAuditTools.PowerShell.Views.Declaring;

/// <summary>A view of a record.</summary>
internal abstract class DeclaredView(DeclaredRecord record, string kind, string name, string? named = null)
{
    /// <summary>Table, List or Custom.</summary>
    public string Kind => kind;

    /// <summary>What Format-Table -View and the like call it.</summary>
    public string Name { get; } = record.Checked(name, $"The name of a {kind}");

    /// <summary>The type of records that it shows.</summary>
    public string TypeName { get; } = named is null ? record.TypeName : $"{record.TypeName}#{named}";

    /// <summary>What errors call it.</summary>
    public string Where => $"{kind} {name}";

    /// <summary>The element of the format file.</summary>
    /// <param name="local">For sessions that show the machine's time zone.</param>
    public XElement ToXml(bool local = false) => new("View", new XElement("Name", Name),
        new XElement("ViewSelectedBy", new XElement("TypeName", TypeName)), GroupBy?.Invoke(local), Control(local));

    /// <summary>Its columns or items; none where it is free text.</summary>
    public virtual IReadOnlyList<ViewPart> Parts => [];

    /// <summary>Whether cells take as many lines as they need.</summary>
    public virtual bool Wraps => false;

    /// <summary>What it shows where it is free text; null for tables and lists.</summary>
    public virtual Func<PSObject, string>? Text => null;

    /// <summary>What makes a new heading over the rows that follow, and the heading; null for none.</summary>
    public ViewHeading? Heading { get; private protected set; }

    /// <summary>What makes a new heading; null for none.</summary>
    private protected Func<bool, XElement>? GroupBy { get; set; }

    /// <summary>What shows the records.</summary>
    private protected abstract XElement Control(bool local);

    /// <summary>The element that names a cell's code property.</summary>
    internal XElement Property(Func<PSObject, object?> cell, string? label = null) =>
        new("PropertyName", record.NameOf(cell, label is null ? Where : At(label)));

    /// <summary>The element that names what shows a property in local time; null where that is the property itself.</summary>
    private protected XElement? LocalProperty(string property, string? shownAs) =>
        record.LocalNameOf(property, shownAs, Where) is { } name ? new("PropertyName", name) : null;

    /// <summary>The element for a label.</summary>
    private protected XElement Label(string label, bool local = false) =>
        new("Label", record.Checked(local ? LocalProperties.Label(label) : label, "A label", At(label)));

    /// <summary>The element for the format of a property; null for none.</summary>
    private protected XElement? Format(string? shownAs) =>
        shownAs is null ? null : new XElement("FormatString", $"{{0:{record.Checked(shownAs, "A format", Where)}}}");

    /// <summary>What a column or an item shows that a method answers.</summary>
    private protected ShownCell Shown(string label, Func<PSObject, object?> cell) => new(label, Property(cell, label)) { Method = cell };

    /// <summary>A column or an item as it is shown without the engine: a property as its format has it there.</summary>
    private protected static ViewPart Part(ShownCell cell) => new(cell.Label, cell.Method ?? (instance =>
        Cell.Value(instance, cell.Property.Value) switch
        {
            DateTimeOffset time when cell.ShownAs != null => Cell.Time(time, cell.ShownAs),
            IFormattable value when cell.ShownAs != null => value.ToString(cell.ShownAs, CultureInfo.InvariantCulture),
            var value => Cell.Line(value),
        }));

    /// <summary>The element for a fixed text.</summary>
    internal XElement Fixed(string text) => new("Text", record.Checked(text, "A text", Where));

    /// <summary>Says that it shows nothing.</summary>
    private protected ViewDeclarationException Empty() => record.Refused("It shows nothing.", Where);

    /// <summary>What errors call a column or an item.</summary>
    private protected string At(string label) => $"{Where}, '{label}'";
}
