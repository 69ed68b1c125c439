using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace EntraAuditTools.ModuleFiles.Help;

/// <summary>Writes help as Get-Help reads it: MAML.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace Items = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static void Write(string file, IEnumerable<(CmdletFacts Facts, CmdletHelp Help)> cmdlets)
    {
        var items = new XElement(
            Items + "helpItems",
            new XAttribute("schema", "maml"), Prefix("maml", Maml), Prefix("command", Command), Prefix("dev", Dev),
            cmdlets.Select(cmdlet => Cmdlet(cmdlet.Facts, cmdlet.Help)));
        var withoutMark = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var writer = XmlWriter.Create(file, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = withoutMark });
        items.Save(writer);
    }

    private static XElement Cmdlet(CmdletFacts facts, CmdletHelp help) => new(
        Command + "command",
        new XElement(
            Command + "details",
            new XElement(Command + "name", facts.Name), Description(help.Synopsis),
            new XElement(Command + "verb", facts.Verb), new XElement(Command + "noun", facts.Noun)),
        Description(help.Description),
        new XElement(Command + "syntax", facts.ParameterSets.Select(set => Syntax(set, facts, help))),
        new XElement(Command + "parameters", help.Parameters.Select(parameter => Parameter(parameter, Facts(facts, parameter), set: null))),
        new XElement(Command + "inputTypes", Inputs(help).Select(input => Type("inputType", input))),
        new XElement(Command + "returnValues", help.Outputs.Select(output => Type("returnValue", output))),
        help.Notes.Count == 0 ? null : new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(help.Notes))),
        new XElement(Command + "examples", help.Examples.Select(Example)),
        new XElement(Command + "relatedLinks", help.Links.Select(Link)));

    private static XElement Syntax(string set, CmdletFacts facts, CmdletHelp help) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", facts.Name),
        help.Parameters.Where(parameter => Facts(facts, parameter).In(set) is not null)
            .Select(parameter => Parameter(parameter, Facts(facts, parameter), set)));

    private static XElement Parameter(NamedText parameter, ParameterFacts facts, string? set)
    {
        var place = set is null ? facts.Places[0] : facts.In(set)!;
        var length = new XAttribute("variableLength", facts.IsArray);
        return new XElement(
            Command + "parameter",
            new XAttribute("required", place.IsMandatory), length, new XAttribute("globbing", facts.TakesWildcards),
            new XAttribute("pipelineInput", place.PipelineInput),
            new XAttribute("position", place.Position is { } position ? position : "named"),
            new XAttribute("aliases", facts.Aliases.Count == 0 ? "none" : string.Join(", ", facts.Aliases)),
            new XElement(Maml + "name", facts.Name),
            Description(parameter.Paragraphs),
            facts.IsSwitch ? null : new XElement(Command + "parameterValue", new XAttribute("required", true), length, facts.Type),
            new XElement(Dev + "type", new XElement(Maml + "name", facts.Type), new XElement(Maml + "uri")),
            new XElement(Dev + "defaultValue", facts.Default));
    }

    private static IReadOnlyList<NamedText> Inputs(CmdletHelp help) =>
        help.Inputs.Count > 0 ? help.Inputs : [new NamedText("None", ["Takes no pipeline input."])];

    private static XElement Type(string element, NamedText type) => new(
        Command + element, new XElement(Dev + "type", new XElement(Maml + "name", type.Name)), Description(type.Paragraphs));

    /// <summary>The empty paragraph at the end keeps Get-Help from setting the next title right below the remark.</summary>
    private static XElement Example(CmdletExample example, int index) => new(
        Command + "example",
        new XElement(Maml + "title", $"Example {index + 1}: {example.Title}"),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", Paragraphs(example.Remarks), new XElement(Maml + "para")));

    private static XElement Link(RelatedLink link) => new(
        Maml + "navigationLink", new XElement(Maml + "linkText", link.Text), new XElement(Maml + "uri", link.Address));

    private static XElement Description(IEnumerable<string> paragraphs) => new(Maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) =>
        paragraphs.Select(text => new XElement(Maml + "para", text));

    private static ParameterFacts Facts(CmdletFacts cmdlet, NamedText parameter) =>
        cmdlet.Parameters.First(facts => facts.Name == parameter.Name);

    private static XAttribute Prefix(string prefix, XNamespace name) => new(XNamespace.Xmlns + prefix, name.NamespaceName);
}
