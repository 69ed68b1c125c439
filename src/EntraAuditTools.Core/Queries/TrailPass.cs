using System.Globalization;

namespace EntraAuditTools.Core.Queries;

/// <summary>The events of one pass of one object through provisioning.</summary>
internal sealed class TrailPass
{
    private readonly List<TrailEvent> events = [];
    private readonly List<TrailEvent> steps = [];

    public DateTimeOffset Start { get; private set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset End { get; private set; } = DateTimeOffset.MinValue;

    public void Add(TrailEvent one)
    {
        (one.IsFromAudit ? events : steps).Add(one);
        if (one.Time < Start) Start = one.Time;
        if (one.Time > End) End = one.Time;
    }

    /// <summary>The events by time and, within one instant, in their normal order; each once, also where both logs tell of it.</summary>
    public IReadOnlyList<TrailEvent> Complete()
    {
        var open = events.ToList();
        var at = DateTimeOffset.MinValue;
        string? entry = null;
        foreach (var step in steps)
        {
            // Steps of one entry follow each other in their normal order; one without an audit record comes right behind the one before it.
            if (step.RecordId != entry || step.Time > at) at = step.Time;
            entry = step.RecordId;
            var same = open.FirstOrDefault(e => e.IsSameAs(step));
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
        var retries = ordered.Where(e => e.Activity == TrailEvent.Escrow).ToList();
        if (retries.Count > 0)
        {
            var last = ordered.FindLast(e => e.Activity is TrailEvent.Escrow or TrailEvent.Export)!;
            if (!last.IsFailure) return null;
            var attempts = ordered.Where(e => e.Activity is TrailEvent.Escrow or TrailEvent.Export).Select(e => e.SortTime).ToList();
            return string.Create(CultureInfo.InvariantCulture, $"In escrow: {retries.Count} {(retries.Count == 1 ? "retry" : "retries")}{Interval(attempts)}; the last on {last.Time:yyyy-MM-dd HH:mm}Z failed too.");
        }

        var isRuled = ordered.Exists(e => e.Activity == TrailEvent.Rule);
        if (ordered.Exists(e => e.IsSkip || e.Activity == TrailEvent.Export)) return null;
        if (isRuled) return ordered.Exists(e => e.Activity == TrailEvent.Rule && e.IsFailure) ? "The rule failed: never exported." : "Imported and ruled on, but never exported.";
        // Roles are only ever imported.
        return ordered.TrueForAll(e => e.Activity == TrailEvent.Import) && !ordered.Exists(e => e.IsFailure || e.Mentions("role")) ? "Imported, but no rule was evaluated." : null;
    }

    private static string Interval(List<DateTimeOffset> attempts)
    {
        if (attempts.Count < 2) return string.Empty;
        var gaps = attempts.Zip(attempts.Skip(1), (a, b) => b - a).ToList();
        var (least, most) = (gaps.Min(), gaps.Max());
        return most - least <= most / 10 ? $", every {Text(most)}" : $", {Text(least)} to {Text(most)} apart";
    }

    private static string Text(TimeSpan span) => span.TotalMinutes < 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s")
        : span.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h{(span.Minutes > 0 ? $" {span.Minutes} min" : string.Empty)}");
}
