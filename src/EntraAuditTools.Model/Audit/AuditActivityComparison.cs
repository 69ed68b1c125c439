namespace EntraAuditTools;

/// <summary>
/// How many activities fall into one group of <c>Compare-AuditActivity</c>, in a time and in another one to compare it with.
/// </summary>
public sealed class AuditActivityComparison
{
    /// <summary>The group's values, by the names given to <c>-By</c>, in that order.</summary>
    public IReadOnlyDictionary<string, object?> Group { get; init; } = new Dictionary<string, object?>();

    /// <summary>
    /// New, Gone, More, Fewer or Same; Unknown where the mirror lacks days that could make it otherwise: what was not imported is never
    /// Gone.
    /// </summary>
    public string Change { get; init; } = string.Empty;

    /// <summary>Number of activities in the time to compare with, as far as the mirror holds them.</summary>
    public long ReferenceCount { get; init; }

    /// <summary>Number of activities in the time, as far as the mirror holds them.</summary>
    public long Count { get; init; }

    /// <summary>How many more there are than in the time to compare with; negative for fewer.</summary>
    public long Difference => Count - ReferenceCount;

    /// <summary>Begin of the time to compare with, UTC, included.</summary>
    public DateTimeOffset ReferenceAfter { get; init; }

    /// <summary>End of the time to compare with, UTC, excluded.</summary>
    public DateTimeOffset ReferenceBefore { get; init; }

    /// <summary>Begin of the time, UTC, included.</summary>
    public DateTimeOffset After { get; init; }

    /// <summary>End of the time, UTC, excluded.</summary>
    public DateTimeOffset Before { get; init; }

    /// <summary>On how many UTC days of the time to compare with the mirror is not known to be complete.</summary>
    public int ReferenceDaysNotCovered { get; init; }

    /// <summary>On how many UTC days of the time the mirror is not known to be complete.</summary>
    public int DaysNotCovered { get; init; }
}
