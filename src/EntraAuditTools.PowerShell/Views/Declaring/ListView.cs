using System.Linq.Expressions;
using System.Management.Automation;
using System.Xml.Linq;

namespace EntraAuditTools.PowerShell.Views.Declaring;

/// <summary>A list: an item a line, with its label and what it shows: a method of a view class, or a property of the record.</summary>
internal sealed class ListView<T>(RecordViews<T> record, string name) : DeclaredView(record, "List", name)
{
    private readonly List<(ShownCell Cell, XElement? When)> items = [];
    private readonly List<ViewPart> parts = [];

    /// <inheritdoc/>
    public override IReadOnlyList<ViewPart> Parts => parts;

    /// <summary>An item that shows what a method answers.</summary>
    public ListView<T> Item(string label, Func<PSObject, object?> cell) => Add(Shown(label, cell));

    /// <summary>An item that shows a property.</summary>
    public ListView<T> Item(string label, Expression<Func<T, object?>> property, string? shownAs = null) =>
        Add(Shown(label, record.NameOf(property), shownAs));

    /// <summary>An item that shows a property by its name, for items that several records have in common.</summary>
    public ListView<T> Item(string label, string property, string? shownAs = null) =>
        Add(Shown(label, record.NameOf(property, At(label)), shownAs));

    /// <summary>An item that is left out when there is nothing to show.</summary>
    public ListView<T> ItemIfAny(string label, Func<PSObject, object?> cell) =>
        Add(Shown(label, cell), Property(cell, label), cell);

    /// <inheritdoc cref="ItemIfAny(string, Func{PSObject, object?})"/>
    public ListView<T> ItemIfAny(string label, Expression<Func<T, object?>> property) =>
        Add(Shown(label, record.NameOf(property), null), Property(property), instance => Cell.Value(instance, record.NameOf(property)));

    /// <summary>An item that is there when a method answers true.</summary>
    public ListView<T> ItemIf(Func<PSObject, object?> when, string label, Func<PSObject, object?> cell) =>
        Add(Shown(label, cell), Property(when, label), when);

    private protected override XElement Control(bool local) => items.Count == 0 ? throw Empty()
        : new XElement("ListControl", new XElement("ListEntries", new XElement("ListEntry",
            new XElement("ListItems", items.Select(item => new XElement("ListItem", item.When,
                Label(item.Cell.Label, item.Cell.IsLocal(local)), item.Cell.In(local), Format(item.Cell.ShownAs)))))));

    private XElement Property(Expression<Func<T, object?>> property) => new("PropertyName", record.NameOf(property));

    private ShownCell Shown(string label, string property, string? shownAs) =>
        new(label, new("PropertyName", property), LocalProperty(property, shownAs), shownAs,
            LocalProperties.StaysUtc(typeof(T), property, shownAs));

    private ListView<T> Add(ShownCell cell, XElement? when = null, Func<PSObject, object?>? isThere = null)
    {
        parts.Add(Part(cell) with { When = isThere });
        items.Add((cell, when is null ? null : new XElement("ItemSelectionCondition", when)));
        // What is wrong with a label or a format is said where it is declared.
        _ = (Label(cell.Label), Format(cell.ShownAs));
        return this;
    }
}
