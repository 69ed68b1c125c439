using System.Text.Json;
using System.Text.RegularExpressions;
using EntraAuditTools.Cli.Demo;

namespace EntraAuditTools.Module.Tests;

/// <summary>How the engine is found, and what is said where there is none.</summary>
public sealed class EngineTests : IDisposable
{
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("entra-audit-engine-").FullName;

    public void Dispose() => System.IO.Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_engine_is_pinned_to_one_version()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(StagedModule.RepositoryRoot, PowerShellEngine.Manifest)));
        var tool = manifest.RootElement.GetProperty("tools").GetProperty("powershell");
        Assert.Matches(new Regex(@"^7\.\d+\.\d+$"), tool.GetProperty("version").GetString());
        Assert.False(tool.GetProperty("rollForward").GetBoolean());
    }

    [Fact]
    public void Where_the_registry_does_not_serve_the_engine_the_reason_is_given()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(PowerShellEngine.Variable) is { Length: > 0 },
            $"{PowerShellEngine.Variable} names an engine, so none is restored");
        var empty = System.IO.Directory.CreateDirectory(Path.Combine(folder, "registry")).FullName;
        System.IO.Directory.CreateDirectory(Path.Combine(folder, ".config"));
        File.WriteAllText(
            Path.Combine(folder, PowerShellEngine.Manifest),
            """{ "version": 1, "isRoot": true, "tools": { "powershell": { "version": "7.0.99999", "commands": ["pwsh"] } } }""");
        File.WriteAllText(
            Path.Combine(folder, "nuget.config"),
            $"""<configuration><packageSources><clear /><add key="empty" value="{empty}" /></packageSources></configuration>""");

        var engine = PowerShellEngine.Find(folder);

        Assert.Null(engine.Program);
        Assert.Contains("`dotnet tool restore` did not bring the pinned PowerShell (", engine.Missing, StringComparison.Ordinal);
        Assert.Contains("7.0.99999", engine.Missing, StringComparison.Ordinal);
        Assert.Contains(PowerShellEngine.Variable, engine.Missing, StringComparison.Ordinal);
    }
}
