using EntraAuditTools.Core.Formats.Dates;

namespace EntraAuditTools.Core.Tests.Formats.Dates;

/// <summary>
/// The danger: a column's zone is taken for another, and all of its times are hours off. Sources: IANA's and Windows' names of zones.
/// </summary>
public sealed class ZoneTests
{
    [Theory]
    [InlineData("UTC", true)]
    [InlineData("utc", true)]
    [InlineData("Z", true)]
    [InlineData("GMT", true)]
    [InlineData("+00:00", true)]
    [InlineData("Coordinated Universal Time", true)]
    [InlineData("Etc/UTC", true)]
    [InlineData("+01:00", false)]
    [InlineData("Europe/London", false)]
    [InlineData("", false)]
    public void UTC_has_many_names(string zone, bool expected) => Assert.Equal(expected, ZoneText.IsUtc(zone));

    /// <summary>A zone; its offset in minutes on a day in winter; null when it is none.</summary>
    [Theory]
    [InlineData("Europe/Madrid", 60)]
    [InlineData("Romance Standard Time", 60)]
    [InlineData("America/Sao_Paulo", -180)]
    [InlineData("UTC", 0)]
    [InlineData("+02:00", 120)]
    [InlineData("-03:30", -210)]
    [InlineData("+2:30", 150)]
    [InlineData("+0230", 150)]
    [InlineData("+02", 120)]
    [InlineData("-3", -180)]
    [InlineData("UTC+2", 120)]
    [InlineData("utc +02:00", 120)]
    [InlineData("+14:00", 840)]
    [InlineData("-14:00", -840)]
    [InlineData("+14:01", null)]
    [InlineData("+2:3", null)]
    [InlineData("+x", null)]
    [InlineData("+", null)]
    [InlineData("Local", null)]
    [InlineData("local time", null)]
    [InlineData("Middle/Earth", null)]
    [InlineData("", null)]
    public void A_zone_is_an_offset_or_a_name(string zone, int? minutes) =>
        Assert.Equal(minutes, (int?)ZoneText.Find(zone)?.GetUtcOffset(new DateTime(2026, 1, 15, 12, 0, 0, DateTimeKind.Utc)).TotalMinutes);

    [Theory]
    [InlineData("02/10/2026 08:01 [Europe/Madrid]", true, "02/10/2026 08:01", "Europe/Madrid")]
    [InlineData("02/10/2026 08:01 [UTC]", false, "02/10/2026 08:01", "UTC")]
    [InlineData("02/10/2026 08:01", false, "02/10/2026 08:01", "")]
    [InlineData("02/10/2026 08:01 [x", false, "02/10/2026 08:01 [x", "")]
    [InlineData("02/10/2026 08:01[x]", false, "02/10/2026 08:01[x]", "")]
    [InlineData(" [x]", false, " [x]", "")]
    public void A_zone_stands_behind_its_time(string text, bool isZoned, string time, string zone)
    {
        Assert.Equal(isZoned, ZoneText.TrySplit(text, out var foundTime, out var foundZone));
        Assert.Equal((time, zone), (foundTime, foundZone));
    }

    /// <summary>A time in Madrid; UTC; null where clocks were moved (tz database: 2026-03-29 02:00 and 2026-10-25 03:00).</summary>
    [Theory]
    [InlineData("2026-01-15T12:00:00", "2026-01-15T11:00:00")]
    [InlineData("2026-07-15T12:00:00", "2026-07-15T10:00:00")]
    [InlineData("2026-03-29T01:59:59", "2026-03-29T00:59:59")]
    [InlineData("2026-03-29T02:00:00", null)]
    [InlineData("2026-03-29T02:59:59", null)]
    [InlineData("2026-03-29T03:00:00", "2026-03-29T01:00:00")]
    [InlineData("2026-10-25T01:59:59", "2026-10-24T23:59:59")]
    [InlineData("2026-10-25T02:00:00", null)]
    [InlineData("2026-10-25T02:59:59", null)]
    [InlineData("2026-10-25T03:00:00", "2026-10-25T02:00:00")]
    public void A_time_that_was_not_or_was_twice_is_none(string local, string? utc)
    {
        static long Ticks(string time) => DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture).Ticks;
        var isOne = ZoneText.TryToUtc(Ticks(local), ZoneText.Find("Europe/Madrid")!, out var ticks);
        Assert.Equal(utc == null ? null : Ticks(utc), isOne ? ticks : (long?)null);
    }
}
