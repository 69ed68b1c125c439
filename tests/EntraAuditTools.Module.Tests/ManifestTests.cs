using System.Text.RegularExpressions;

namespace EntraAuditTools.Module.Tests;

/// <summary>The manifest says what the module holds.</summary>
public partial class ManifestTests
{
    private static readonly string Text = File.ReadAllText(StagedModule.Manifest);

    [Fact]
    public void Cmdlets_are_listed_by_name() =>
        Assert.Equal(CmdletAssembly.Cmdlets.Select(cmdlet => cmdlet.Name), Values("CmdletsToExport").Order(StringComparer.Ordinal));

    [Fact]
    public void Short_names_are_listed_by_name() => Assert.Equal(
        CmdletAssembly.Cmdlets.SelectMany(cmdlet => CmdletAssembly.AliasesOf(cmdlet.Type)).Order(StringComparer.Ordinal),
        Values("AliasesToExport"));

    [Theory]
    [InlineData("RootModule")]
    [InlineData("NestedModules")]
    [InlineData("FormatsToProcess")]
    [InlineData("TypesToProcess")]
    public void Files_named_are_there(string key)
    {
        var files = Values(key);
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(StagedModule.Directory, file)), $"{key} names {file}, which was not staged."));
    }

    [Fact]
    public void Version_is_that_of_the_assembly() =>
        Assert.Equal(CmdletAssembly.Assembly.GetName().Version!.ToString(3), Assert.Single(Values("ModuleVersion")));

    [Theory]
    [InlineData("Tags", "^[A-Za-z]+$")]
    [InlineData("ProjectUri", "^https://")]
    [InlineData("LicenseUri", "^https://.*/LICENSE$")]
    [InlineData("IconUri", "^https://.*/packaging/icon.png$")]
    [InlineData("ReleaseNotes", "CHANGELOG.md$")]
    [InlineData("Prerelease", "^[a-z][a-z0-9]*$")]
    public void What_the_Gallery_shows_is_there(string key, string pattern) => Assert.All(Values(key), value => Assert.Matches(pattern, value));

    [Fact]
    public void Label_of_what_is_no_release_yet_is_that_of_the_program()
    {
        var built = File.ReadAllText(Path.Combine(StagedModule.RepositoryRoot, "Directory.Build.props"));
        Assert.Contains($"<PackageVersion>$(Version)-{Assert.Single(Values("Prerelease"))}</PackageVersion>", built, StringComparison.Ordinal);
        Assert.Contains($"<PackageProjectUrl>{Assert.Single(Values("ProjectUri"))}</PackageProjectUrl>", built, StringComparison.Ordinal);
    }

    /// <summary>The quoted texts of a manifest entry: a single one or a list.</summary>
    private static IReadOnlyList<string> Values(string key)
    {
        var entry = Regex.Match(Text, $@"^\s*{key}\s*=\s*(@\((?<list>.*?)\)|(?<one>'[^']*'))", RegexOptions.Multiline | RegexOptions.Singleline);
        Assert.True(entry.Success, $"The manifest has no {key}.");
        return [.. Quoted().Matches(entry.Groups["list"].Value + entry.Groups["one"].Value).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();
}
