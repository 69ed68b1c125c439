namespace EntraAuditTools;

/// <summary>
/// When a group of <c>Measure-AuditActivity -FirstSeen</c> was first seen: <see cref="AuditActivityMeasure.First"/>, and what that says.
/// </summary>
public sealed class AuditActivityFirstSeen : AuditActivityMeasure
{
    /// <summary>Number of the import that brought the first of its activities, first; see <c>Get-AuditImport -ImportId</c>.</summary>
    public long FirstImportId { get; init; }

    /// <summary>
    /// Since when the log is covered without a gap up to the first of its activities, UTC: from then on it was not seen before. Null where
    /// the time before is not covered.
    /// </summary>
    public DateTimeOffset? CoveredSince { get; init; }

    /// <summary>
    /// Whether it is known to be new then: the log is covered for at least a day before. Where it is false, nothing says that it was not
    /// there earlier.
    /// </summary>
    public bool IsNew { get; init; }

    /// <summary>What that rests on, in words: how many covered days before it, or why that proves nothing.</summary>
    public string RestsOn { get; init; } = string.Empty;
}
