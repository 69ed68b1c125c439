using System.Text.Json;
using EntraAuditTools.Cli.Demo;

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

/// <summary>Runs the Pester files once and reads the result of each test.</summary>
internal static class PesterSuite
{
    /// <summary>Pester as the build put it beside these tests: its version is pinned in Directory.Packages.props.</summary>
    private static readonly string Pester = Path.Combine(AppContext.BaseDirectory, "modules", "Pester", "Pester.psd1");

    private static readonly JsonSerializerOptions ReportOptions = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<IReadOnlyList<PesterOutcome>> Once = new(Run);

    public static IReadOnlyList<PesterOutcome> Outcomes => Once.Value;

    private static readonly Lazy<PowerShellEngine> Engine = new(() => PowerShellEngine.Find(StagedModule.RepositoryRoot));

    private static bool EngineRequired => Environment.GetEnvironmentVariable("ENTRAAUDIT_REQUIRE_PESTER") == "1";

    private static string NoEngine => $"ENTRAAUDIT_REQUIRE_PESTER=1, but there is no engine. {Engine.Value.Missing}";

    /// <summary>For a test of its own that wants the engine: without one it is skipped, or fails where one is required.</summary>
    public static void NeedEngine()
    {
        if (Engine.Value.Program != null) return;
        Assert.False(EngineRequired, NoEngine);
        Assert.Skip(Engine.Value.Missing!);
    }

    private static List<PesterOutcome> Run()
    {
        var engine = Engine.Value;
        if (engine.Program == null)
        {
            return EngineRequired
                ? [new("Pester suite", "Failed", NoEngine)]
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
        var start = engine.Start(
        [
            "-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", Path.Combine(tests, "Invoke-Suite.ps1"),
            "-Path", tests, "-Report", report, "-Pester", Pester,
        ]);
        // The engine breaks lines between words in some languages only (English is one); a machine without a language has none.
        start.Environment["LANG"] = "en_US.UTF-8";
        start.Environment.Remove("LC_ALL");
        start.Environment["ENTRAAUDIT_MODULE"] = StagedModule.Directory;
        start.Environment["ENTRAAUDIT_CONFIGURATION"] = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        start.Environment["ENTRAAUDIT_NEIGHBOURS"] = Path.Combine(AppContext.BaseDirectory, "neighbours");
        // Whoever runs the tests may have a mirror of their own: never that one.
        start.Environment["ENTRAAUDIT_MIRROR"] = Path.Combine(work, "mirror.db");
        var run = ChildProcess.Run(start, TimeSpan.FromMinutes(20));

        if (!File.Exists(report))
            return [new("Pester suite", "Failed",
                $"Pester {(run.TimedOut ? "took too long and was stopped" : $"ended with code {run.ExitCode} and no report")}.\n{run.Error}\n{run.Output}")];

        var outcomes = JsonSerializer.Deserialize<List<PesterOutcome>>(File.ReadAllText(report), ReportOptions) ?? [];
        return outcomes.Count > 0 ? outcomes : [new("Pester suite", "Failed", $"Pester found no test under {tests}.\n{run.Error}\n{run.Output}")];
    }
}
