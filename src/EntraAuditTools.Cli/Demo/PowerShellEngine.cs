using System.ComponentModel;
using System.Diagnostics;

namespace EntraAuditTools.Cli.Demo;

/// <summary>
/// The PowerShell in which the demo and the tests run the module: the one that ENTRAAUDIT_PWSH names, else the one that the repository
/// pins. A pwsh that happens to be on the PATH is not used: what runs should be the same on every machine.
/// </summary>
/// <param name="Program">What to start; null when there is no engine.</param>
/// <param name="Leading">Arguments before those for PowerShell.</param>
/// <param name="WorkingDirectory">Where to start it; null for anywhere.</param>
/// <param name="Missing">Why there is none, and what to do; null when there is one.</param>
internal sealed record PowerShellEngine(string? Program, IReadOnlyList<string> Leading, string? WorkingDirectory, string? Missing)
{
    /// <summary>The environment variable that names another engine: a path, or a command.</summary>
    public const string Variable = "ENTRAAUDIT_PWSH";

    /// <summary>Where the pinned version is declared, below the repository's root.</summary>
    public const string Manifest = ".config/dotnet-tools.json";

    private static readonly TimeSpan RestoreLimit = TimeSpan.FromMinutes(3);

    /// <summary>Finds the engine; the first time on a machine this fetches it, which takes some seconds.</summary>
    /// <param name="root">The folder whose manifest pins the engine.</param>
    public static PowerShellEngine Find(string root)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return (File.Exists(named) ? Path.GetFullPath(named) : OnPath(named)) is { } program
                ? new(program, [], null, null)
                : None($"{Variable} names {named}, which is no program. Give the path of a pwsh 7.4 or newer, or remove the variable.");
        }

        var problem = Restore(root);
        return problem == null
            ? new(DotNet, ["tool", "run", "pwsh", "--"], root, null)
            : None($"`dotnet tool restore` did not bring the pinned PowerShell ({problem}). Set {Variable} to a pwsh 7.4 or newer "
                + "(https://aka.ms/install-powershell), or run it where the package registry serves PowerShell.");
    }

    /// <summary>How to start the engine with these arguments.</summary>
    public ProcessStartInfo Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Program ?? throw new InvalidOperationException(Missing)) { UseShellExecute = false };
        if (WorkingDirectory != null) start.WorkingDirectory = WorkingDirectory;
        foreach (var argument in Leading.Concat(arguments)) start.ArgumentList.Add(argument);
        foreach (var (name, value) in Quiet) start.Environment[name] = value;
        return start;
    }

    /// <summary>Variables with which dotnet and PowerShell print no greeting, send no telemetry and look for no newer version.</summary>
    private static IEnumerable<(string Name, string Value)> Quiet =>
    [
        ("DOTNET_NOLOGO", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("DOTNET_CLI_UI_LANGUAGE", "en"),
            ("DOTNET_GENERATE_ASPNET_CERTIFICATE", "false"),
        ("POWERSHELL_TELEMETRY_OPTOUT", "1"), ("POWERSHELL_UPDATECHECK", "Off"),
    ];

    private static string DotNet =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host && File.Exists(host) ? host : "dotnet";

    private static PowerShellEngine None(string why) => new(null, [], null, why);

    /// <summary>Null when the pinned engine is there afterwards, else why not.</summary>
    private static string? Restore(string root)
    {
        var start = new ProcessStartInfo(DotNet)
        {
            WorkingDirectory = root, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
                RedirectStandardError = true,
        };
        foreach (var argument in new[] { "tool", "restore", "--tool-manifest", Path.Combine(root, Manifest) })
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in Quiet) start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(RestoreLimit))
            {
                process.Kill(entireProcessTree: true);
                return $"no answer within {RestoreLimit.TotalMinutes} minutes";
            }

            if (process.ExitCode == 0) return null;
            return (error.GetAwaiter().GetResult() + "\n" + output.GetAwaiter().GetResult())
                .Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? $"exit code {process.ExitCode}";
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }
    }

    private static string? OnPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(directory => new[] { Path.Combine(directory, command), Path.Combine(directory, command + ".exe") })
            .FirstOrDefault(File.Exists);
}
