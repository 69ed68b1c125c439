using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

namespace EntraAuditTools.Benchmarks.Inner;

/// <summary>Runs the inner parts in this process: BenchmarkDotNet's own build of a copy knows nothing of central package versions.</summary>
internal static class InnerRun
{
    public static int Run(string[] arguments)
    {
        var job = Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance);
        var summaries = BenchmarkSwitcher.FromTypes([typeof(InnerParts)]).Run(["--filter", "*", .. arguments], DefaultConfig.Instance.AddJob(job));
        return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
    }
}
