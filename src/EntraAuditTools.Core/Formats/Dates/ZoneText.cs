using System.Globalization;

namespace EntraAuditTools.Core.Formats.Dates;

/// <summary>Time zones as texts: an offset, or a name of Windows or IANA that this computer knows.</summary>
internal static class ZoneText
{
    /// <summary>Whether it is UTC by any of its names.</summary>
    public static bool IsUtc(string zone) =>
        zone.ToUpperInvariant() is "UTC" or "Z" or "GMT" or "+00:00" or "COORDINATED UNIVERSAL TIME" or "ETC/UTC";

    /// <summary>The zone; null when it is not known.</summary>
    public static TimeZoneInfo? Find(string zone)
    {
        if (zone is ['+' or '-', ..])
        {
            var isOffset = TimeSpan.TryParseExact(zone[1..], [@"hh\:mm", @"h\:mm", "hhmm", "hh", "%h"], CultureInfo.InvariantCulture,
                out var offset) && offset <= TimeSpan.FromHours(14);
            return isOffset ? TimeZoneInfo.CreateCustomTimeZone(zone, zone[0] == '-' ? -offset : offset, null, null) : null;
        }

        if (zone.StartsWith("UTC", StringComparison.OrdinalIgnoreCase) && zone.Length > 3) return Find(zone[3..].Trim());
        // "Local" is this computer's zone to .NET; an export's is that of the computer that made it.
        if (zone.StartsWith("local", StringComparison.OrdinalIgnoreCase)) return null;
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(zone);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException)
        {
            return null;
        }
    }

    /// <summary>Divides "02/10/2026 08:01 [Europe/Madrid]", which is how times of a column are kept whose zone the admin said.</summary>
    public static bool TrySplit(string text, out string time, out string zone)
    {
        (time, zone) = (text, string.Empty);
        if (!text.EndsWith(']') || text.LastIndexOf(" [", StringComparison.Ordinal) is not (> 0 and var at)) return false;
        (time, zone) = (text[..at], text[(at + 2)..^1]);
        return !IsUtc(zone);
    }

    /// <summary>The time in UTC; false when clocks were moved just then, so that there was no such time, or were two.</summary>
    public static bool TryToUtc(long local, TimeZoneInfo zone, out long utcTicks)
    {
        utcTicks = 0;
        var time = new DateTime(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(time) || zone.IsAmbiguousTime(time)) return false;
        utcTicks = local - zone.GetUtcOffset(time).Ticks;
        return utcTicks > 0;
    }
}
