using System.Diagnostics;

namespace EntraAuditTools.Module.Tests;

/// <summary>A pwsh to run Pester with.</summary>
/// <param name="Path">Its executable; null when none was found.</param>
/// <param name="Missing">Why there is none; null when there is one.</param>
/// <param name="ModulePath">A folder of modules to add to the engine's own; null for none.</param>
internal sealed record PowerShellEngine(string? Path, string? Missing, string? ModulePath)
{
    private const string HowToGetOne = "Install PowerShell 7.4 or newer (https://aka.ms/install-powershell), or put pwsh on the PATH.";

    /// <summary>The engine on the PATH, else the one that comes as a .NET tool, else a reason.</summary>
    public static PowerShellEngine Find()
    {
        if (OnPath() is { } installed) return new(installed, null, null);

        var tools = System.IO.Path.Combine(StagedModule.ToolDirectory, "powershell");
        var tool = System.IO.Path.Combine(tools, ExecutableName);
        if (!File.Exists(tool))
        {
            var install = ChildProcess.Run("dotnet", ["tool", "install", "PowerShell", "--tool-path", tools], null, TimeSpan.FromMinutes(3));
            if (install.ExitCode != 0 || !File.Exists(tool)) return new(null, $"pwsh is not on the PATH and `dotnet tool install PowerShell` did not bring one ({FirstLine(install)}). {HowToGetOne}", null);
        }

        return WithPester(tool);
    }

    /// <summary>An engine that only these tests use has none of the user's modules: Pester is kept beside it.</summary>
    private static PowerShellEngine WithPester(string tool)
    {
        var modules = System.IO.Path.Combine(StagedModule.ToolDirectory, "modules");
        if (System.IO.Directory.Exists(System.IO.Path.Combine(modules, "Pester"))) return new(tool, null, modules);
        System.IO.Directory.CreateDirectory(modules);
        var save = ChildProcess.Run(
            tool,
            ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", $"$ErrorActionPreference = 'Stop'; Save-PSResource Pester -Version '[5.5,6.0)' -Path '{modules}' -TrustRepository -Quiet"],
            null,
            TimeSpan.FromMinutes(2));
        return save.ExitCode == 0
            ? new(tool, null, modules)
            : new(null, $"pwsh is not on the PATH; the .NET tool brought one, but Pester could not be fetched for it ({FirstLine(save)}). {HowToGetOne}", null);
    }

    private static string ExecutableName => OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";

    private static string? OnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(directory => System.IO.Path.Combine(directory, ExecutableName))
            .FirstOrDefault(File.Exists);

    private static string FirstLine(ChildProcess.Outcome outcome) =>
        outcome.TimedOut ? "timed out" : (outcome.Error + "\n" + outcome.Output).Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? $"exit code {outcome.ExitCode}";
}
