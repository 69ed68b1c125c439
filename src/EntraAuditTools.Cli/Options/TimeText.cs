using System.Globalization;
using System.Text.RegularExpressions;

namespace EntraAuditTools.Cli.Options;

/// <summary>Times and spans as people type them.</summary>
internal static partial class TimeText
{
    /// <summary>The time that lies a span (<c>90m</c>, <c>24h</c>, <c>7d</c>, <c>2w</c>, <c>1month</c>, <c>1y</c>) before another; null when the text is no span.</summary>
    public static DateTimeOffset? Before(string text, DateTimeOffset end)
    {
        var match = Span().Match(text.Trim());
        if (!match.Success) return null;
        var count = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value.ToLowerInvariant() switch
        {
            "m" or "min" => end.AddMinutes(-count),
            "h" => end.AddHours(-count),
            "d" or "day" or "days" => end.AddDays(-count),
            "w" or "week" or "weeks" => end.AddDays(-7 * count),
            "month" or "months" => end.AddMonths(-count),
            _ => end.AddYears(-count),
        };
    }

    /// <summary>A date (local midnight), a time (local unless it says its zone), or a span before now; null when it is neither.</summary>
    public static DateTimeOffset? ToTime(string text, DateTimeOffset now) =>
        Before(text, now) ?? (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time) ? time : null);

    [GeneratedRegex("^([0-9]{1,5})(m|min|h|d|days?|w|weeks?|months?|y|years?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Span();
}
