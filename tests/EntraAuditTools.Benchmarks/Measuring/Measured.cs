using System.Diagnostics;

namespace EntraAuditTools.Benchmarks.Measuring;

/// <summary>An import, measured in its own process.</summary>
/// <param name="Seconds">From opening the database to its being complete, without the process's start.</param>
/// <param name="PeakBytes">Peak working set of the process.</param>
/// <param name="DatabaseBytes">Size of the database, with its write-ahead log.</param>
/// <param name="Records">Records it holds afterwards.</param>
internal sealed record MeasuredImport(double Seconds, long PeakBytes, long DatabaseBytes, long Records)
{
    public static MeasuredImport From(Stopwatch time, string database, long records)
    {
        using var process = Process.GetCurrentProcess();
        var folder = new DirectoryInfo(Path.GetDirectoryName(Path.GetFullPath(database))!);
        return new(time.Elapsed.TotalSeconds, process.PeakWorkingSet64, folder.GetFiles(Path.GetFileName(database) + "*").Sum(file => file.Length), records);
    }
}

/// <summary>A question, asked several times.</summary>
/// <param name="Name">The question.</param>
/// <param name="Milliseconds">Median, after one run that does not count.</param>
/// <param name="Rows">How many rows answered it.</param>
internal sealed record MeasuredQuestion(string Name, double Milliseconds, long Rows)
{
    private const int Runs = 15;

    public static MeasuredQuestion Ask(string name, Func<long> question)
    {
        var run = RepeatedRun.Of(Runs, () => TimedRun.Of(question));
        return new(name, run.Median(timed => timed.Milliseconds), run.Cold.Rows);
    }
}
