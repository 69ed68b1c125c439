using System.Globalization;

namespace EntraAuditTools.Core.Queries;

/// <summary>
/// Points in time as people type them. Dates without a time are local midnight, times without a zone are local; ISO 8601 is
/// read the same under every culture, other spellings by the current one; <c>7d</c> is seven days ago; today and yesterday
/// are local midnight.
/// </summary>
public static class TimeInput
{
    /// <summary>What to say when a time is not understood.</summary>
    public const string Help = "Give a date (2026-11-01), a date and time (2026-11-01T14:30Z), or a span before now (7d).";

    private static readonly string[] IsoFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mm:ss.FFFFFFF zzz", "yyyy-MM", "yyyy/MM/dd",
    ];

    /// <summary>The time that a text means; null when it means none.</summary>
    public static DateTimeOffset? Parse(string text, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Equals("now", StringComparison.OrdinalIgnoreCase)) return now;
        if (text.Equals("today", StringComparison.OrdinalIgnoreCase)) return FromDateTime(now.LocalDateTime.Date);
        if (text.Equals("yesterday", StringComparison.OrdinalIgnoreCase)) return FromDateTime(now.LocalDateTime.Date.AddDays(-1));
        if (RelativeTime.Before(text, now) is { } past) return past;
        if (DateTimeOffset.TryParseExact(text, IsoFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal | DateTimeStyles.AllowWhiteSpaces, out var iso)) return iso;

        // A bare number is no date, though some cultures read 2026 or 11.1 as one.
        if (double.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _)) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.CurrentCulture, DateTimeStyles.AssumeLocal, out var local) ? local : null;
    }

    /// <summary>A DateTime as a point in time: UTC when it says so, else local.</summary>
    public static DateTimeOffset FromDateTime(DateTime time) =>
        time.Kind == DateTimeKind.Utc ? new DateTimeOffset(time, TimeSpan.Zero) : new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Local));
}
