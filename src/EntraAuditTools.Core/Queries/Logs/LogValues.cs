using EntraAuditTools.Core.Mirror.Reading;

namespace EntraAuditTools.Core.Queries.Logs;

/// <summary>Values to complete a filter with, from what the mirror holds.</summary>
internal abstract class LogValues
{
    /// <summary>Values that a text completes to, most frequent first among equals, each with its number of records.</summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="typed">What was typed so far.</param>
    /// <param name="limit">How many values at most.</param>
    /// <param name="others">The other filters already given; null when there are none.</param>
    public abstract IReadOnlyList<KeyValuePair<string, long>> Run(MirrorReader mirror, TypedText typed, int limit, LogFilter? others);

    /// <summary>The best of some values with their counts.</summary>
    protected static List<KeyValuePair<string, long>> Best(TypedText typed, IEnumerable<KeyValuePair<string, long>> counts, int limit) =>
        [.. typed.Best(counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase),
            pair => [pair.Key]).Take(limit)];
}
