using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using EntraAuditTools.Cli.Demo;

namespace EntraAuditTools.Benchmarks.Measuring;

/// <summary>The staged module in pwsh: how long its import takes, and 100,000 objects through a pipeline.</summary>
internal static class ModulePipeline
{
    public const int Objects = 100_000;

    private const string Script = """
        $ErrorActionPreference = 'Stop'
        function Measure-Median([scriptblock] $what) {
            $times = foreach ($i in 1..5) { (Measure-Command $what).TotalSeconds }
            ($times | Sort-Object)[2]
        }
        $import = (Measure-Command { Import-Module $env:ENTRAAUDIT_BENCH_MODULE }).TotalSeconds
        $null = Get-AuditActivity -First 1
        $found = @(Get-AuditActivity -First $env:ENTRAAUDIT_BENCH_OBJECTS).Count
        [gc]::Collect()
        $count = Measure-Median { Get-AuditActivity -First $env:ENTRAAUDIT_BENCH_OBJECTS | Measure-Object }
        $where = Measure-Median { Get-AuditActivity -First $env:ENTRAAUDIT_BENCH_OBJECTS | Where-Object Result -EQ failure }
        $group = Measure-Median { Get-AuditActivity -First $env:ENTRAAUDIT_BENCH_OBJECTS | Group-Object Activity }
        'result: ' + (($import, $found, $count, $where, $group | ForEach-Object { ([double]$_).ToString([cultureinfo]::InvariantCulture) }) -join ' ')
        """;

    /// <param name="ImportSeconds"><c>Import-Module</c> in a fresh pwsh.</param>
    /// <param name="Found">Objects that came.</param>
    /// <param name="CountSeconds">Through <c>Measure-Object</c>.</param>
    /// <param name="WhereSeconds">Through <c>Where-Object</c> on a property.</param>
    /// <param name="GroupSeconds">Through <c>Group-Object</c> on a property.</param>
    internal sealed record Result(double ImportSeconds, long Found, double CountSeconds, double WhereSeconds, double GroupSeconds);

    /// <summary>Null with the reason when there is no engine or no module.</summary>
    public static (Result? Result, string? Missing) Measure(string mirror)
    {
        if (FindModule() is not { } module) return (null, "artifacts/module/EntraAuditTools was not staged");
        var engine = PowerShellEngine.Find(Path.GetFullPath(Path.Combine(module, "..", "..", "..")));
        if (engine.Program == null) return (null, engine.Missing);
        var start = engine.Start(["-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-Command", Script]);
        start.RedirectStandardOutput = true;
        start.Environment["ENTRAAUDIT_BENCH_MODULE"] = module;
        start.Environment["ENTRAAUDIT_BENCH_OBJECTS"] = Objects.ToString(CultureInfo.InvariantCulture);
        start.Environment["ENTRAAUDIT_MIRROR"] = mirror;
        start.Environment["NO_COLOR"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (output.Split('\n').LastOrDefault(line => line.StartsWith("result: ", StringComparison.Ordinal)) is not { } line)
                return (null, $"pwsh ended with exit code {process.ExitCode}");
            var numbers = line.Split(' ').Skip(1).Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            return (new Result(numbers[0], (long)numbers[1], numbers[2], numbers[3], numbers[4]), null);
        }
        catch (Win32Exception e)
        {
            return (null, $"{engine.Program} did not start: {e.Message}");
        }
    }

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
