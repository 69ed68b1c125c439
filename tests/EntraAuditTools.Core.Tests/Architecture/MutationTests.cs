using System.Text.Json;
using System.Xml.Linq;

namespace EntraAuditTools.Core.Tests.Architecture;

/// <summary>Mutation testing names files by their paths, and is run too rarely to notice that one has moved.</summary>
public sealed class MutationTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "EntraAuditTools.Mutation");

    [Fact]
    public void Every_test_that_mutation_testing_names_exists()
    {
        var names = XDocument.Load(Path.Combine(Folder, "EntraAuditTools.Mutation.csproj")).Descendants("Compile")
            .SelectMany(item => item.Attributes()).SelectMany(attribute => attribute.Value.Split(';'))
            .Select(name => name.Replace("$(Tests)", "tests/EntraAuditTools.Core.Tests", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(Exists(name), name));
    }

    [Fact]
    public void Every_rule_that_is_mutated_exists()
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "stryker-config.json")));
        var names = settings.RootElement.GetProperty("stryker-config").GetProperty("mutate").EnumerateArray()
            .Select(name => $"src/EntraAuditTools.Core/{name.GetString()}").ToList();
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(Exists(name), name));
    }

    private static bool Exists(string pattern)
    {
        var folder = Path.Combine(Repository.Root, Path.GetDirectoryName(pattern)!);
        var depth = SearchOption.TopDirectoryOnly;
        if (Path.GetFileName(folder) == "**") (folder, depth) = (Path.GetDirectoryName(folder)!, SearchOption.AllDirectories);
        return Directory.Exists(folder) && Directory.EnumerateFiles(folder, Path.GetFileName(pattern), depth).Any();
    }
}
