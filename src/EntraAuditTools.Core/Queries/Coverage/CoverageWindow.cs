using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Coverage;

/// <summary>The days whose coverage is asked for. Times are UTC ticks.</summary>
/// <param name="After">Only days that end after this; null for all.</param>
/// <param name="Before">Only days that begin before this; null for all.</param>
/// <param name="Now">The present: days to come are never listed.</param>
/// <param name="Settled">What is newer may still grow.</param>
internal readonly record struct CoverageWindow(long? After, long? Before, long Now, long Settled)
{
    /// <summary>Whether a time was asked for.</summary>
    public bool IsGiven => After is not null || Before is not null;

    /// <summary>The days to list for a log, counted from year 1; none when the first comes after the last.</summary>
    public (long First, long Last) Days(CoverageLog log)
    {
        if ((After ?? log.First) is not { } first) return (1, 0);
        // Up to now: a day that was asked for is listed although nothing is held of it, and a log that was once covered is expected to
        // continue.
        var last = IsGiven || log.Covered.Spans.Count > 0 || log.Last is null ? Math.Max(Now, log.Last ?? Now) : log.Last.Value;
        if (Before is { } before) last = Math.Min(last, before - 1);
        return (Math.Max(first, ActivityTime.MinTicks) / TimeSpan.TicksPerDay, last / TimeSpan.TicksPerDay);
    }
}
