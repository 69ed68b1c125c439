using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Queries.Logs;

namespace EntraAuditTools.Core.Queries.Values;

/// <summary>Values to complete a filter of a log with, from what the mirror holds.</summary>
internal static class FilterValueQuery
{
    /// <summary>
    /// Values that a text completes to (see <see cref="TypedText"/>), most frequent first among equals, each with its number of records.
    /// </summary>
    /// <param name="mirror">The mirror.</param>
    /// <param name="field">The filter; nothing completes one that takes any text.</param>
    /// <param name="typed">What was typed so far, literal except for a <c>*</c> in it; empty for all values.</param>
    /// <param name="limit">How many values at most.</param>
    /// <param name="others">The other filters already given; null when there are none.</param>
    public static IReadOnlyList<KeyValuePair<string, long>> Run(MirrorReader mirror, LogField field, string typed, int limit,
        LogFilter? others)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Values?.Run(mirror, new TypedText(typed), limit, others) ?? [];
    }
}
