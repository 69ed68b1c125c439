using System.Linq.Expressions;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using EntraAuditTools.PowerShell.Views.Declaring;

namespace EntraAuditTools.Module.Tests;

/// <summary>
/// What would be noticed only when the module is imported, or never, is refused when views are made: at build, with the declaration's name.
/// </summary>
public class ViewDeclarationTests
{
    private static readonly IReadOnlyDictionary<string, XDocument> Made = ViewFiles.Make();

    [Theory]
    [InlineData("EntraAuditTools.types.ps1xml")]
    [InlineData("EntraAuditTools.format.ps1xml")]
    public void Staged_files_are_made_of_the_declarations(string file) =>
        Assert.Equal(Made[file].Root!.ToString(), XDocument.Load(Path.Combine(StagedModule.Directory, file)).Root!.ToString());

    /// <summary>A format file with a script block shows nothing under Constrained Language.</summary>
    [Fact]
    public void No_script_is_made() =>
        Assert.DoesNotContain(Made.Values.SelectMany(file => file.Descendants()).Select(element => element.Name.LocalName),
            name => name.Contains("Script", StringComparison.Ordinal));

    /// <summary>What formats, but is in no view, was forgotten when its column went.</summary>
    [Fact]
    public void Every_method_that_formats_is_shown()
    {
        var shown = Made["EntraAuditTools.types.ps1xml"].Descendants("GetCodeReference")
            .Select(code => $"{code.Element("TypeName")!.Value}.{code.Element("MethodName")!.Value}").ToHashSet();
        var formatting = CmdletAssembly.Assembly.GetExportedTypes()
            .Where(type => type.Namespace!.StartsWith("EntraAuditTools.PowerShell.Views", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(method => method.GetParameters() is [{ ParameterType.Name: nameof(PSObject) }])
            .Select(method => $"{method.DeclaringType!.FullName}.{method.Name}");
        Assert.Empty(formatting.Except(shown));
    }

    /// <summary>A code property that no view shows is one to ask for by name: what the Graph SDK has, and the original.</summary>
    [Fact]
    public void Code_properties_of_cells_are_those_of_views()
    {
        var shown = Made["EntraAuditTools.format.ps1xml"].Descendants("PropertyName").Select(name => name.Value).ToHashSet();
        var cells = Made["EntraAuditTools.types.ps1xml"].Descendants("CodeProperty").Select(code => code.Element("Name")!.Value)
            .Where(name => name.StartsWith("View", StringComparison.Ordinal));
        Assert.Empty(cells.Except(shown));
    }

    [Fact]
    public void Texts_are_escaped()
    {
        const string Label = "<Old> & \"new\" → '1'";
        var view = Assert.Single(Format(record => record.Table(Label).Column(Label, 9, it => it.Type, "'<&>'")).Descendants("View"));
        Assert.Equal(Label, view.Element("Name")!.Value);
        Assert.Equal(Label, Assert.Single(view.Descendants("Label")).Value);
        Assert.Equal("{0:'<&>'}", Assert.Single(view.Descendants("FormatString")).Value);
    }

    [Fact]
    public void Text_that_no_xml_can_hold_is_refused() =>
        Refused(record => record.List("Target").Item("Bell\u0007", it => it.Type), "List Target", "control character");

    [Fact]
    public void Two_cells_of_one_name_are_refused_unless_one_is_named()
    {
        Refused(record => record.Table("Target").Column("One", Text).Column("Two", Others.Text), "Table Target, 'Two'",
            "ViewText is declared twice", "ViewDeclarationTests.Text", "Others.Text");
        var view = Format(record =>
        {
            record.Code("ViewOther", Others.Text);
            record.Table("Target").Column("One", Text).Column("Two", Others.Text);
        });
        Assert.Equal(["ViewText", "ViewOther"], view.Descendants("TableColumnItem").Select(cell => cell.Value));
    }

    [Fact]
    public void A_member_that_hides_a_property_is_refused() =>
        Refused(record => record.Alias("displayname", it => it.Type), "displayname would hide");

    [Fact]
    public void A_cell_that_the_engine_cannot_call_is_refused()
    {
        Refused(record => record.Table("Target").Column("Lambda", (PSObject instance) => instance), "Table Target, 'Lambda'",
            "not a public static method");
        Refused(record => record.Table("Target").Column("Hidden", Hidden), "Table Target, 'Hidden'", "ViewDeclarationTests.Hidden");
    }

    [Fact]
    public void Only_a_property_of_the_record_is_shown_as_one()
    {
        Expression<Func<AuditTarget, object?>> computed = it => it.Type + "!", nested = it => it.ModifiedProperties.Count;
        Refused(record => record.Table("Target").Column("Type", computed), "no property of AuditTarget");
        Refused(record => record.Table("Target").Column("Count", nested), "no property of AuditTarget");
        Refused(record => record.List("Target").Item("Count", "Count"), "List Target, 'Count'", "no property Count");
    }

    [Fact]
    public void Views_that_PowerShell_could_not_tell_apart_or_show_are_refused()
    {
        Refused(record =>
        {
            record.List("Target").Item("Type", it => it.Type);
            record.Table("Target").Column("Type", it => it.Type);
            record.Table("Target").Column("Id", it => it.Id);
        }, "Table Target", "two of this name");
        Refused(record => record.Table("Target"), "Table Target", "shows nothing");
        Refused(record => record.Custom("Target", _ => { }), "Custom Target", "shows nothing");
        Refused(record => record.Table("Target").Column("Type", 0, it => it.Type), "Table Target, 'Type'", "0 is no width");
    }

    [Fact]
    public void Members_and_views_of_named_records_are_theirs_alone()
    {
        var record = Declared(it =>
        {
            it.Named("Wide");
            it.Table("Target").Column("Text", Text);
        });
        Assert.Equal("EntraAuditTools.AuditTarget#Wide", Assert.Single(record.Types()).Element("Name")!.Value);
        Assert.Equal("EntraAuditTools.AuditTarget#Wide", Assert.Single(record.Views()).Element("ViewSelectedBy")!.Value);
        Refused(it =>
        {
            it.Table("Target").Column("Text", Text);
            it.Named("Wide");
        }, "Named(\"Wide\") comes before");
    }

    [Fact]
    public void A_view_of_a_type_that_is_no_record_is_refused()
    {
        var error = Assert.Throws<ViewDeclarationException>(() => ViewFiles.Make([new RecordViews<Others>()]));
        Assert.Contains(typeof(Others).FullName!, error.Message, StringComparison.Ordinal);
        Assert.Contains("no public type of the Model", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_is_declared_twice_is_refused()
    {
        var error = Assert.Throws<ViewDeclarationException>(() =>
            ViewFiles.Make([new RecordViews<AuditTarget>(), new RecordViews<AuditTarget>()]));
        Assert.StartsWith("EntraAuditTools.AuditTarget: ", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A cell.</summary>
    public static object Text(PSObject instance) => instance;

    internal static object Hidden(PSObject instance) => instance;

    private static RecordViews<AuditTarget> Declared(Action<RecordViews<AuditTarget>> declare)
    {
        var record = new RecordViews<AuditTarget>();
        declare(record);
        return record;
    }

    /// <summary>The format file, written and read again.</summary>
    private static XDocument Format(Action<RecordViews<AuditTarget>> declare) =>
        XDocument.Parse(ViewFiles.Make([Declared(declare)])["EntraAuditTools.format.ps1xml"].ToString());

    private static void Refused(Action<RecordViews<AuditTarget>> declare, params string[] messages)
    {
        var error = Assert.Throws<ViewDeclarationException>(() => Format(declare));
        Assert.StartsWith("EntraAuditTools.AuditTarget", error.Message, StringComparison.Ordinal);
        Assert.All(messages, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
    }

    /// <summary>Cells of another class.</summary>
    public sealed class Others
    {
        /// <summary>A cell.</summary>
        public static object Text(PSObject instance) => instance;
    }
}
