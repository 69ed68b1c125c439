using System.Management.Automation;
using System.Reflection;

namespace EntraAuditTools.Module.Tests;

/// <summary>What every cmdlet owes its user.</summary>
public class CmdletTests
{
    public static TheoryData<string> Names => [.. CmdletAssembly.Cmdlets.Select(cmdlet => cmdlet.Name)];

    [Fact]
    public void There_are_cmdlets() => Assert.NotEmpty(CmdletAssembly.Cmdlets);

    [Theory]
    [MemberData(nameof(Names))]
    public void Verb_is_approved(string name)
    {
        var approved = typeof(VerbsCommon).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == "System.Management.Automation" && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToHashSet();
        Assert.True(approved.Count > 90, "The approved verbs could not be read from the reference assembly.");
        Assert.Contains(Find(name).Verb, approved);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Output_type_is_declared(string name) =>
        Assert.Contains(Find(name).Type.CustomAttributes, attribute => attribute.AttributeType == typeof(OutputTypeAttribute));

    [Theory]
    [MemberData(nameof(Names))]
    public void Class_is_named_after_the_cmdlet(string name) =>
        Assert.Equal(name.Replace("-", string.Empty, StringComparison.Ordinal) + "Command", Find(name).Type.Name);

    private static DeclaredCmdlet Find(string name) => CmdletAssembly.Cmdlets.Single(cmdlet => cmdlet.Name == name);
}
