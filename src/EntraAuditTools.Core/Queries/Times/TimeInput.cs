using System.Globalization;
using System.Text.RegularExpressions;

namespace EntraAuditTools.Core.Queries.Times;

/// <summary>
/// Points in time as people type them. Dates without a time are local midnight, times without a zone are local; ISO 8601 is
/// read the same under every culture, other spellings by the current one; <c>7d</c> is seven days ago; today and yesterday
/// are local midnight.
/// </summary>
internal static partial class TimeInput
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
        if (DateTimeOffset.TryParseExact(text, IsoFormats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeLocal | DateTimeStyles.AllowWhiteSpaces, out var iso)) return iso;

        // A bare number is no date, though some cultures read 2026 or 11.1 as one.
        if (double.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _)) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.CurrentCulture, DateTimeStyles.AssumeLocal, out var local) ? local : null;
    }

    /// <summary>
    /// How a date of numbers was read that others would read otherwise (01/11/2026 is January or November by country), as a note for the
    /// user; null where there is one reading only.
    /// </summary>
    public static string? Reading(string text, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(text);
        var date = NumberDate().Match(text);
        if (!date.Success || !int.TryParse(date.Groups["a"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var a)
            || !int.TryParse(date.Groups["b"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var b)) return null;
        if (a == b || a is 0 or > 12 || b is 0 or > 12 || Parse(text, now) is not { } time) return null;

        var culture = CultureInfo.CurrentCulture;
        // Where dates are written with dots the day comes first everywhere.
        if (date.Groups["sign"].Value == "." && culture.DateTimeFormat.DateSeparator == ".") return null;
        var local = time.LocalDateTime;
        if ((local.Month, local.Day) != (a, b) && (local.Month, local.Day) != (b, a)) return null;
        var other = new DateTime(local.Year, local.Day, local.Month, 0, 0, 0, DateTimeKind.Local);
        var name = culture.Name.Length > 0 ? culture.Name : "invariant";
        return string.Create(CultureInfo.InvariantCulture,
            $"'{text}' was read as {local:d MMMM yyyy} ({(local.Month == a ? "month" : "day")} first, as the culture {name} has it). For "
                + $"{other:d MMMM} give {other:yyyy-MM-dd}.");
    }

    [GeneratedRegex(@"^\s*(?<a>\d{1,2})(?<sign>[./\- ])(?<b>\d{1,2})(?:\k<sign>(?:\d{2}|\d{4}))?(?![\d./\-])")]
    private static partial Regex NumberDate();

    /// <summary>A DateTime as a point in time: UTC when it says so, else local.</summary>
    public static DateTimeOffset FromDateTime(DateTime time) =>
        time.Kind == DateTimeKind.Utc
            ? new DateTimeOffset(time, TimeSpan.Zero) : new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Local));
}
