using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace EntraAuditTools.Core.Formats;

/// <summary>
/// Times in every spelling of FORMATS §0.4, as UTC ticks: ISO 8601 with T or blank, none to nine fraction digits, with Z, an offset or
/// neither (UTC then); US month-first with AM/PM; <c>/Date(ms)/</c>; epoch seconds and milliseconds. Digits past 100 ns are dropped.
/// </summary>
internal static class TimeText
{
    private static readonly string[] UsFormats = ["M/d/yyyy h:mm:ss tt", "M/d/yyyy h:mm tt", "M/d/yyyy H:mm:ss", "M/d/yyyy H:mm", "M/d/yyyy, h:mm:ss tt", "M/d/yyyy, h:mm:ss.fff tt", "M/d/yyyy h:mm:ss.fff tt"];

    /// <summary>Reads a time; false when it is in no known spelling.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long utcTicks) => TryParseIso(text, out utcTicks) || TryParseOther(Trim(text), out utcTicks);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out long)"/>
    public static bool TryParse(string text, out long utcTicks) => TryParse(Encoding.UTF8.GetBytes(text), out utcTicks);

    /// <summary>A number that stands for a time: epoch seconds or, when too large for those, milliseconds.</summary>
    public static bool TryFromEpoch(double number, out long utcTicks)
    {
        utcTicks = 0;
        var milliseconds = Math.Abs(number) < 1e11 ? number * 1000 : number;
        if (!(Math.Abs(milliseconds) < 6.2e13)) return false;
        utcTicks = DateTime.UnixEpoch.Ticks + (long)(milliseconds * TimeSpan.TicksPerMillisecond);
        return utcTicks > 0;
    }

    /// <summary>
    /// Whether two spellings can mean one instant: equal, or equal once the finer one is cut to the precision of the coarser
    /// (an export in whole seconds or milliseconds shows the same event as one in 100 ns).
    /// </summary>
    public static bool Agree(long a, long b)
    {
        if (a == b) return true;
        if (Math.Abs(a - b) >= TimeSpan.TicksPerSecond) return false;
        var precision = Math.Max(Precision(a), Precision(b));
        return precision > 1 && a / precision == b / precision;
    }

    private static long Precision(long ticks)
    {
        if (ticks % TimeSpan.TicksPerSecond == 0) return TimeSpan.TicksPerSecond;
        if (ticks % TimeSpan.TicksPerMillisecond == 0) return TimeSpan.TicksPerMillisecond;
        return ticks % TimeSpan.TicksPerMicrosecond == 0 ? TimeSpan.TicksPerMicrosecond : 1;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8);

    private static bool TryParseIso(ReadOnlySpan<byte> t, out long utcTicks)
    {
        utcTicks = 0;
        if (t.Length < 10 || t[4] != '-' || t[7] != '-') return false;
        if (!Digits(t, 0, 4, out var year) || !Digits(t, 5, 2, out var month) || !Digits(t, 8, 2, out var day)) return false;
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        var ticks = new DateTime(year, month, day).Ticks;
        var at = 10;
        if (t.Length > 10)
        {
            if (t[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || t.Length < 16 || t[13] != ':') return false;
            if (!Digits(t, 11, 2, out var hour) || !Digits(t, 14, 2, out var minute) || hour > 24 || minute > 59) return false;
            ticks += (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
            at = 16;
            if (t.Length > 16 && t[16] == ':')
            {
                if (!Digits(t, 17, 2, out var second) || second > 60) return false;
                ticks += second * TimeSpan.TicksPerSecond;
                at = 19;
                if (at < t.Length && t[at] is (byte)'.' or (byte)',')
                {
                    at++;
                    var scale = TimeSpan.TicksPerSecond;
                    var from = at;
                    for (; at < t.Length && t[at] is >= (byte)'0' and <= (byte)'9'; at++)
                    {
                        scale /= 10;
                        ticks += (t[at] - '0') * scale;
                    }

                    if (at == from) return false;
                }
            }
        }

        return TryReadZone(t[at..], ref ticks) && Set(ticks, out utcTicks);
    }

    private static bool TryReadZone(ReadOnlySpan<byte> zone, ref long ticks)
    {
        zone = Trim(zone);
        if (zone.Length == 0 || (zone.Length == 1 && zone[0] is (byte)'Z' or (byte)'z') || Utf8.Is(zone, "UTC"u8) || Utf8.Is(zone, "[UTC]"u8)) return true;
        if (zone[0] is not ((byte)'+' or (byte)'-') || zone.Length < 3 || !Digits(zone, 1, 2, out var hours)) return false;
        var minutes = 0;
        if (zone.Length == 6 && zone[3] == ':')
        {
            if (!Digits(zone, 4, 2, out minutes)) return false;
        }
        else if (zone.Length == 5)
        {
            if (!Digits(zone, 3, 2, out minutes)) return false;
        }
        else if (zone.Length != 3)
        {
            return false;
        }

        if (hours > 14 || minutes > 59) return false;
        var offset = (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute);
        ticks += zone[0] == '+' ? -offset : offset;
        return true;
    }

    private static bool TryParseOther(ReadOnlySpan<byte> t, out long utcTicks)
    {
        utcTicks = 0;
        if (t.Length is < 8 or > 40) return false;
        if (t.StartsWith("/Date("u8))
        {
            return Utf8Parser.TryParse(t[6..], out long milliseconds, out _) && TryFromEpochMilliseconds(milliseconds, out utcTicks);
        }

        if (Utf8Parser.TryParse(t, out double number, out var used) && used == t.Length) return TryFromEpoch(number, out utcTicks);
        var text = Encoding.UTF8.GetString(t).Replace('\u202f', ' ');
        if (text.EndsWith(" UTC", StringComparison.OrdinalIgnoreCase)) text = text[..^4];
        return DateTime.TryParseExact(text, UsFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            && Set(time.Ticks, out utcTicks);
    }

    private static bool TryFromEpochMilliseconds(long milliseconds, out long utcTicks)
    {
        utcTicks = 0;
        return Math.Abs(milliseconds) < 62_000_000_000_000 && Set(DateTime.UnixEpoch.Ticks + (milliseconds * TimeSpan.TicksPerMillisecond), out utcTicks);
    }

    private static bool Set(long ticks, out long utcTicks)
    {
        utcTicks = ticks;
        return ticks > 0;
    }

    private static bool Digits(ReadOnlySpan<byte> t, int at, int count, out int value)
    {
        value = 0;
        if (at + count > t.Length) return false;
        for (var i = at; i < at + count; i++)
        {
            if (t[i] is < (byte)'0' or > (byte)'9') return false;
            value = (value * 10) + (t[i] - '0');
        }

        return true;
    }
}
