using System.Management.Automation;
using System.Reflection;

namespace EntraAuditTools.Module.Tests;

/// <summary>A cmdlet as its class declares it.</summary>
internal sealed record DeclaredCmdlet(string Verb, string Noun, Type Type, IReadOnlyList<string> Parameters)
{
    public string Name => $"{Verb}-{Noun}";
}

/// <summary>What the cmdlet assembly declares, read by reflection: no engine needed.</summary>
internal static class CmdletAssembly
{
    public static Assembly Assembly { get; } = Assembly.Load("EntraAuditTools.PowerShell");

    public static IReadOnlyList<DeclaredCmdlet> Cmdlets { get; } = [.. Assembly.GetExportedTypes()
        .Where(type => !type.IsAbstract && type.GetCustomAttribute<CmdletAttribute>() != null)
        .Select(Read)
        .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];

    /// <summary>The other names of a cmdlet or a parameter.</summary>
    public static IReadOnlyList<string> AliasesOf(MemberInfo declared) => [.. declared.CustomAttributes
        .Where(attribute => attribute.AttributeType == typeof(AliasAttribute))
        .SelectMany(attribute => (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)
        .Select(argument => (string)argument.Value!)];

    private static DeclaredCmdlet Read(Type type)
    {
        // PowerShellStandard has no bodies, so the attribute's properties are empty: its constructor arguments have the names.
        var arguments = type.GetCustomAttributesData().Single(a => a.AttributeType == typeof(CmdletAttribute)).ConstructorArguments;
        var parameters = type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.CustomAttributes.Any(a => a.AttributeType == typeof(ParameterAttribute)))
            .Select(property => property.Name);
        return new DeclaredCmdlet((string)arguments[0].Value!, (string)arguments[1].Value!, type, [.. parameters]);
    }
}
