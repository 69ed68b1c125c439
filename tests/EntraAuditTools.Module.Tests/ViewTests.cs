using System.Xml.Linq;

namespace EntraAuditTools.Module.Tests;

/// <summary>The format and type files speak of types and properties that exist.</summary>
public class ViewTests
{
    public static TheoryData<string> Files =>
        [.. System.IO.Directory.EnumerateFiles(StagedModule.Directory, "*.ps1xml").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Types_named_exist(string file)
    {
        var document = XDocument.Load(Path.Combine(StagedModule.Directory, file));
        var names = document.Descendants("TypeName").Concat(document.Descendants("Type").Elements("Name"))
            .Select(name => name.Value.Trim())
            .Where(name => name.StartsWith("EntraAuditTools.", StringComparison.Ordinal) && !name.Contains('#', StringComparison.Ordinal))
            .Distinct();
        Assert.All(names, name => Assert.True((Model(name) ?? CmdletAssembly.Assembly.GetType(name)) != null, $"{file} names {name}, which does not exist."));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Properties_shown_exist(string file)
    {
        var document = XDocument.Load(Path.Combine(StagedModule.Directory, file));
        foreach (var view in document.Descendants("View"))
        {
            foreach (var typeName in view.Element("ViewSelectedBy")!.Elements("TypeName").Select(name => name.Value.Trim()))
            {
                if (Model(typeName) is not { } type) continue;
                var known = type.GetProperties().Select(property => property.Name).Concat(AddedMembers(typeName)).ToHashSet();
                var shown = view.Descendants("PropertyName").Select(name => name.Value.Trim());
                Assert.All(shown, property =>
                    Assert.True(known.Contains(property), $"{file}: view {view.Element("Name")?.Value} shows {typeName}.{property}, which does not exist."));
            }
        }
    }

    [Fact]
    public void Every_record_that_cmdlets_emit_has_a_view()
    {
        var viewed = System.IO.Directory.EnumerateFiles(StagedModule.Directory, "*.format.ps1xml")
            .SelectMany(file => XDocument.Load(file).Descendants("ViewSelectedBy").Elements("TypeName"))
            .Select(name => name.Value.Split('#')[0].Trim())
            .ToHashSet();
        var emitted = Emitted();
        Assert.NotEmpty(emitted);
        Assert.Empty(emitted.Except(viewed));
    }

    /// <summary>
    /// What a job, remoting or Export-Clixml sends comes back as a record; rows whose properties are those of a question have no type.
    /// </summary>
    [Fact]
    public void Every_record_that_cmdlets_emit_comes_back_whole()
    {
        string[] rows = [nameof(AuditActivityMeasure), nameof(AuditActivityFirstSeen), nameof(AuditActivityComparison)];
        var restored = System.IO.Directory.EnumerateFiles(StagedModule.Directory, "*.types.ps1xml")
            .SelectMany(file => XDocument.Load(file).Descendants("Type")).Where(type => type.Element("TypeConverter") != null)
            .Select(type => type.Element("Name")!.Value);
        Assert.Empty(Emitted().Except(rows.Select(row => "EntraAuditTools." + row)).Except(restored));
    }

    private static HashSet<string> Emitted() => CmdletAssembly.Cmdlets
            .SelectMany(cmdlet => cmdlet.Type.CustomAttributes.Where(a => a.AttributeType.Name == "OutputTypeAttribute"))
            .SelectMany(attribute => attribute.ConstructorArguments)
            .SelectMany(argument => argument.Value is IEnumerable<System.Reflection.CustomAttributeTypedArgument> several
                ? several.Select(a => a.Value) : [argument.Value])
            .OfType<Type>()
            .Where(type => type.Namespace == "EntraAuditTools")
            .Select(type => type.FullName!)
            .ToHashSet();

    private static Type? Model(string name) => typeof(AuditActivity).Assembly.GetType(name);

    /// <summary>The members that the type files add to a type.</summary>
    private static IEnumerable<string> AddedMembers(string typeName) =>
        System.IO.Directory.EnumerateFiles(StagedModule.Directory, "*.types.ps1xml")
            .SelectMany(file => XDocument.Load(file).Descendants("Type"))
            .Where(type => type.Element("Name")?.Value.Trim() == typeName)
            .SelectMany(type => type.Elements("Members").Elements())
            .Select(member => member.Element("Name")?.Value.Trim() ?? string.Empty);
}
