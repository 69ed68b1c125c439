using System.Text.Json;
using System.Xml;
using EntraAuditTools.Core.Schema;

namespace EntraAuditTools.Core.Mirror.Entities;

/// <summary>
/// When an assignment ends by its schedule (Graph <c>entitlementManagementSchedule</c>: startDateTime and <c>expirationPattern</c>).
/// </summary>
internal static class AssignmentSchedule
{
    /// <summary>The end in UTC ticks, null for none, and whether that is known: an export without schedule does not say "no end".</summary>
    /// <param name="fact">The assignment's facts.</param>
    public static (long? Ends, bool IsKnown) End(Func<string, JsonElement> fact) =>
        End(Text(fact(FactNames.ExpirationEnd)), Text(fact(FactNames.ExpirationType)), Text(fact(FactNames.Start)),
            Text(fact(FactNames.ExpirationDuration)));

    /// <inheritdoc cref="End(Func{string, JsonElement})"/>
    /// <param name="end">When it ends, as facts have times.</param>
    /// <param name="type">Graph's <c>expirationPatternType</c>.</param>
    /// <param name="start">When it begins.</param>
    /// <param name="duration">How long it lasts, ISO 8601.</param>
    public static (long? Ends, bool IsKnown) End(string? end, string? type, string? start, string? duration)
    {
        if (StoredState.Ticks(end) is { } given) return (given, true);
        if (type == null) return (null, false);
        if (type.Equals("noExpiration", StringComparison.OrdinalIgnoreCase)) return (null, true);
        if (StoredState.Ticks(start) is { } begin && Duration(duration) is { } length) return (begin + length.Ticks, true);
        return (null, false);
    }

    /// <summary>An ISO 8601 duration; null when it is none, or longer than any schedule.</summary>
    public static TimeSpan? Duration(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            var length = XmlConvert.ToTimeSpan(text);
            return length > TimeSpan.Zero && length < TimeSpan.FromDays(365_000) ? length : null;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
