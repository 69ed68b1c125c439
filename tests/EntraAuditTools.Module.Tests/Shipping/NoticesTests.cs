namespace EntraAuditTools.Module.Tests.Shipping;

/// <summary>Nothing of somebody else is shipped without its name, its version and its licence.</summary>
public class NoticesTests
{
    [Fact]
    public void Notices_are_those_of_the_packages_that_are_shipped()
    {
        var text = ThirdPartyNotices.Write(ShippedPackage.All);
        if (Environment.GetEnvironmentVariable("ENTRAAUDIT_APPROVE") == "1") File.WriteAllText(ThirdPartyNotices.File, text);
        Assert.Equal(text, File.ReadAllText(ThirdPartyNotices.File).Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_assembly_of_the_module_is_ours_or_has_an_entry() => AssertKnown(StagedModule.Directory);

    [Fact]
    public void Every_assembly_of_the_program_is_ours_or_has_an_entry() =>
        AssertKnown(Path.Combine(StagedModule.RepositoryRoot, "src", "EntraAuditTools.Cli", "bin",
            new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net8.0"));

    [Fact]
    public void Notices_and_licence_are_in_the_module()
    {
        foreach (var name in new[] { "THIRD-PARTY-NOTICES.txt", "LICENSE" })
        {
            var staged = File.ReadAllText(Path.Combine(StagedModule.Directory, name));
            Assert.Equal(File.ReadAllText(Path.Combine(StagedModule.RepositoryRoot, name)), staged);
        }
    }

    private static void AssertKnown(string folder)
    {
        var known = ShippedPackage.All.SelectMany(package => package.Files).ToHashSet(StringComparer.Ordinal);
        var shipped = System.IO.Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file))
            .Where(file => Path.GetExtension(file) is ".dll" or ".so" or ".dylib" or ".a" or ".exe")
            .Where(file => !file.StartsWith("EntraAuditTools.", StringComparison.Ordinal))
            .Where(file => !file.StartsWith("entra-audit", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(shipped);
        Assert.Empty(shipped.Except(known));
    }
}
