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
    private readonly List<(ShownCell Cell, int? Width, bool Right)> columns = [];

    /// <inheritdoc/>
    public override IReadOnlyList<ViewPart> Parts =>
        [.. columns.Select(column => Part(column.Cell) with { Width = column.Width, IsRight = column.Right })];

    /// <inheritdoc/>
    public override bool Wraps => wrap;

    /// <summary>A column that shows what a method answers.</summary>
    public TableView<T> Column(string label, Func<PSObject, object?> cell) => Add(Shown(label, cell), null);

    /// <inheritdoc cref="Column(string, Func{PSObject, object?})"/>
    public TableView<T> Column(string label, int width, Func<PSObject, object?> cell) => Add(Shown(label, cell), width);

    /// <summary>A column that shows a property.</summary>
    public TableView<T> Column(string label, Expression<Func<T, object?>> property, string? shownAs = null) =>
        Add(Shown(label, property, shownAs), null);

    /// <inheritdoc cref="Column(string, Expression{Func{T, object?}}, string?)"/>
    public TableView<T> Column(string label, int width, Expression<Func<T, object?>> property, string? shownAs = null) =>
        Add(Shown(label, property, shownAs), width);

    /// <summary>A right-aligned column, for numbers.</summary>
    public TableView<T> Number(string label, int width, Func<PSObject, object?> cell) =>
        Add(Shown(label, cell), width, right: true);

    /// <inheritdoc cref="Number(string, int, Func{PSObject, object?})"/>
    public TableView<T> Number(string label, int width, Expression<Func<T, object?>> property) =>
        Add(Shown(label, property, null), width, right: true);

    /// <summary>A heading "label: value" over the rows that have the value in common.</summary>
    public TableView<T> GroupedBy(Func<PSObject, object?> value, string label)
    {
        var property = Property(value);
        GroupBy = local => new XElement("GroupBy", property, Label(label, local));
        Heading = new(value, instance => $"   {label}: {value(instance)}");
        return this;
    }

    /// <summary>A heading of one's own over the rows that have the value in common.</summary>
    public TableView<T> GroupedBy(Func<PSObject, object?> value, Action<FreeText> heading)
    {
        var text = new FreeText(this);
        heading(text);
        var property = Property(value);
        GroupBy = _ => new XElement("GroupBy", property, text.ToXml());
        Heading = new(value, text.Of);
        return this;
    }

    private protected override XElement Control(bool local) => columns.Count == 0 ? throw Empty()
        : new XElement("TableControl",
            new XElement("TableHeaders", columns.Select(column => Header(column.Cell, column.Width, column.Right, local))),
            new XElement("TableRowEntries", new XElement("TableRowEntry", wrap ? new XElement("Wrap") : null,
                new XElement("TableColumnItems", columns.Select(column =>
                    new XElement("TableColumnItem", column.Cell.In(local), Format(column.Cell.ShownAs)))))));

    private XElement Header(ShownCell cell, int? width, bool right, bool local) =>
        new("TableColumnHeader", Label(cell.Label, cell.IsLocal(local)),
            width is { } wide ? new XElement("Width", WidthOf(cell, wide, local).ToString(CultureInfo.InvariantCulture)) : null,
            right ? new XElement("Alignment", "Right") : null);

    // "(local)" is longer than "(UTC)": a heading that just fitted would be cut.
    private static int WidthOf(ShownCell cell, int width, bool local) =>
        cell.IsLocal(local) && cell.Label.Length <= width ? Math.Max(width, LocalProperties.Label(cell.Label).Length) : width;

    private ShownCell Shown(string label, Expression<Func<T, object?>> property, string? shownAs)
    {
        var name = record.NameOf(property);
        return new(label, new("PropertyName", name), LocalProperty(name, shownAs), shownAs,
            LocalProperties.StaysUtc(typeof(T), name, shownAs));
    }

    private TableView<T> Add(ShownCell cell, int? width, bool right = false)
    {
        if (width < 1) throw record.Refused($"{width} is no width.", At(cell.Label));
        columns.Add((cell, width, right));
        // What is wrong with a label or a format is said where it is declared.
        _ = (Label(cell.Label), Format(cell.ShownAs));
        return this;
    }
}
