using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.Tables;

/// <summary>How records are shown: the module's view of them, or the columns of rows that a question makes.</summary>
internal sealed class RecordView
{
    private RecordView(IReadOnlyList<ViewPart> parts, bool wraps, ViewHeading? heading, bool isList)
    {
        Parts = parts;
        Wraps = wraps;
        Heading = heading;
        IsList = isList;
    }

    /// <summary>Columns of a table, or items of a list.</summary>
    public IReadOnlyList<ViewPart> Parts { get; }

    /// <summary>Whether cells take as many lines as they need.</summary>
    public bool Wraps { get; }

    /// <summary>What makes a new heading over the rows that follow; null for none.</summary>
    public ViewHeading? Heading { get; }

    /// <summary>Whether it is a list: an item a line.</summary>
    public bool IsList { get; }

    /// <summary>The view of a type of records: the first table that is declared, else the first list.</summary>
    /// <param name="record">The type.</param>
    /// <param name="named">Records that a question names so have a table of their own; null for the others.</param>
    /// <returns>Null where nothing declares one.</returns>
    public static RecordView? Of(Type record, string? named)
    {
        var name = named is null ? record.FullName : $"{record.FullName}#{named}";
        var views = ViewFiles.Declared(typeof(RecordView).Assembly, record)?.Declared.Where(view => view.TypeName == name).ToList() ?? [];
        var view = views.Find(view => view.Kind == "Table") ?? views.Find(view => view.Kind == "List");
        return view is null ? null : new(view.Parts, view.Wraps, view.Heading, view.Kind == "List");
    }

    /// <summary>The view of rows that a question makes: a column a property.</summary>
    public static RecordView Of(IReadOnlyList<string> properties) => new(
        [.. properties.Select(name => new ViewPart(Label(name), item => Show(item, name)) { IsRight = IsCount(name) })], false, null, false);

    /// <summary>What a part shows of a record.</summary>
    public static string Show(ViewPart part, object record) => part.Show(PSObject.AsPSObject(record))?.ToString() ?? string.Empty;

    private static string Label(string name) => name is "First" or "Last" ? name + " (UTC)" : name;

    private static bool IsCount(string name) => name is "Count" or "Success" or "Failure";

    private static string Show(PSObject row, string name) => PowerShell.Views.Cell.Value(row, name) switch
    {
        DateTimeOffset time => PowerShell.Views.Cell.Time(time, ShownAs.Second),
        long count => count.ToString(ShownAs.Count, System.Globalization.CultureInfo.InvariantCulture),
        var value => PowerShell.Views.Cell.Line(value),
    };
}
