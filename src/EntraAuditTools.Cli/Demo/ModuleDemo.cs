using System.ComponentModel;
using System.Diagnostics;
using EntraAuditTools.Cli.Output;

namespace EntraAuditTools.Cli.Demo;

/// <summary>Shows the same mirror in the PowerShell module that the build staged, in the engine that the tests use.</summary>
internal static class ModuleDemo
{
    public static void Run(string mirror, CancellationToken stop)
    {
        if (FindModule() is not { } module)
        {
            Screen.WriteLine("In PowerShell the same, as objects, and more: the module EntraAuditTools (Install-PSResource EntraAuditTools -Prerelease; "
                + "from source, `dotnet build` stages it in artifacts/module).");
            return;
        }

        var root = Path.GetFullPath(Path.Combine(module, "..", "..", ".."));
        var engine = PowerShellEngine.Find(root);
        if (engine.Program == null)
        {
            Screen.WriteLine($"The PowerShell module is not shown: {engine.Missing} Then: Import-Module {module}");
            return;
        }

        Screen.WriteHeading("The same in PowerShell", $"Import-Module {module}");
        var start = engine.Start(["-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-Command", Script]);
        start.Environment["ENTRAAUDIT_DEMO_MODULE"] = module;
        start.Environment["ENTRAAUDIT_MIRROR"] = mirror;
        // Their sockets in the folder of temporary files would stay after Ctrl+C, which kills it.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["POWERSHELL_DIAGNOSTICS_OPTOUT"] = "1";
        if (Console.IsOutputRedirected) start.Environment["NO_COLOR"] = "1";
        try
        {
            Console.Out.Flush();
            using var process = Process.Start(start)!;
            using var kill = stop.Register(() => process.Kill(entireProcessTree: true));
            process.WaitForExit();
            stop.ThrowIfCancellationRequested();
            if (process.ExitCode != 0) Screen.WriteWarning($"PowerShell ended with exit code {process.ExitCode}.");
        }
        catch (Win32Exception e)
        {
            Screen.WriteLine($"{engine.Program} did not start: {e.Message}");
        }
    }

    /// <summary>Each line is shown as it would be typed, then run.</summary>
    private const string Script = """
        $ErrorActionPreference = 'Stop'
        Import-Module $env:ENTRAAUDIT_DEMO_MODULE
        $lines = @(
            'Get-AuditActivity -First 5'
            'Get-AuditActivity -Result failure | Group-Object Activity | Sort-Object Count -Descending | Select-Object Count, Name'
            'Get-AuditActivity -First 1 | Format-List'
            'Get-AccessPackage -User "Ingrid Solberg" -Assigned'
            'Get-ResourceAssignment -User "Ingrid Solberg"'
            'Get-ResourceAssignment -User "Emeka Rahman" | Select-Object -First 1 | Get-AccessPackageAssignment | Get-AccessPackageRequest | Format-Custom'
            'Get-AccessPackageRequest -Status PendingApproval'
            'Get-AuditMirror'
        )
        foreach ($line in $lines) {
            Write-Host "PS> $line"
            Invoke-Expression $line | Out-String -Width 120 | Write-Host
        }
        """;

    private static string? FindModule()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory != null; directory = directory.Parent)
        {
            var module = Path.Combine(directory.FullName, "artifacts", "module", "EntraAuditTools");
            if (File.Exists(Path.Combine(module, "EntraAuditTools.psd1"))) return module;
        }

        return null;
    }
}
