namespace EntraAuditTools.Module.Tests.Programs;

/// <summary>The sample tenant, imported by the program once for the tests of a class.</summary>
public sealed class SampleMirror : IDisposable
{
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("entra-audit-sample-").FullName;

    public SampleMirror()
    {
        var import = Run("import", Exports, "--recurse");
        Assert.True(import.ExitCode == 0, import.Error);
    }

    /// <summary>The folder of its exports.</summary>
    public static string Exports => Path.Combine(StagedModule.RepositoryRoot, "seeds", "sample-tenant");

    /// <summary>The mirror's file.</summary>
    public string File => Path.Combine(folder, "mirror.db");

    /// <summary>The program that these tests were built with.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "entra-audit.dll");

    /// <summary>Runs the program on the mirror.</summary>
    internal ChildProcess.Outcome Run(params string[] words) =>
        ChildProcess.Run("dotnet", [Program, .. words], Environment, TimeSpan.FromMinutes(2));

    /// <summary>What says where the mirror is.</summary>
    internal IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?> { ["ENTRAAUDIT_MIRROR"] = File };

    public void Dispose() => System.IO.Directory.Delete(folder, recursive: true);
}
