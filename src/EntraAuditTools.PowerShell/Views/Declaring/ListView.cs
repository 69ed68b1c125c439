using System.Linq.Expressions;
using System.Management.Automation;
using System.Xml.Linq;

namespace EntraAuditTools.PowerShell.Views.Declaring;

/// <summary>A list: an item a line, with its label and what it shows: a method of a view class, or a property of the record.</summary>
internal sealed class ListView<T>(RecordViews<T> record, string name) : DeclaredView(record, "List", name)
{
    private readonly List<XElement> items = [];

    /// <summary>An item that shows what a method answers.</summary>
    public ListView<T> Item(string label, Func<PSObject, object?> cell) => Add(label, Property(cell, label));

    /// <summary>An item that shows a property.</summary>
    public ListView<T> Item(string label, Expression<Func<T, object?>> property, string? shownAs = null) =>
        Add(label, Property(property), shownAs);

    /// <summary>An item that shows a property by its name, for items that several records have in common.</summary>
    public ListView<T> Item(string label, string property, string? shownAs = null) =>
        Add(label, new XElement("PropertyName", record.NameOf(property, At(label))), shownAs);

    /// <summary>An item that is left out when there is nothing to show.</summary>
    public ListView<T> ItemIfAny(string label, Func<PSObject, object?> cell) =>
        Add(label, Property(cell, label), when: Property(cell, label));

    /// <inheritdoc cref="ItemIfAny(string, Func{PSObject, object?})"/>
    public ListView<T> ItemIfAny(string label, Expression<Func<T, object?>> property) =>
        Add(label, Property(property), when: Property(property));

    /// <summary>An item that is there when a method answers true.</summary>
    public ListView<T> ItemIf(Func<PSObject, object?> when, string label, Func<PSObject, object?> cell) =>
        Add(label, Property(cell, label), when: Property(when, label));

    private protected override XElement Control() => items.Count == 0 ? throw Empty()
        : new XElement("ListControl", new XElement("ListEntries", new XElement("ListEntry", new XElement("ListItems", items))));

    private XElement Property(Expression<Func<T, object?>> property) => new("PropertyName", record.NameOf(property));

    private ListView<T> Add(string label, XElement property, string? shownAs = null, XElement? when = null)
    {
        var condition = when is null ? null : new XElement("ItemSelectionCondition", when);
        items.Add(new XElement("ListItem", condition, Label(label), property, Format(shownAs)));
        return this;
    }
}
