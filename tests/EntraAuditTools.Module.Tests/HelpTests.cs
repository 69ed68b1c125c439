using System.Reflection;
using System.Xml.Linq;

namespace EntraAuditTools.Module.Tests;

/// <summary><c>Get-Help</c> knows every cmdlet and every parameter, and nothing that is no longer there.</summary>
public class HelpTests
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";

    private static readonly Lazy<Dictionary<string, XElement>> Pages = new(Load);

    public static TheoryData<string> Names => CmdletTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Cmdlet_has_a_synopsis_and_an_example(string name)
    {
        var page = Page(name);
        Assert.NotEqual(string.Empty, Text(page.Element(Command + "details")?.Element(Maml + "description")));
        Assert.NotEqual(string.Empty, Text(page.Element(Maml + "description")));
        var examples = page.Elements(Command + "examples").Elements(Command + "example").ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Contains(name, example.Value, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_documented_are_those_declared(string name)
    {
        var declared = CmdletAssembly.Cmdlets.Single(cmdlet => cmdlet.Name == name).Parameters.Order(StringComparer.Ordinal);
        var parameters = Page(name).Element(Command + "parameters")?.Elements(Command + "parameter").ToList() ?? [];
        string[] common = ["WhatIf", "Confirm", "First", "Skip", "IncludeTotalCount"];
        Assert.Equal(declared, parameters.Select(parameter => Text(parameter.Element(Maml + "name"))).Except(common).Order(StringComparer.Ordinal));
        Assert.All(parameters, parameter =>
            Assert.True(Text(parameter.Element(Maml + "description")).Length > 0, $"{name} -{Text(parameter.Element(Maml + "name"))} has no description."));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Words_of_a_closed_list_are_in_its_description(string name)
    {
        var parameters = Page(name).Element(Command + "parameters")!.Elements(Command + "parameter")
            .ToDictionary(parameter => Text(parameter.Element(Maml + "name")), parameter => Text(parameter.Element(Maml + "description")));
        foreach (var property in CmdletAssembly.Cmdlets.Single(cmdlet => cmdlet.Name == name).Type.GetProperties())
        {
            var list = property.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType.Name == "ClosedListAttribute");
            if (list is null) continue;
            var completer = Activator.CreateInstance((Type)list.ConstructorArguments[0].Value!)!;
            var words = (IEnumerable<string>)completer.GetType().GetProperty("Words", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(completer)!;
            Assert.All(words, word => Assert.Contains(word, parameters[property.Name], StringComparison.Ordinal));
        }
    }

    [Fact]
    public void No_page_is_about_a_cmdlet_that_does_not_exist() =>
        Assert.Empty(Pages.Value.Keys.Except(CmdletAssembly.Cmdlets.Select(cmdlet => cmdlet.Name)));

    [Fact]
    public void There_is_an_about_topic()
    {
        var about = new FileInfo(Path.Combine(StagedModule.Directory, "en-US", "about_EntraAuditTools.help.txt"));
        Assert.True(about.Exists);
        Assert.True(about.Length > 0);
    }

    private static XElement Page(string name)
    {
        Assert.True(Pages.Value.ContainsKey(name), $"There is no help page for {name}.");
        return Pages.Value[name];
    }

    private static string Text(XElement? element) => element?.Value.Trim() ?? string.Empty;

    private static Dictionary<string, XElement> Load() =>
        System.IO.Directory.EnumerateFiles(Path.Combine(StagedModule.Directory, "en-US"), "*-Help.xml",
            new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive })
            .SelectMany(file => XDocument.Load(file).Descendants(Command + "command"))
            .ToDictionary(command => Text(command.Element(Command + "details")?.Element(Command + "name")), StringComparer.OrdinalIgnoreCase);
}
