using System.Management.Automation;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using EntraAuditTools.Cli;

namespace EntraAuditTools.Module.Tests;

/// <summary>
/// What scripts rely on, as one approved text: cmdlets, parameters, aliases, outputs, properties, error ids, the program's words. Whoever changes
/// a public name sees it in the diff, and keeps the old one as an alias.
/// </summary>
public class SurfaceTests
{
    private const string Approve = "ENTRAAUDIT_APPROVE";

    private static string ApprovedFile => Path.Combine(StagedModule.RepositoryRoot, "tests", "EntraAuditTools.Module.Tests", "approved-surface.txt");

    [Fact]
    public void Public_names_are_the_approved_ones()
    {
        var text = Surface();
        if (Environment.GetEnvironmentVariable(Approve) == "1") File.WriteAllText(ApprovedFile, text);
        var approved = File.Exists(ApprovedFile) ? File.ReadAllText(ApprovedFile).ReplaceLineEndings("\n") : string.Empty;
        var (now, before) = (text.Split('\n'), approved.Split('\n'));
        var changes = before.Except(now).Select(line => "- " + line).Concat(now.Except(before).Select(line => "+ " + line)).ToList();
        Assert.True(
            text == approved,
            $"Public names changed. If that is meant, run the tests once with {Approve}=1 and commit the file:\n{string.Join('\n', changes.Take(40))}");
    }

    private static string Surface()
    {
        var text = new StringBuilder("# What scripts rely on. Made by SurfaceTests: CONTRIBUTING says how to approve a change.\n");
        foreach (var cmdlet in CmdletAssembly.Cmdlets)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"\n{cmdlet.Name}{Short(cmdlet.Type)} -> {string.Join(", ", OutputsOf(cmdlet.Type))}\n");
            foreach (var property in cmdlet.Type.GetProperties().OrderBy(property => property.Name, StringComparer.Ordinal))
            {
                var parameters = property.CustomAttributes.Where(attribute => attribute.AttributeType == typeof(ParameterAttribute)).ToList();
                if (parameters.Count > 0) text.Append(Line($"{cmdlet.Name} -{property.Name}", property, parameters)).Append('\n');
            }
        }

        text.Append('\n');
        foreach (var type in typeof(AuditActivity).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{TypeName(type)}.{property.Name}: {TypeName(property.PropertyType)}\n");
        }

        text.Append('\n');
        foreach (var id in FoundInSource("*.cs", @"""([A-Z][A-Za-z]+)"",\s*AuditErrorKind\.")
            .Concat(FoundInSource("*.cs", @"BadArgument\(""([A-Z][A-Za-z]+)""")).Distinct().Order(StringComparer.Ordinal))
            text.Append("error ").Append(id).Append('\n');
        text.Append('\n');
        foreach (var command in ProgramCommands.Create().Subcommands.OrderBy(command => command.Name, StringComparer.Ordinal))
        {
            text.Append("entra-audit ").AppendJoin(' ', command.Arguments.Select(argument => $"<{argument.Name}>").Prepend(command.Name)).Append('\n');
            foreach (var option in command.Options.OrderBy(option => option.Name, StringComparer.Ordinal))
                text.Append("entra-audit ").Append(command.Name).Append(' ').Append(option.Name).Append('\n');
        }

        return text.ToString();
    }

    // PowerShellStandard has no bodies: attributes are read as they were written.
    private static string Line(string name, PropertyInfo property, List<CustomAttributeData> parameters)
    {
        var line = new StringBuilder($"{name}: {TypeName(property.PropertyType)}");
        if (CmdletAssembly.AliasesOf(property) is { Count: > 0 } aliases) line.Append(" aliases ").AppendJoin(", ", aliases);
        foreach (var parameter in parameters)
        {
            var named = parameter.NamedArguments.Where(argument => argument.MemberName != "HelpMessage")
                .Select(argument => $"{argument.MemberName}={argument.TypedValue.Value}").Order(StringComparer.Ordinal).ToList();
            if (named.Count > 0) line.Append(" [").AppendJoin(", ", named).Append(']');
        }

        return line.ToString();
    }

    private static string Short(Type cmdlet) =>
        CmdletAssembly.AliasesOf(cmdlet) is { Count: > 0 } aliases ? $" ({string.Join(", ", aliases)})" : string.Empty;

    private static IEnumerable<string> OutputsOf(Type cmdlet) => cmdlet.CustomAttributes
        .Where(attribute => attribute.AttributeType == typeof(OutputTypeAttribute))
        .SelectMany(attribute => attribute.ConstructorArguments)
        .SelectMany(argument => argument.Value is IEnumerable<CustomAttributeTypedArgument> list ? list.Select(item => item.Value) : [argument.Value])
        .Select(value => value is Type type ? TypeName(type) : value?.ToString() ?? string.Empty);

    private static string TypeName(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return TypeName(inner) + "?";
        if (type.IsArray) return TypeName(type.GetElementType()!) + "[]";
        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>" : type.Name;
    }

    private static IEnumerable<string> FoundInSource(string files, string pattern) =>
        System.IO.Directory.EnumerateFiles(Path.Combine(StagedModule.RepositoryRoot, "src"), files, SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), pattern).Select(match => match.Groups[1].Value));
}
