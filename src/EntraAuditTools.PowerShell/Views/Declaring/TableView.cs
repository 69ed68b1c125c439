using System.Globalization;
using System.Linq.Expressions;
using System.Management.Automation;
using System.Xml.Linq;

namespace EntraAuditTools.PowerShell.Views.Declaring;

/// <summary>
/// A table: a column a line, with its label, its width, and what it shows: a method of a view class, or a property of the record. Columns
/// without a width share the remaining width.
/// </summary>
internal sealed class TableView<T>(RecordViews<T> record, string name, bool wrap, string? named)
    : DeclaredView(record, "Table", name, named)
{
    private readonly List<XElement> headers = [];
    private readonly List<XElement> cells = [];

    /// <summary>A column that shows what a method answers.</summary>
    public TableView<T> Column(string label, Func<PSObject, object?> cell) => Add(label, null, Property(cell, label));

    /// <inheritdoc cref="Column(string, Func{PSObject, object?})"/>
    public TableView<T> Column(string label, int width, Func<PSObject, object?> cell) => Add(label, width, Property(cell, label));

    /// <summary>A column that shows a property.</summary>
    public TableView<T> Column(string label, Expression<Func<T, object?>> property, string? shownAs = null) =>
        Add(label, null, Property(property), shownAs);

    /// <inheritdoc cref="Column(string, Expression{Func{T, object?}}, string?)"/>
    public TableView<T> Column(string label, int width, Expression<Func<T, object?>> property, string? shownAs = null) =>
        Add(label, width, Property(property), shownAs);

    /// <summary>A right-aligned column, for numbers.</summary>
    public TableView<T> Number(string label, int width, Func<PSObject, object?> cell) =>
        Add(label, width, Property(cell, label), right: true);

    /// <inheritdoc cref="Number(string, int, Func{PSObject, object?})"/>
    public TableView<T> Number(string label, int width, Expression<Func<T, object?>> property) =>
        Add(label, width, Property(property), right: true);

    /// <summary>A heading "label: value" over the rows that have the value in common.</summary>
    public TableView<T> GroupedBy(Func<PSObject, object?> value, string label)
    {
        GroupBy = new XElement("GroupBy", Property(value), Label(label));
        return this;
    }

    /// <summary>A heading of one's own over the rows that have the value in common.</summary>
    public TableView<T> GroupedBy(Func<PSObject, object?> value, Action<FreeText> heading)
    {
        var text = new FreeText(this);
        heading(text);
        GroupBy = new XElement("GroupBy", Property(value), text.ToXml());
        return this;
    }

    private protected override XElement Control() => headers.Count == 0 ? throw Empty()
        : new XElement("TableControl", new XElement("TableHeaders", headers),
            new XElement("TableRowEntries",
                new XElement("TableRowEntry", wrap ? new XElement("Wrap") : null, new XElement("TableColumnItems", cells))));

    private XElement Property(Expression<Func<T, object?>> property) => new("PropertyName", record.NameOf(property));

    private TableView<T> Add(string label, int? width, XElement property, string? shownAs = null, bool right = false)
    {
        if (width < 1) throw record.Refused($"{width} is no width.", At(label));
        headers.Add(new XElement("TableColumnHeader", Label(label),
            width is { } columns ? new XElement("Width", columns.ToString(CultureInfo.InvariantCulture)) : null,
            right ? new XElement("Alignment", "Right") : null));
        cells.Add(new XElement("TableColumnItem", property, Format(shownAs)));
        return this;
    }
}
