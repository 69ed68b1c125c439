using System.Globalization;

namespace EntraAuditTools.Core.Queries.Provisioning;

/// <summary>The events of one pass of one object through provisioning.</summary>
internal sealed class TrailPass
{
    private readonly List<TrailRecord> records = [];
    private readonly List<TrailEvent> events = [];
    private readonly List<TrailEvent> steps = [];

    public DateTimeOffset Start { get; private set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset End { get; private set; } = DateTimeOffset.MinValue;

    public void Add(TrailRecord record)
    {
        records.Add(record);
        if (record.Time < Start) Start = record.Time;
        if (record.Time > End) End = record.Time;
    }

    /// <summary>The events by time and, within one instant, in their normal order; each once, also where both logs have it.</summary>
    public IReadOnlyList<TrailEvent> Complete()
    {
        foreach (var record in records) (record.IsFromAudit ? events : steps).AddRange(record.Events());
        records.Clear();
        var open = events.ToList();
        var at = DateTimeOffset.MinValue;
        string? entry = null;
        // Both logs' events of one pass show the object under one name: the one that it is matched by.
        var name = events.Find(e => e.Identity != null)?.Identity;
        var id = (events.Find(e => e.TargetId != null) ?? steps.Find(e => e.TargetId != null))?.TargetId;
        foreach (var step in events) step.TargetId ??= id;
        foreach (var step in steps)
        {
            step.Identity = name ?? step.Identity;
            step.TargetId = id ?? step.TargetId;
            // Steps of one entry follow each other in their normal order; one without an audit record comes right behind the one before it.
            if (step.RecordId != entry || step.Time > at) at = step.Time;
            entry = step.RecordId;
            var same = open.Find(e => e.IsRetryOf(step)) ?? open.Find(e => e.IsSameAs(step));
            if (same == null)
            {
                step.SortTime = at;
                events.Add(step);
                continue;
            }

            open.Remove(same);
            same.Merge(step);
            if (same.Time > at) at = same.Time;
        }

        steps.Clear();
        var ordered = events.OrderBy(e => e.SortTime).ThenBy(e => e.Rank).ToList();
        if (ordered.Count > 0) ordered[^1].Note = Note(ordered);
        return ordered;
    }

    /// <summary>Where the trail is incomplete; null when it is whole.</summary>
    private static string? Note(List<TrailEvent> ordered)
    {
        var attempts = Attempts(ordered);
        // Each escrow is a retry, also where the log no longer has the write that failed first.
        var escrows = attempts.Count(e => e.Activity == TrailEvent.Escrow);
        if (attempts.Count > 1 || escrows > 0)
        {
            if (!attempts[^1].IsFailure) return null;
            var retries = escrows > 0 ? escrows : attempts.Count - 1;
            return string.Create(CultureInfo.InvariantCulture,
                $"In escrow: {retries} {(retries == 1 ? "retry" : "retries")}{Interval(attempts)}; the last on "
                    + $"{attempts[^1].Time:yyyy-MM-dd HH:mm}Z failed too.");
        }

        var isRuled = ordered.Exists(e => e.Activity == TrailEvent.Rule);
        if (ordered.Exists(e => e.IsSkip || e.Activity == TrailEvent.Export)) return null;
        if (isRuled) return ordered.Exists(e => e.Activity == TrailEvent.Rule && e.IsFailure) ? "The rule failed: never exported."
            : "Imported and ruled on, but never exported.";
        // Roles are only ever imported.
        return ordered.TrueForAll(e => e.Activity == TrailEvent.Import) && !ordered.Exists(e => e.IsFailure || e.Mentions("role"))
            ? "Imported, but no rule was evaluated." : null;
    }

    /// <summary>The first write and its retries: those that the audit log has as escrows, else further writes of the same change that
    /// failed before.</summary>
    private static List<TrailEvent> Attempts(List<TrailEvent> ordered)
    {
        var escrows = ordered.FindAll(e => e.Activity == TrailEvent.Escrow);
        var exports = ordered.FindAll(e => e.Activity == TrailEvent.Export);
        if (escrows.Count > 0) return [.. exports.Where(e => e.SortTime <= escrows[0].SortTime).Take(1), .. escrows];
        return exports.Count > 1 && exports.SkipLast(1).All(e => e.IsFailure) ? exports : [];
    }

    private static string Interval(List<TrailEvent> attempts)
    {
        if (attempts.Count < 2) return string.Empty;
        var gaps = attempts.Zip(attempts.Skip(1), (a, b) => b.SortTime - a.SortTime).ToList();
        var (least, most) = (gaps.Min(), gaps.Max());
        return most - least <= most / 10 ? $", every {Text(most)}" : $", {Text(least)} to {Text(most)} apart";
    }

    private static string Text(TimeSpan span) =>
        span.TotalMinutes < 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s")
        : span.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min")
        : string.Create(CultureInfo.InvariantCulture,
            $"{(int)span.TotalHours} h{(span.Minutes > 0 ? $" {span.Minutes} min" : string.Empty)}");
}
