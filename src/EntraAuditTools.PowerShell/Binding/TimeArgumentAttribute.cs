using System.Globalization;
using System.Management.Automation;

namespace EntraAuditTools.PowerShell.Binding;

/// <summary>
/// Makes a point in time of what people give to -After and -Before. Dates without a time are local midnight, times
/// without a zone are local, as everywhere in PowerShell; ISO 8601 is read the same under every culture, other
/// spellings by the current one; <c>7d</c> is seven days ago; today and yesterday are local midnight.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class TimeArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] IsoFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mm:ss.FFFFFFF zzz", "yyyy-MM", "yyyy/MM/dd",
    ];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        // The PSObject's own text keeps what was typed: an unquoted 7d arrives as the decimal 7.
        var typed = inputData?.ToString()?.Trim() ?? string.Empty;
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            DateTimeOffset time => time,
            DateTime time => FromDateTime(time),
            DateOnly day => FromDateTime(day.ToDateTime(TimeOnly.MinValue)),
            _ => Parse(typed, DateTimeOffset.Now) ?? throw new ArgumentTransformationMetadataException(
                $"'{typed}' is not a time. Give a date (2026-11-01), a date and time (2026-11-01T14:30Z), or a span before now (7d)."),
        };
    }

    /// <summary>The time that a text means; null when it means none.</summary>
    internal static DateTimeOffset? Parse(string text, DateTimeOffset now)
    {
        if (text.Equals("now", StringComparison.OrdinalIgnoreCase)) return now;
        if (text.Equals("today", StringComparison.OrdinalIgnoreCase)) return FromDateTime(now.LocalDateTime.Date);
        if (text.Equals("yesterday", StringComparison.OrdinalIgnoreCase)) return FromDateTime(now.LocalDateTime.Date.AddDays(-1));
        if (RelativeTime.Before(text, now) is { } past) return past;
        if (DateTimeOffset.TryParseExact(text, IsoFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal | DateTimeStyles.AllowWhiteSpaces, out var iso)) return iso;

        // A bare number is no date, though some cultures read 2026 or 11.1 as one.
        if (double.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _)) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.CurrentCulture, DateTimeStyles.AssumeLocal, out var local) ? local : null;
    }

    private static DateTimeOffset FromDateTime(DateTime time) =>
        time.Kind == DateTimeKind.Utc ? new DateTimeOffset(time, TimeSpan.Zero) : new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Local));
}
