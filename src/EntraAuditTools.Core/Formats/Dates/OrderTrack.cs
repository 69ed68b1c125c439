namespace EntraAuditTools.Core.Formats.Dates;

/// <summary>Follows whether a column's times are in order, ascending or descending, when they are read in one way.</summary>
internal sealed class OrderTrack
{
    // Fewer are in order by chance too often.
    private const int FewestSteps = 3;
    private const int FewSteps = 4;
    private const int ManySteps = 8;

    private bool ascending = true;
    private bool descending = true;
    private long last;
    private long first = long.MaxValue;
    private long latest;

    /// <summary>How many times there were, those not counted that repeat the one before.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether they are in order.</summary>
    public bool IsInOrder => ascending || descending;

    /// <summary>From the first of them to the last.</summary>
    public long Span => Steps == 0 ? 0 : latest - first;

    /// <summary>Whether the order says that this is the way to read them, when it is the only one that gives an order.</summary>
    /// <param name="other">The span under the other reading, which scatters a file's days over a year.</param>
    public bool Proves(long other) =>
        IsInOrder && (Steps >= ManySteps || (Steps >= FewSteps && Span <= other / 2) || (Steps >= FewestSteps && Span <= other / 4));

    /// <summary>Takes the next time.</summary>
    public void Add(long ticks)
    {
        if (Steps > 0 && ticks == last) return;
        if (Steps > 0 && ticks < last) ascending = false;
        if (Steps > 0 && ticks > last) descending = false;
        last = ticks;
        Steps++;
        first = Math.Min(first, ticks);
        latest = Math.Max(latest, ticks);
    }
}
