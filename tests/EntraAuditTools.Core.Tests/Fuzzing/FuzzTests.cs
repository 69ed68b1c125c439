using System.Globalization;
using System.Text;

namespace EntraAuditTools.Core.Tests.Fuzzing;

/// <summary>
/// Whatever a file holds, its import ends with a result or an error of ours, the files beside it are in, and every question is answered.
/// The long form: ENTRAAUDIT_FUZZ=20000 (how many files), ENTRAAUDIT_FUZZ_SEED (1), ENTRAAUDIT_FUZZ_KEEP (a folder for the files that fail),
/// ENTRAAUDIT_FUZZ_WRITE (a folder for all of them, for the cmdlets and the program).
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int ShortRun = 240;
    private const int BatchSize = 60;

    public static bool IsLong => Count > ShortRun;

    private static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("ENTRAAUDIT_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : ShortRun;

    public static int Seed =>
        int.TryParse(Environment.GetEnvironmentVariable("ENTRAAUDIT_FUZZ_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : 1;

    public static string? KeepIn => Environment.GetEnvironmentVariable("ENTRAAUDIT_FUZZ_KEEP") is { Length: > 0 } folder ? folder : null;

    [Fact]
    public void Seeds_are_exports_that_can_be_read()
    {
        var run = new FuzzRun();
        foreach (var batch in FuzzSeeds.All.Chunk(BatchSize)) run.Add(batch);
        AssertNone(run);
        Assert.True(run.Records.Rejected * 20 < run.Records.Read, $"{run.Records.Rejected} of {run.Records.Read} records of seeds were rejected");
    }

    [Fact]
    public void Mutated_exports_cost_nothing_but_themselves()
    {
        var mutator = new Mutator(FuzzSeeds.All, Seed);
        var run = new FuzzRun(output.WriteLine);
        foreach (var batch in Enumerable.Range(0, Count).Chunk(BatchSize))
        {
            var files = batch.Select(mutator.Make).ToList();
            if (Environment.GetEnvironmentVariable("ENTRAAUDIT_FUZZ_WRITE") is { Length: > 0 } all)
                files.ForEach(file => File.WriteAllBytes(Path.Combine(all, file.Name), file.Bytes));
            run.Add(files);
        }

        if (KeepIn is { } folder && run.MostRejected.File is { } most)
            File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(folder).FullName, $"most-{most.Name}"), most.Bytes);
        output.WriteLine($"{run.Files} files of seed {Seed}, {run.Records.Read} records, {run.Records.Rejected} rejected; most "
            + $"({run.MostRejected.Count}) of {run.MostRejected.File?.Name}; slowest {run.Slowest}");
        AssertNone(run);
    }

    private static void AssertNone(FuzzRun run)
    {
        if (run.Failures.Count == 0) return;
        var report = new StringBuilder();
        foreach (var kind in run.Failures.GroupBy(failure => failure.Kind).OrderByDescending(kind => kind.Count()))
        {
            report.AppendLine(CultureInfo.InvariantCulture,
                $"{kind.Count()} × {kind.Key}: {string.Join(", ", kind.Select(failure => failure.File.Name).Distinct().Take(3))}");
            report.AppendLine(CultureInfo.InvariantCulture, $"    {kind.First().Detail.ReplaceLineEndings("\n    ")}");
        }

        if (KeepIn is { } folder) Keep(run, folder, report.ToString());
        Assert.Fail(report.ToString());
    }

    private static void Keep(FuzzRun run, string folder, string report)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"failures-{Seed}.txt"), report);
        foreach (var kind in run.Failures.GroupBy(failure => failure.Kind).SelectMany(kind => kind.Take(5)))
            File.WriteAllBytes(Path.Combine(folder, kind.File.Name), kind.File.Bytes);
    }
}
