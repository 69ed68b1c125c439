using System.Globalization;
using System.Text.RegularExpressions;

namespace EntraAuditTools.Core.Queries.Times;

/// <summary>
/// Spans as people type them: <c>90m</c>, <c>24h</c>, <c>7d</c>, <c>2w</c>, <c>1month</c>, <c>1y</c>, <c>2h30m</c>, or a .NET TimeSpan.
/// </summary>
internal static partial class RelativeTime
{
    /// <summary>What to say when a span is not understood.</summary>
    public const string Help = "Give a number and a unit: 90m, 24h, 7d, 2w, 1month or 1y.";

    /// <summary>The time that is a span before another; null when the text is no span.</summary>
    /// <param name="text">The span.</param>
    /// <param name="end">The time to count back from. Months and years are the calendar's.</param>
    public static DateTimeOffset? Before(string text, DateTimeOffset end) => Shift(text, end, -1);

    /// <summary>The time that is a span after another; null when the text is no span.</summary>
    /// <param name="text">The span.</param>
    /// <param name="start">The time to count from. Months and years are the calendar's.</param>
    public static DateTimeOffset? After(string text, DateTimeOffset start) => Shift(text, start, 1);

    private static DateTimeOffset? Shift(string text, DateTimeOffset from, int sign)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            var parts = Parts().Matches(text);
            if (parts.Count > 0 && parts.Sum(part => part.Length) == text.Length)
                return parts.Aggregate(from,
                    (time, part) =>
                    Add(time, sign * double.Parse(part.Groups["n"].Value, CultureInfo.InvariantCulture), part.Groups["unit"].Value));

            // A bare number would be days to TimeSpan and anything to a reader.
            if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span)
                && span > TimeSpan.Zero) return from + (sign * span);
        }
        catch (ArgumentOutOfRangeException)
        {
            // Before the year 1 or after 9999: as good as no text at all.
        }
        catch (OverflowException)
        {
        }

        return null;
    }

    private static DateTimeOffset Add(DateTimeOffset time, double amount, string unit) => unit.ToLowerInvariant() switch
    {
        "s" or "sec" or "second" or "seconds" => time.AddSeconds(amount),
        "m" or "min" or "minute" or "minutes" => time.AddMinutes(amount),
        "h" or "hr" or "hour" or "hours" => time.AddHours(amount),
        "d" or "day" or "days" => time.AddDays(amount),
        "w" or "week" or "weeks" => time.AddDays(7 * amount),
        "mo" or "mon" or "month" or "months" => time.AddMonths(checked((int)amount)).AddDays(30 * (amount % 1)),
        _ => time.AddMonths(checked((int)(12 * amount))),
    };

    [GeneratedRegex(@"\s*(?<n>\d+(\.\d+)?)\s*(?<unit>seconds?|sec|s|months?|mon|mo|minutes?|min|m|hours?|hr|h|days?|d|weeks?|w|years?|yr|y)(?![a-z])\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Parts();
}
