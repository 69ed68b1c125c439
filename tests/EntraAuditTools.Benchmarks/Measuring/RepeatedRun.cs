using System.Diagnostics;

namespace EntraAuditTools.Benchmarks.Measuring;

/// <summary>One run of a question.</summary>
/// <param name="Rows">How many rows answered it.</param>
/// <param name="Milliseconds">Until the last row.</param>
/// <param name="FirstMilliseconds">Until the first row; as long as the whole run when there is none.</param>
/// <param name="ProcessorMilliseconds">Processor time of the process: what other work on the machine does not add to.</param>
internal readonly record struct TimedRun(long Rows, double Milliseconds, double FirstMilliseconds, double ProcessorMilliseconds)
{
    /// <summary>Times a question that is read row by row.</summary>
    public static TimedRun Of<T>(Func<IEnumerable<T>> question)
    {
        var before = Processor();
        var start = Stopwatch.GetTimestamp();
        var (rows, first) = (0L, 0.0);
        foreach (var item in question())
        {
            if (rows++ == 0) first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        var all = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new(rows, all, rows == 0 ? all : first, (Processor() - before).TotalMilliseconds);
    }

    /// <summary>Times a question that counts its own rows.</summary>
    public static TimedRun Of(Func<long> question)
    {
        var before = Processor();
        var start = Stopwatch.GetTimestamp();
        var rows = question();
        var all = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new(rows, all, all, (Processor() - before).TotalMilliseconds);
    }

    private static TimeSpan Processor()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}

/// <summary>A question that was asked several times.</summary>
/// <param name="Cold">The first time, which counts apart: the code is compiled and caches are filled meanwhile.</param>
/// <param name="Runs">The times after that.</param>
internal sealed record RepeatedRun(TimedRun Cold, List<TimedRun> Runs)
{
    private const int LeastRuns = 3;
    private const double EnoughMilliseconds = 10_000;

    /// <summary>Asks once, and then up to a number of times: the slower the question, the fewer.</summary>
    public static RepeatedRun Of(int mostRuns, Func<TimedRun> ask)
    {
        var (cold, runs, spent) = (ask(), new List<TimedRun>(), 0.0);
        while (runs.Count < mostRuns && (spent < EnoughMilliseconds || runs.Count < LeastRuns))
        {
            runs.Add(ask());
            spent += runs[^1].Milliseconds;
        }

        return new(cold, runs);
    }

    /// <summary>Median of a figure of the runs after the first.</summary>
    public double Median(Func<TimedRun, double> figure) => Runs.Select(figure).Order().ElementAt(Runs.Count / 2);
}
