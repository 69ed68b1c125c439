using System.Diagnostics;

namespace EntraAuditTools.Benchmarks.Measuring;

/// <summary>A question about entitlement management, asked several times; each time the mirror is opened anew, as every command does.</summary>
/// <param name="Name">The question.</param>
/// <param name="Rows">How many objects answered it.</param>
/// <param name="ColdMilliseconds">The first time, in a process that had asked nothing yet: the code is compiled meanwhile.</param>
/// <param name="Milliseconds">Median of the times after that.</param>
/// <param name="FirstMilliseconds">Median until the first object is there.</param>
/// <param name="ProcessorMilliseconds">Median of the processor time of the process: what other work on the machine does not add to.</param>
/// <param name="Bar">What the median is to stay under; for an answer of very many objects, what the first object is. Null for none.</param>
/// <param name="IsStream">Whether the answer is of very many objects.</param>
internal sealed record EntitlementQuestion(string Name, long Rows, double ColdMilliseconds, double Milliseconds, double FirstMilliseconds,
    double ProcessorMilliseconds, double? Bar, bool IsStream)
{
    private const int Runs = 11;
    private const double EnoughMilliseconds = 10_000;

    /// <summary>Whether it is as fast as it is to be; null when nothing is asked of it.</summary>
    public bool? IsKept => Bar is { } bar ? (IsStream ? FirstMilliseconds : Milliseconds) < bar : null;

    public static EntitlementQuestion Ask<T>(string name, double? bar, bool isStream, Func<IEnumerable<T>> question)
    {
        var cold = Once(question);
        var (all, first, processor, spent) = (new List<double>(), new List<double>(), new List<double>(), 0.0);
        while (all.Count < Runs && (spent < EnoughMilliseconds || all.Count < 3))
        {
            var row = Once(question);
            all.Add(row.All);
            first.Add(row.First);
            processor.Add(row.Processor);
            spent += row.All;
        }

        return new(name, cold.Rows, cold.All, Median(all), Median(first), Median(processor), bar, isStream);
    }

    private static (long Rows, double All, double First, double Processor) Once<T>(Func<IEnumerable<T>> question)
    {
        var before = Processor();
        var start = Stopwatch.GetTimestamp();
        var (rows, first) = (0L, 0.0);
        foreach (var item in question())
        {
            if (rows++ == 0) first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        var all = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return (rows, all, rows == 0 ? all : first, (Processor() - before).TotalMilliseconds);
    }

    private static TimeSpan Processor()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
