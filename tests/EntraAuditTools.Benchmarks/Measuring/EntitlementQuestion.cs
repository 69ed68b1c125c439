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

    /// <summary>Whether it is as fast as it is to be; null when nothing is asked of it.</summary>
    public bool? IsKept => Bar is { } bar ? (IsStream ? FirstMilliseconds : Milliseconds) < bar : null;

    public static EntitlementQuestion Ask<T>(string name, double? bar, bool isStream, Func<IEnumerable<T>> question)
    {
        var run = RepeatedRun.Of(Runs, () => TimedRun.Of(question));
        return new(name, run.Cold.Rows, run.Cold.Milliseconds, run.Median(timed => timed.Milliseconds), run.Median(timed => timed.FirstMilliseconds),
            run.Median(timed => timed.ProcessorMilliseconds), bar, isStream);
    }
}
