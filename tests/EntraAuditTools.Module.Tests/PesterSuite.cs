using System.Text.Json;

namespace EntraAuditTools.Module.Tests;

/// <summary>What became of one Pester test.</summary>
/// <param name="Name">Its file and path: <c>Import.Tests.ps1: Import-AuditExport › takes a folder</c>.</param>
/// <param name="Result">Passed, Failed, Skipped, Inconclusive or NotRun, as Pester says.</param>
/// <param name="Message">Why; empty when it passed.</param>
public sealed record PesterOutcome(string Name, string Result, string Message)
{
    /// <summary>The name, so that a row of the theory is called by it.</summary>
    public override string ToString() => Name;
}

/// <summary>Runs the Pester files once and tells what became of each test.</summary>
internal static class PesterSuite
{
    public const string InstallPester = "Install-Module Pester -MinimumVersion 5.5 -Scope CurrentUser -Force";

    private const int NoPester = 3;

    private static readonly JsonSerializerOptions ReportOptions = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<IReadOnlyList<PesterOutcome>> Once = new(Run);

    public static IReadOnlyList<PesterOutcome> Outcomes => Once.Value;

    private static List<PesterOutcome> Run()
    {
        var engine = PowerShellEngine.Find();
        if (engine.Path == null)
        {
            return Environment.GetEnvironmentVariable("ENTRAAUDIT_REQUIRE_PESTER") == "1"
                ? [new("Pester suite", "Failed", $"ENTRAAUDIT_REQUIRE_PESTER=1, but there is no engine. {engine.Missing}")]
                : [new($"Pester suite, skipped: {engine.Missing}", "Skipped", engine.Missing!)];
        }

        var work = Path.Combine(StagedModule.ToolDirectory, "pester-" + Environment.ProcessId);
        System.IO.Directory.CreateDirectory(work);
        try
        {
            return Run(engine, work);
        }
        finally
        {
            System.IO.Directory.Delete(work, recursive: true);
        }
    }

    private static List<PesterOutcome> Run(PowerShellEngine engine, string work)
    {
        var tests = Path.Combine(StagedModule.RepositoryRoot, "tests", "EntraAuditTools.Module.Tests", "Pester");
        var report = Path.Combine(work, "report.json");
        var run = ChildProcess.Run(
            engine.Path!,
            ["-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", Path.Combine(tests, "Invoke-Suite.ps1"), "-Path", tests, "-Report", report],
            new Dictionary<string, string?>
            {
                ["ENTRAAUDIT_MODULE"] = StagedModule.Directory,
                // Whoever runs the tests may have a mirror of their own: never that one.
                ["ENTRAAUDIT_MIRROR"] = Path.Combine(work, "mirror.db"),
                ["PSModulePath"] = engine.ModulePath == null
                    ? Environment.GetEnvironmentVariable("PSModulePath")
                    : engine.ModulePath + Path.PathSeparator + Environment.GetEnvironmentVariable("PSModulePath"),
            },
            TimeSpan.FromMinutes(20));

        if (run.ExitCode == NoPester) return [new("Pester suite", "Failed", $"{engine.Path} has no Pester 5.5 or newer. In it, run: {InstallPester}")];
        if (!File.Exists(report)) return [new("Pester suite", "Failed", $"Pester {(run.TimedOut ? "took too long and was stopped" : $"ended with code {run.ExitCode} and no report")}.\n{run.Error}\n{run.Output}")];

        var outcomes = JsonSerializer.Deserialize<List<PesterOutcome>>(File.ReadAllText(report), ReportOptions) ?? [];
        return outcomes.Count > 0 ? outcomes : [new("Pester suite", "Failed", $"Pester found no test under {tests}.\n{run.Error}\n{run.Output}")];
    }
}
