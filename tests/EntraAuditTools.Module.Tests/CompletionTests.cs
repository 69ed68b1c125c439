using System.Management.Automation;
using System.Reflection;

namespace EntraAuditTools.Module.Tests;

/// <summary>Whatever is a text completes, where there is anything to complete from.</summary>
public class CompletionTests
{
    /// <summary>Texts that nothing can complete, or that PowerShell completes by itself, and why.</summary>
    private static readonly Dictionary<string, string> Uncompleted = new(StringComparer.Ordinal)
    {
        ["Mirror"] = "a path: the engine completes files where no completer is",
        ["Copy-AuditMirror -Destination"] = "a path or a server, as Mirror",
        ["Initialize-AuditMirror -OriginalReader"] = "roles of a server, which is not asked while somebody types",
        ["Initialize-AuditMirror -Importer"] = "roles of a server, which is not asked while somebody types",
        ["Initialize-AuditMirror -Reader"] = "roles of a server, which is not asked while somebody types",
        ["Initialize-AuditMirror -Revoke"] = "roles of a server, which is not asked while somebody types",
        ["Initialize-AuditMirror -Tenant"] = "tenants of a server, also such as nothing was imported of yet",
        ["Path"] = "a path",
        ["LiteralPath"] = "a path",
        ["KeyFile"] = "a path",
        ["Title"] = "words of one's own",
        ["Search"] = "words of one's own; what occurs in all records are millions of words",
        ["InputObject"] = "comes from the pipeline",
        ["Test-AuditMirror -ExpectedHead"] = "was kept elsewhere: taken from the mirror that is checked it would prove nothing",
    };

    [Fact]
    public void Every_text_completes_or_says_why_not()
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var unused = Uncompleted.Keys.ToHashSet();
        foreach (var cmdlet in CmdletAssembly.Cmdlets)
        {
            foreach (var property in cmdlet.Type.GetProperties().Where(IsText).Where(property => !Completes(property)))
            {
                string[] names = [property.Name, $"{cmdlet.Name} -{property.Name}"];
                if (!names.Any(Uncompleted.ContainsKey)) found.Add(names[1]);
                unused.ExceptWith(names);
            }
        }

        Assert.True(found.Count == 0, $"No completion, and no reason in the list here: {string.Join(", ", found)}");
        Assert.Empty(unused);
    }

    private static bool IsText(PropertyInfo property) =>
        (property.PropertyType == typeof(string) || property.PropertyType == typeof(string[])) && Has(property, typeof(ParameterAttribute));

    private static bool Completes(PropertyInfo property) =>
        Has(property, typeof(ArgumentCompleterAttribute)) || Has(property, typeof(ValidateSetAttribute));

    private static bool Has(PropertyInfo property, Type attribute) => property.CustomAttributes.Any(one => one.AttributeType == attribute);
}
