using System.Management.Automation;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.Tables;

/// <summary>How records are shown: the module's view of them, or the columns of rows that a question makes.</summary>
internal sealed class RecordView
{
    private const string Table = "Table", List = "List";

    private RecordView(DeclaredView view)
    {
        Parts = view.Parts;
        Wraps = view.Wraps;
        Heading = view.Heading;
        IsList = view.Kind == List;
        Text = view.Text;
    }

    private RecordView(IReadOnlyList<ViewPart> parts) => Parts = parts;

    /// <summary>Columns of a table, or items of a list.</summary>
    public IReadOnlyList<ViewPart> Parts { get; }

    /// <summary>Whether cells take as many lines as they need.</summary>
    public bool Wraps { get; }

    /// <summary>What makes a new heading over the rows that follow; null for none.</summary>
    public ViewHeading? Heading { get; }

    /// <summary>Whether it is a list: an item a line.</summary>
    public bool IsList { get; }

    /// <summary>What it shows where it is free text; null for tables and lists.</summary>
    public Func<PSObject, string>? Text { get; }

    /// <summary>The view of a type of records: the first table that is declared, else the first list.</summary>
    /// <param name="record">The type.</param>
    /// <param name="named">Records that a question names so have a table of their own; null for the others.</param>
    /// <returns>Null where nothing declares one.</returns>
    public static RecordView? Of(Type record, string? named)
    {
        var name = named is null ? record.FullName : $"{record.FullName}#{named}";
        var views = Declared(record).Where(view => view.TypeName == name).ToList();
        return Of(views.Find(view => view.Kind == Table) ?? views.Find(view => view.Kind == List));
    }

    /// <summary>The list of a type of records; null where none is declared.</summary>
    public static RecordView? ListOf(Type record) => Of(Declared(record).FirstOrDefault(view => view.Kind == List));

    /// <summary>A view of the names that <see cref="OthersOf"/> has; null for any other.</summary>
    public static RecordView? OtherOf(Type record, string name) =>
        Of(Others(record).FirstOrDefault(view => view.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The names of the views of a type that are neither the usual one nor the list.</summary>
    public static IReadOnlyList<string> OthersOf(Type record) => [.. Others(record).Select(view => view.Name)];

    private static IEnumerable<DeclaredView> Others(Type record) => Declared(record)
        .Where(view => view.Kind != List && view.TypeName == record.FullName).SkipWhile((view, i) => i == 0 && view.Kind == Table);

    private static IEnumerable<DeclaredView> Declared(Type record) =>
        ViewFiles.Declared(typeof(RecordView).Assembly, record)?.Declared ?? [];

    private static RecordView? Of(DeclaredView? view) => view is null ? null : new(view);

    /// <summary>The view of rows that a question makes: a column a property.</summary>
    public static RecordView Of(IReadOnlyList<string> properties) =>
        new([.. properties.Select(name => new ViewPart(Label(name), item => Show(item, name)) { IsRight = IsCount(name) })]);

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
