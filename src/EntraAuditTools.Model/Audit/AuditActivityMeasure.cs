namespace EntraAuditTools;

/// <summary>How many activities fall into one group of <c>Measure-AuditActivity</c>.</summary>
public class AuditActivityMeasure
{
    /// <summary>The group's values, by the names given to <c>-By</c>, in that order.</summary>
    public IReadOnlyDictionary<string, object?> Group { get; init; } = new Dictionary<string, object?>();

    /// <summary>Number of activities.</summary>
    public long Count { get; init; }

    /// <summary>How many of them succeeded.</summary>
    public long Success { get; init; }

    /// <summary>How many of them failed or timed out.</summary>
    public long Failure { get; init; }

    /// <summary>The earliest, UTC.</summary>
    public DateTimeOffset First { get; init; }

    /// <summary>The latest, UTC.</summary>
    public DateTimeOffset Last { get; init; }
}
