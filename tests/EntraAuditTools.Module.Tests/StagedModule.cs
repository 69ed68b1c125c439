namespace EntraAuditTools.Module.Tests;

/// <summary>The module as the build staged it.</summary>
internal static class StagedModule
{
    public const string Name = "EntraAuditTools";

    /// <summary>The repository's root: the folder above the tests that holds the solution.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>The folder that <c>Import-Module</c> takes.</summary>
    public static string Directory { get; } = Path.Combine(RepositoryRoot, "artifacts", "module", Name);

    public static string Library { get; } = Path.Combine(Directory, "lib");

    public static string Manifest { get; } = Path.Combine(Directory, Name + ".psd1");

    /// <summary>Where tests keep what may be thrown away: downloaded tools, results of runs.</summary>
    public static string ToolDirectory { get; } = Path.Combine(RepositoryRoot, "artifacts", "test-tools");

    private static string FindRepositoryRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory != null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "EntraAuditTools.sln"))) return directory.FullName;
        }

        throw new InvalidOperationException($"No EntraAuditTools.sln above {AppContext.BaseDirectory}: the tests run from the repository's build output only.");
    }
}
