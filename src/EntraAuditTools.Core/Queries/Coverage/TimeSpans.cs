namespace EntraAuditTools.Core.Queries.Coverage;

/// <summary>A stretch of time in UTC ticks, its end excluded.</summary>
internal readonly record struct TicksSpan(long From, long To)
{
    public long Length => Math.Max(0, To - From);

    public TicksSpan Intersect(TicksSpan other) => new(Math.Max(From, other.From), Math.Min(To, other.To));
}

/// <summary>A set of stretches of time, in order and without overlaps.</summary>
internal sealed class TimeSpans
{
    private readonly List<TicksSpan> spans = [];

    public TimeSpans(IEnumerable<TicksSpan> any)
    {
        foreach (var span in any.Where(span => span.Length > 0).OrderBy(span => span.From))
        {
            if (spans.Count > 0 && span.From <= spans[^1].To) spans[^1] = spans[^1] with { To = Math.Max(spans[^1].To, span.To) };
            else spans.Add(span);
        }
    }

    public IReadOnlyList<TicksSpan> Spans => spans;

    /// <summary>How much of a stretch the set covers, in ticks.</summary>
    public long CoveredOf(TicksSpan span) => spans.Sum(part => part.Intersect(span).Length);

    /// <summary>The parts of a stretch that the set does not cover.</summary>
    public IEnumerable<TicksSpan> MissingOf(TicksSpan span)
    {
        var from = span.From;
        foreach (var part in spans)
        {
            if (part.To <= from) continue;
            if (part.From >= span.To) break;
            if (part.From > from) yield return new(from, part.From);
            from = part.To;
        }

        if (from < span.To) yield return new(from, span.To);
    }
}
