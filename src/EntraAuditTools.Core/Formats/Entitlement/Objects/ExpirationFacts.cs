using System.Text.Json;
using EntraAuditTools.Core.Formats.Details;
using EntraAuditTools.Core.Schema;
using P = EntraAuditTools.Core.Formats.Entitlement.EntitlementProperty;

namespace EntraAuditTools.Core.Formats.Entitlement.Objects;

/// <summary>When assignments end: Graph's <c>expirationPattern</c>, or the beta policy's days and date.</summary>
internal static class ExpirationFacts
{
    /// <summary>Adds an <c>expirationPattern</c>; one that says nothing (as an unfilled SDK object) adds nothing.</summary>
    public static void Add(EntityObservation entity, in RecordNode pattern)
    {
        if (!pattern.Exists) return;
        var type = EntitlementWords.ExpirationTypes.Known(pattern.Text(P.Type));
        var end = pattern.Ticks(P.EndDateTime) ?? 0;
        var duration = Duration(pattern.Get(P.Duration));
        type ??= end > 0 ? "afterDateTime" : duration != null ? "afterDuration" : null;
        if (type != null) Write(entity, type, end, duration);
    }

    /// <summary>Adds a beta policy's <c>durationInDays</c> and <c>expirationDateTime</c> (0 and null: assignments don't end).</summary>
    public static void AddOfBetaPolicy(EntityObservation entity, in RecordNode policy)
    {
        var days = policy.Number(P.DurationInDays);
        var end = policy.Ticks(P.ExpirationDateTime);
        if (end > 0) Write(entity, "afterDateTime", end.Value, null);
        else if (days > 0) Write(entity, "afterDuration", 0, EntitlementWords.Iso(TimeSpan.FromDays(days.Value)));
        else if (days == 0 && end == 0) Write(entity, "noExpiration", 0, null);
    }

    /// <summary>
    /// Adds the end of a schedule that has no <c>expirationPattern</c>: <c>stopDateTime</c> (the portal's own API, which writes null for no
    /// end), <c>endDateTime</c>, a duration, or the last day of a recurrence.
    /// </summary>
    public static void AddOfSchedule(EntityObservation entity, in RecordNode schedule, in RecordNode range)
    {
        var end = End(schedule, P.StopDateTime) ?? End(schedule, P.EndDateTime) ?? End(schedule, P.ExpirationDateTime);
        if (end is null or 0 && End(range, P.EndDate) is { } last and > 0 && RecordNode.TextOf(range.Get(P.Type)) is not "noEnd")
            end = last;
        var duration = Duration(schedule.Get(P.Duration));
        if (end > 0) Write(entity, "afterDateTime", end.Value, null);
        else if (duration != null) Write(entity, "afterDuration", 0, duration);
        else if (end == 0) Write(entity, "noExpiration", 0, null);
    }

    /// <summary>A time; 0 for none, also where it is the last day of the calendar; null when not given.</summary>
    private static long? End(in RecordNode node, P property)
    {
        if (!node.Has(property)) return null;
        return RecordNode.TextOf(node.Get(property))?.StartsWith("9999-12-31", StringComparison.Ordinal) == true ? 0 : node.Ticks(property);
    }

    /// <summary>Adds the three facts of an end; the type says which of them can be empty.</summary>
    public static void Write(EntityObservation entity, string type, long end, string? duration) => entity
        .Add(FactNames.ExpirationType, type)
        .AddTime(FactNames.ExpirationEnd, end)
        .Add(FactNames.ExpirationDuration, duration);

    /// <summary>ISO 8601; SDK objects hold a TimeSpan, which PowerShell writes as its text or as <c>{"Ticks": …, "Days": …}</c>.</summary>
    public static string? Duration(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) return EntitlementWords.Duration(RecordNode.TextOf(value));
        return DetailJson.Find(value, "Ticks") is { ValueKind: JsonValueKind.Number } ticks && ticks.TryGetInt64(out var count)
            ? EntitlementWords.Iso(new TimeSpan(count)) : null;
    }
}
