using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Importing.Records;

/// <summary>How many parts of a Graph <c>$batch</c> were answered with which status.</summary>
internal sealed class AnswerCounts
{
    // A file may name as many as it has parts.
    private const int MaxStatuses = 16;

    private readonly SortedDictionary<int, (long Count, string? Error)> byStatus = [];

    private long parts;

    /// <summary>Parts that failed.</summary>
    public long Failed { get; private set; }

    /// <summary>Counts a part.</summary>
    /// <param name="status">The status of the answer.</param>
    /// <param name="error">The error in its body; null when there is none.</param>
    public void Add(int status, string? error)
    {
        if (status >= 400 || error != null) Failed++;
        parts++;
        if (byStatus.Count >= MaxStatuses && !byStatus.ContainsKey(status)) return;
        var (count, known) = byStatus.GetValueOrDefault(status);
        byStatus[status] = (count + 1, known ?? (error == null ? null : ContentDescription.Shorten(error)));
    }

    /// <summary>What to say; null when none failed.</summary>
    public string? Describe()
    {
        if (Failed == 0) return null;
        var all = byStatus.Select(pair =>
            $"{pair.Value.Count} answered {pair.Key}{(pair.Value.Error == null ? string.Empty : $" ({pair.Value.Error})")}");
        var others = parts - byStatus.Values.Sum(row => row.Count) is > 0 and var more ? $", {more} answered otherwise" : string.Empty;
        return $"{Failed} of {parts} {(parts == 1 ? "part" : "parts")} of the $batch answer failed: {string.Join(", ", all)}{others}. What "
            + $"{(Failed == 1 ? "it" : "they")} would hold is missing: ask for {(Failed == 1 ? "it" : "them")} again.";
    }
}
