using System.Linq.Expressions;
using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Views.Declaring;

/// <summary>
/// How PowerShell shows records of a type. A method <c>static void Declare(RecordViews&lt;T&gt; record)</c> beside the methods that
/// format them is all there is to write: the module's format and types files are made of it at build.
/// Cells that show text of a log are methods: one line, no control characters, colours of <c>$PSStyle</c>. Each becomes a hidden code
/// property. Unlike script blocks in a format file, which are blank under Constrained Language, these work everywhere, on deserialized
/// objects too, and render faster. Tables fit 120 columns.
/// </summary>
/// <typeparam name="T">A record of the Model.</typeparam>
internal sealed class RecordViews<T>() : DeclaredRecord(typeof(T))
{
    private const string Converters = "EntraAuditTools.PowerShell.Serialization";

    /// <summary>
    /// A name that the Graph SDK has for a property. Hidden, as code properties are: else it would come first in Export-Csv and twice in
    /// ConvertTo-Json.
    /// </summary>
    public void Alias(string name, Expression<Func<T, object?>> property) => AddAlias(name, NameOf(property));

    /// <summary>
    /// A hidden property that a method answers: what the Graph SDK has and the record has not, or a cell that needs a name of its own.
    /// </summary>
    public void Code(string name, Func<PSObject, object?> value) => AddCode(name, value);

    /// <summary>The record comes back whole from Export-Clixml, background jobs and remoting.</summary>
    /// <param name="depth">How deep it is nested; null where PowerShell's own depth of 1 is enough.</param>
    /// <param name="hasConverter">Whether a converter of its own restores it, called as the record.</param>
    public void Serialized(int? depth = null, bool hasConverter = false) =>
        AddSerialization(depth, $"{Converters}.{(hasConverter ? typeof(T).Name : "Record")}Converter");

    /// <summary>
    /// Rows without a type of their own come back with all of their properties: times too, which are objects in a serialized file.
    /// </summary>
    public void SerializedRow() => AddSerialization(2, null);

    /// <summary>A view for Format-Table. The first view of a record is the default; the first list, that of Format-List.</summary>
    /// <param name="name">For Format-Table -View.</param>
    /// <param name="wrap">Whether cells take as many lines as they need.</param>
    /// <param name="named">Only for records that a cmdlet names so: "User" is <c>AccessPackage#User</c>.</param>
    public TableView<T> Table(string name, bool wrap = false, string? named = null) => Add(new TableView<T>(this, name, wrap, named));

    /// <summary>A view for Format-List.</summary>
    public ListView<T> List(string name) => Add(new ListView<T>(this, name));

    /// <summary>A view for Format-Custom: free text.</summary>
    public void Custom(string name, Action<FreeText> text) => Add(new CustomView(this, name, text));

    /// <summary>The property that an expression like <c>record => record.Time</c> names.</summary>
    /// <exception cref="ViewDeclarationException">It names none.</exception>
    internal string NameOf(Expression<Func<T, object?>> property)
    {
        var body = property.Body is UnaryExpression { NodeType: ExpressionType.Convert } boxed ? boxed.Operand : property.Body;
        return body is MemberExpression { Expression: ParameterExpression, Member: var member } ? NameOf(member.Name)
            : throw Refused($"{body} is no property of {typeof(T).Name}; what is computed is a method.");
    }
}
