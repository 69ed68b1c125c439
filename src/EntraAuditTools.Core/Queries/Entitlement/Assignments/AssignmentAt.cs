using System.Globalization;
using EntraAuditTools.Core.Catalog;
using EntraAuditTools.Core.Queries.Entitlement.Requests.Trail;

namespace EntraAuditTools.Core.Queries.Entitlement.Assignments;

/// <summary>
/// An assignment at a time: schedule, exports and the audit trail put together. What happened by a date is taken from the most exact
/// source: an export's expiry date, the audit trail's events, the schedule, and last that a complete export lacked it.
/// </summary>
/// <param name="State">As objects show it.</param>
/// <param name="Start">Since when, UTC ticks.</param>
/// <param name="End">When it ended or will.</param>
/// <param name="EndKnown">Whether an empty end means that there is none.</param>
/// <param name="EndedAt">When it ended; null while it lasts.</param>
/// <param name="Source">What the answer is taken from.</param>
/// <param name="Disagreement">What another source says; null when they agree.</param>
internal readonly record struct AssignmentAt(string State, long? Start, long? End, bool EndKnown, long? EndedAt, string Source,
    string? Disagreement)
{
    public const string Observed = "Observed", Schedule = "Schedule", AuditLog = "AuditLog", NotInCompleteExport = "NotInCompleteExport";

    // Exports and events of one end are minutes apart.
    private const long Tolerance = TimeSpan.TicksPerHour;

    /// <summary>Whether access is given.</summary>
    public bool IsHeld => State is "Delivered" or "PartiallyDelivered";

    /// <summary>Whether access is given, about to be, or may be: what is shown unless asked otherwise.</summary>
    public bool IsCurrent => IsHeld || State is "Delivering" or "Scheduled" or "Unknown";

    /// <summary>
    /// Whether the outcome depends on when it was seen; if not, <see cref="At"/> gives the same state without.
    /// </summary>
    public static bool NeedsSightings(in AssignmentFacts facts, TrailAssignment? trail, long time, bool isPast)
    {
        if (isPast && (facts.Starts is not { } start || start > time || (IsExpired(facts) && facts.Expired == null))) return true;
        return facts.Expired == null && Gives(facts.State) && ((facts.EndKnown && facts.Ends <= time) || trail?.EndedAt?.UtcTicks <= time);
    }

    /// <summary>The assignment at a time; null when it did not exist yet.</summary>
    /// <param name="facts">What exports contain as of that time.</param>
    /// <param name="seen">When it was seen; null when that does not matter or is not known.</param>
    /// <param name="trail">What the audit trail contains; null when nothing.</param>
    /// <param name="time">The time, UTC ticks.</param>
    /// <param name="isPast">Whether a time was asked for, rather than the newest.</param>
    public static AssignmentAt? At(in AssignmentFacts facts, AssignmentSightings? seen, TrailAssignment? trail, long time, bool isPast)
    {
        var start = facts.Starts ?? trail?.DeliveredAt?.UtcTicks;
        var plan = new AssignmentAt(string.Empty, start, facts.Ends, facts.EndKnown, null, seen is { } sightings
            && sightings.StateFrom > time ? Schedule : Observed, null);
        if (start > time)
        {
            if (isPast && seen is { } first && first.First > time) return null;
            return plan with { State = "Scheduled", Source = Schedule };
        }

        if (Ended(facts, seen, trail, time, plan) is { } ended) return ended;
        if (isPast && start == null && seen is { } later && later.First > time) return plan with { State = "Unknown", EndKnown = false };
        if (facts.State == null) return plan with { State = "Unknown" };

        // An export of later says that it has ended since: until then it lasted.
        var state = IsExpired(facts) ? "Delivered" : Pascal(facts.State);
        if (IsExpired(facts)) plan = plan with { Source = Schedule };
        if (state is "Delivered" or "PartiallyDelivered" && trail?.DeliveredAt is { } delivered && delivered.UtcTicks > time + Tolerance
            && seen is { } after && after.StateFrom > time)
        {
            return plan with { State = "Delivering", Source = AuditLog };
        }

        return plan with { State = state, Disagreement = Overdue(facts, trail, time) };
    }

    /// <summary>An assignment that only the audit trail contains, at a time; null when it did not exist yet.</summary>
    public static AssignmentAt? OfTrail(TrailAssignment trail, long time)
    {
        var (start, end) = (trail.DeliveredAt?.UtcTicks, trail.EndedAt?.UtcTicks);
        if (start > time) return null;
        if (trail.GoneTicks is { } gone && gone <= time && !(end <= gone))
        {
            return new("Removed", start, null, false, null, trail.IsGoneByExport ? NotInCompleteExport : AuditLog, null);
        }

        return end <= time
            ? new(trail.EndReason == EndReason.Expired ? "Expired" : "Removed", start, end, true, end, AuditLog, null)
            : new("Delivered", start, null, false, null, AuditLog, null);
    }

    /// <summary>The span in which access was given, by everything known: null for open ends. Null when it never was.</summary>
    public static (long? From, long? To)? Span(in AssignmentFacts facts, TrailAssignment? trail)
    {
        if (Is(facts.State, "deliveryFailed")) return null;
        var end = facts.Expired ?? trail?.EndedAt?.UtcTicks;
        if (end == null && facts.Gone is { } gone) end = facts is { EndKnown: true, Ends: { } planned } && planned < gone ? planned : gone;
        return (facts.Starts ?? trail?.DeliveredAt?.UtcTicks, end ?? (facts.EndKnown ? facts.Ends : null));
    }

    private static AssignmentAt? Ended(in AssignmentFacts facts, AssignmentSightings? seen, TrailAssignment? trail, long time,
        in AssignmentAt plan)
    {
        if (Is(facts.State, "deliveryFailed") && (seen is not { } failure || failure.StateFrom <= time || facts.Expired <= time))
            return plan with { State = "DeliveryFailed", End = facts.Expired, EndKnown = facts.Expired != null };
        var removal = trail?.EndedAt?.UtcTicks;
        if (facts.Expired is { } expired)
        {
            return expired > time ? null
                : plan with { State = "Expired", End = expired, EndKnown = true, EndedAt = expired, Source = Observed,
                    Disagreement = Differs(expired, removal) };
        }

        if (removal <= time)
        {
            // Seen later than that, at a time that is known and not assumed: the export is followed.
            if (Gives(facts.State) && seen is { IsAssumed: false } kept && kept.StateTo > removal + Tolerance) return null;
            return plan with { State = trail!.EndReason == EndReason.Expired || IsOnSchedule(facts, removal) ? "Expired" : "Removed",
                End = removal,
                EndKnown = true, EndedAt = removal, Source = AuditLog };
        }

        if (removal == null && facts is { EndKnown: true, Ends: { } end } && end <= time)
        {
            if (Gives(facts.State) && seen is { IsAssumed: false } kept && kept.StateTo > end + Tolerance) return null;
            return plan with { State = "Expired", EndedAt = end, Source = Schedule };
        }

        if (facts.Gone <= time) return plan with { State = "Removed", End = null, EndKnown = false, Source = NotInCompleteExport };
        if (!IsExpired(facts)) return null;
        // It ended at some time before it was seen so, which is all that is known.
        return seen is { } later && later.StateFrom > time
            ? plan with { State = removal > time ? "Delivered" : "Unknown", Source = removal > time ? AuditLog : Observed }
            : plan with { State = "Expired", End = null, EndKnown = false };
    }

    // A removal by the service at the scheduled end is an expiry, whatever words the log has for it.
    private static bool IsOnSchedule(in AssignmentFacts facts, long? removal) =>
        facts is { EndKnown: true, Ends: { } end } && removal is { } gone && gone >= end && gone - end <= TimeSpan.TicksPerDay;

    // Given by the export, although it should have ended.
    private static string? Overdue(in AssignmentFacts facts, TrailAssignment? trail, long time) =>
        facts.Expired != null ? null
        : trail?.EndedAt is { } removed && removed.UtcTicks <= time ? $"By the audit log it ended on {Text(removed.UtcTicks)}."
        : facts is { EndKnown: true, Ends: { } end } && end <= time && trail?.EndedAt == null ? $"By its schedule it ended on {Text(end)}."
        : null;

    private static string? Differs(long expired, long? removal) =>
        removal is { } other && Math.Abs(other - expired) > Tolerance ? $"By the audit log it ended on {Text(other)}." : null;

    private static bool Gives(string? state) => Is(state, "delivered") || Is(state, "partiallyDelivered") || Is(state, "delivering");

    private static bool IsExpired(in AssignmentFacts facts) => Is(facts.State, "expired");

    private static bool Is(string? state, string word) => string.Equals(state, word, StringComparison.OrdinalIgnoreCase);

    private static string Pascal(string word) => word.Length == 0 ? word : string.Concat(word[..1].ToUpperInvariant(), word.AsSpan(1));

    private static string Text(long ticks) =>
        new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
