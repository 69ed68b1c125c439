using System.Globalization;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Queries.Identities;
using EntraAuditTools.Core.Queries.Logs;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Queries.Activities.Grouping;

/// <summary>One way to group activities: the number that SQL groups by, and the value that people see.</summary>
/// <param name="Name">As given to <c>-By</c>.</param>
/// <param name="Column">SQL over <c>a</c>: activities, with <c>identity</c> of each target where <see cref="NeedsTargets"/>.</param>
/// <param name="Value">The value behind the number; null when the record has none.</param>
internal sealed record MeasureDimension(string Name, string Column, Func<ActivityDimensions, long, object?> Value)
{
    /// <summary>
    /// Days since 1900 (<see cref="ActivityTime.MinTicks"/>), so that integer division rounds down for every time in a mirror.
    /// </summary>
    private static readonly string Ticks =
        string.Create(CultureInfo.InvariantCulture,
            $"((a.id >> {ActivityTime.SequenceBits}) - a.drift + {ActivityTime.Epoch - ActivityTime.MinTicks})");

    private static readonly string Day = string.Create(CultureInfo.InvariantCulture, $"{Ticks} / {TimeSpan.TicksPerDay}");
    private static readonly string Hour = string.Create(CultureInfo.InvariantCulture, $"{Ticks} / {TimeSpan.TicksPerHour}");

    public static readonly IReadOnlyList<MeasureDimension> All =
    [
        new("Service", "a.kind", (words, id) => words.ActivityType(id).Service),
        new("Category", "a.kind", (words, id) => words.ActivityType(id).Category),
        new("Activity", "a.kind", (words, id) => words.ActivityType(id).Activity),
        new("OperationType", "a.kind", (words, id) => words.ActivityType(id).OperationType),
        new("Result", "a.result", (words, id) => words.Term(id)),
        new("Actor", "a.actor", (words, id) => words.BestName(id)),
        new("Target", "a.identity", (words, id) => words.BestName(id)),
        new("Tenant", "a.tenant", (words, id) => words.Term(id)),
        new("Origin", "a.origin", (_, id) => ActivityOrigin.Of(id)),
        new("IPAddress", "a.address", (words, id) => words.Address(id)),
        new("Year", Day, (_, day) => DayOf(day).Year),
        new("Month", Day, (_, day) => DayOf(day).ToString("yyyy-MM", CultureInfo.InvariantCulture)),
        new("Week", Day, (_, day) => WeekOf(DayOf(day))),
        new("Day", Day, (_, day) => DayOf(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        new("Hour", Hour, (_, hour) => HourOf(hour).ToString("yyyy-MM-dd HH:00'Z'", CultureInfo.InvariantCulture)),
        new("HourOfDay", Hour, (_, hour) => HourOf(hour).Hour),
        new("DayOfWeek", Day, (_, day) => DayOf(day).DayOfWeek),
    ];

    public bool NeedsTargets => Name == "Target";

    /// <summary>The dimensions of these names, in any case, each once.</summary>
    /// <exception cref="AuditToolException">UnknownDimension.</exception>
    public static IReadOnlyList<MeasureDimension> Find(IReadOnlyList<string> names) => [.. names.Select(Find).Distinct()];

    /// <summary>
    /// What puts this dimension's values in the order of time; null where they are no times. A week begins on Monday, as ISO 8601's do.
    /// </summary>
    public Func<object?, object?>? TimeOf => Name switch
    {
        "Year" or "Month" or "Week" or "Day" or "Hour" or "HourOfDay" => value => value,
        "DayOfWeek" => value => ((int)(DayOfWeek)value! + 6) % 7,
        _ => null,
    };

    /// <summary>Whether a dimension's values come once: a day, not a day of the week.</summary>
    public static bool IsPointInTime(string name) => name is "Year" or "Month" or "Week" or "Day" or "Hour";

    private static MeasureDimension Find(string name) =>
        All.FirstOrDefault(dimension => dimension.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new AuditToolException("UnknownDimension", AuditErrorKind.InvalidArgument, $"Activities cannot be grouped by '{name}'.",
            $"Use one of {string.Join(", ", All.Select(dimension => dimension.Name))}.", name);

    private static DateTime DayOf(long day) => new(ActivityTime.MinTicks + (day * TimeSpan.TicksPerDay), DateTimeKind.Utc);

    private static DateTime HourOf(long hour) => new(ActivityTime.MinTicks + (hour * TimeSpan.TicksPerHour), DateTimeKind.Utc);

    private static string WeekOf(DateTime day) =>
        string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(day)}-W{ISOWeek.GetWeekOfYear(day):00}");
}
