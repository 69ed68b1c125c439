using System.Security.Cryptography;

namespace EntraAuditTools.Module.Tests;

/// <summary>
/// Which file is loaded by whom: what lies in the module's root belongs to PowerShell's own context, what lies in lib/ to ours.
/// A library in the wrong place would meet other modules' versions of it.
/// </summary>
public class LayoutTests
{
    private static readonly string[] RootAssemblies = ["EntraAuditTools.Loader.dll", "EntraAuditTools.Model.dll", "EntraAuditTools.PowerShell.dll"];

    [Fact]
    public void Root_holds_no_library() => Assert.Equal(RootAssemblies, Names(StagedModule.Directory));

    [Fact]
    public void Lib_holds_core_and_its_libraries() =>
        Assert.Superset(
            new HashSet<string> { "EntraAuditTools.Core.dll", "Microsoft.Data.Sqlite.dll", "SQLitePCLRaw.core.dll" },
            Names(StagedModule.Library).ToHashSet());

    [Fact]
    public void Lib_holds_nothing_that_PowerShell_loads() =>
        Assert.Empty(Names(StagedModule.Library).Intersect([.. RootAssemblies, "System.Management.Automation.dll"]));

    [Fact]
    public void Native_sqlite_is_there_for_the_platforms_of_the_engine_alone() =>
        Assert.Equal(
            ["linux-arm64", "linux-musl-x64", "linux-x64", "osx-arm64", "osx-x64", "win-arm64", "win-x64"],
            System.IO.Directory.GetFiles(Path.Combine(StagedModule.Library, "runtimes"), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Path.Combine(StagedModule.Library, "runtimes"), file)
                    .Split(Path.DirectorySeparatorChar)[0]).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("win-x64", "e_sqlite3.dll")]
    [InlineData("win-arm64", "e_sqlite3.dll")]
    [InlineData("linux-x64", "libe_sqlite3.so")]
    [InlineData("linux-arm64", "libe_sqlite3.so")]
    [InlineData("linux-musl-x64", "libe_sqlite3.so")]
    [InlineData("osx-x64", "libe_sqlite3.dylib")]
    [InlineData("osx-arm64", "libe_sqlite3.dylib")]
    public void Native_sqlite_is_there_for(string runtime, string file) =>
        Assert.True(File.Exists(Path.Combine(StagedModule.Library, "runtimes", runtime, "native", file)));

    [Fact]
    public void Staged_module_is_the_one_built_with_these_tests()
    {
        // Debug and Release are staged in one place: after `dotnet build -c Release`, `dotnet test --no-build` would try another build.
        foreach (var (staged, built) in new[]
        {
            (Path.Combine(StagedModule.Directory, "EntraAuditTools.PowerShell.dll"), "EntraAuditTools.PowerShell.dll"),
            (Path.Combine(StagedModule.Library, "EntraAuditTools.Core.dll"), "EntraAuditTools.Core.dll"),
        })
        {
            Assert.True(
                Hash(staged) == Hash(Path.Combine(AppContext.BaseDirectory, built)),
                $"{built} in artifacts/module is of another build than these tests: run dotnet build with the same configuration.");
        }
    }

    private static string[] Names(string directory) =>
        [.. System.IO.Directory.EnumerateFiles(directory, "*.dll").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
}
