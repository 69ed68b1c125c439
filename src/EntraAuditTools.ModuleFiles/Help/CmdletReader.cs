using System.Reflection;

namespace EntraAuditTools.ModuleFiles.Help;

/// <summary>
/// Reads cmdlets from their compiled classes. Attributes are read as they were written: the engine's assembly is a reference here, its
/// attributes have no bodies.
/// </summary>
internal static class CmdletReader
{
    private const string OnlySet = "";

    public static IReadOnlyList<CmdletFacts> Read(Assembly assembly) =>
    [
        .. assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && Attribute(type, "CmdletAttribute") is not null)
            .Select(Read)
            .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal),
    ];

    private static CmdletFacts Read(Type type)
    {
        var cmdlet = Attribute(type, "CmdletAttribute")!;
        var parameters = type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => Attribute(property, "ParameterAttribute") is not null)
            .Select(Read)
            .ToList();
        if (Named(cmdlet, "SupportsPaging") is true)
            parameters.AddRange([General("First", "UInt64"), General("Skip", "UInt64"), General("IncludeTotalCount")]);
        if (Named(cmdlet, "SupportsShouldProcess") is true)
            parameters.AddRange([General("WhatIf", alias: "wi"), General("Confirm", alias: "cf")]);

        var sets = parameters.SelectMany(parameter => parameter.Places).Select(place => place.Set)
            .Prepend(Named(cmdlet, "DefaultParameterSetName") as string)
            .OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var outputs = type.CustomAttributes.Where(attribute => attribute.AttributeType.Name == "OutputTypeAttribute")
            .SelectMany(attribute => ((IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!))
            .Select(argument => ((Type)argument.Value!).FullName!);
        return new CmdletFacts(
            (string)cmdlet.ConstructorArguments[0].Value!, (string)cmdlet.ConstructorArguments[1].Value!,
            sets.Count > 0 ? sets : [OnlySet], parameters, [.. outputs]);
    }

    private static ParameterFacts Read(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var aliases = Attribute(property, "AliasAttribute")?.ConstructorArguments[0].Value as IEnumerable<CustomAttributeTypedArgument>;
        var declared = Attribute(property, "PSDefaultValueAttribute") is { } attribute ? Named(attribute, "Value") : null;
        var places = property.CustomAttributes.Where(place => place.AttributeType.Name == "ParameterAttribute");
        return new ParameterFacts(
            property.Name,
            type.Name,
            [.. (aliases ?? []).Select(alias => (string)alias.Value!)],
            Attribute(property, "SupportsWildcardsAttribute") is not null,
            declared?.ToString() ?? Default(type.Name),
            [.. places.Select(Place)]);
    }

    private static ParameterFacts General(string name, string type = "SwitchParameter", string? alias = null) =>
        new(name, type, alias is null ? [] : [alias], TakesWildcards: false, Default(type), [new(null, false, null, false, false)]);

    private static string Default(string type) => type == "SwitchParameter" ? "False" : "None";

    private static ParameterPlace Place(CustomAttributeData attribute) => new(
        Named(attribute, "ParameterSetName") as string, Named(attribute, "Mandatory") is true, Named(attribute, "Position") as int?,
        Named(attribute, "ValueFromPipeline") is true, Named(attribute, "ValueFromPipelineByPropertyName") is true);

    private static CustomAttributeData? Attribute(MemberInfo member, string name) =>
        member.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType.Name == name);

    private static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;
}
