using System.Buffers.Text;
using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Text;

namespace EntraAuditTools.Core.Formats.Dates;

/// <summary>
/// Times in every spelling of FORMATS §0.4, as UTC ticks: ISO 8601 with T or blank, none to nine fraction digits, with Z, an offset or
/// neither (UTC then); <c>/Date(ms)/</c>; numbers by their size; months in words; and what countries write in numbers, where
/// <see cref="DateReading"/> says in which order. Digits past 100 ns are dropped.
/// </summary>
internal static class TimeText
{
    private const int MaxLength = 60;

    private static readonly string[] InWords =
    [
        "d MMM yyyy H:mm:ss", "d MMM yyyy H:mm", "d MMM yyyy h:mm:ss tt", "d MMM yyyy h:mm tt", "d MMM yyyy",
        "MMM d yyyy H:mm:ss", "MMM d yyyy H:mm", "MMM d yyyy h:mm:ss tt", "MMM d yyyy h:mm tt", "MMM d yyyy", "MMM d H:mm:ss yyyy",
        "d MMMM yyyy H:mm:ss", "d MMMM yyyy H:mm", "d MMMM yyyy h:mm:ss tt", "d MMMM yyyy h:mm tt", "d MMMM yyyy",
        "MMMM d yyyy H:mm:ss", "MMMM d yyyy H:mm", "MMMM d yyyy h:mm:ss tt", "MMMM d yyyy h:mm tt", "MMMM d yyyy",
    ];

    private static readonly string[] Weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <summary>Reads a time of which nothing else is known; false when it is in no known spelling, or could mean several times.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long utcTicks) => TryParse(text, DateReading.Documented, out utcTicks);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out long)"/>
    public static bool TryParse(string text, out long utcTicks) => TryParse(text, DateReading.Documented, out utcTicks);

    /// <summary>Reads a time as its source writes them; false when it is in no known spelling, or could mean several times still.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, DateReading dates, out long utcTicks) =>
        (!dates.IsExact && TryParseIso(text, out utcTicks)) || TryParseOther(Trim(text), dates, out utcTicks)
            || TryParseZoned(text, dates, out utcTicks);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, DateReading, out long)"/>
    public static bool TryParse(string text, DateReading dates, out long utcTicks) =>
        TryParse(Encoding.UTF8.GetBytes(text), dates, out utcTicks);

    /// <summary>The refusal of a record for its time.</summary>
    public static RecordException Refuse(string text, DateReading dates)
    {
        var reason = Explain(text, dates);
        return dates.Text == null && LocalTime.TryRead(ZoneText.TrySplit(text, out var time, out _) ? time : text, out _)
            ? new AmbiguousTimeException(reason) : new RecordException(reason);
    }

    /// <summary>Why a text is no time, for people.</summary>
    public static string Explain(string text, DateReading dates)
    {
        var shown = ContentDescription.Shorten(text);
        if (ZoneText.TrySplit(text, out var time, out var zone))
        {
            return TryParse(time, dates, out _)
                ? $"there is no one such time in the zone {zone}, where clocks were moved then: \"{shown}\"" : Explain(time, dates);
        }

        if (!LocalTime.TryRead(text, out _)) return $"its time is in no known spelling: \"{shown}\"";
        return dates.Text != null
            ? $"its time does not fit the dates of its source, which are read as {dates.Text}: \"{shown}\""
            : $"its time does not say whether day or month comes first: \"{shown}\" (say it with {Caller.Option("DateFormat")})";
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

    /// <summary>Takes the offset at the end of a time off its ticks; false when it is none. Nothing is UTC.</summary>
    public static bool TryReadZone(ReadOnlySpan<byte> zone, ref long ticks)
    {
        zone = Trim(zone);
        if (zone.Length == 0 || (zone.Length == 1 && zone[0] is (byte)'Z' or (byte)'z') || Utf8.Is(zone, "UTC"u8)
            || Utf8.Is(zone, "[UTC]"u8) || Utf8.Is(zone, "(UTC)"u8) || Utf8.Is(zone, "GMT"u8)) return true;
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

    private static bool TryParseOther(ReadOnlySpan<byte> t, DateReading dates, out long utcTicks)
    {
        utcTicks = 0;
        if (t.Length is < 5 or > MaxLength) return false;
        if (t.StartsWith("/Date("u8))
        {
            return Utf8Parser.TryParse(t[6..], out long milliseconds, out _) && TryFromEpochMilliseconds(milliseconds, out utcTicks);
        }

        var text = Encoding.UTF8.GetString(t);
        if (dates.TryReadFormat(text, out utcTicks)) return true;
        if (dates.IsExact) return false;
        if (NumberTime.TryRead(text, out utcTicks)) return true;
        if (LocalTime.TryRead(text, out var local)) return local.TryGet(dates.OrderOf(local), out utcTicks);
        return TryParseWords(text, out utcTicks);
    }

    /// <summary>A time of a zone that the admin gave, which is written behind it.</summary>
    private static bool TryParseZoned(ReadOnlySpan<byte> text, DateReading dates, out long utcTicks)
    {
        utcTicks = 0;
        if (text.Length is < 5 or > MaxLength * 2 || text[^1] != (byte)']') return false;
        if (!ZoneText.TrySplit(Encoding.UTF8.GetString(text), out var time, out var name) || ZoneText.Find(name) is not { } zone)
            return false;
        return TryParse(time, dates, out var local) && ZoneText.TryToUtc(local, zone, out utcTicks);
    }

    /// <summary>2 Oct 2026 08:01:05, Oct 2, 2026, 8:01 AM, Fri, 02 Oct 2026 08:01:05 GMT, 02-Oct-2026…</summary>
    private static bool TryParseWords(string text, out long utcTicks)
    {
        utcTicks = 0;
        if (!text.AsSpan().ContainsAnyInRange('A', 'z')) return false;
        var words = text.Split([' ', ',', '-', '\u00a0', '\u202f'], StringSplitOptions.RemoveEmptyEntries).ToList();
        if (words.Count > 3 && Array.Exists(Weekdays, w => words[0].StartsWith(w, StringComparison.OrdinalIgnoreCase))) words.RemoveAt(0);
        if (words.Count > 3 && words[^1] is "GMT" or "UTC" or "Z") words.RemoveAt(words.Count - 1);
        return DateTime.TryParseExact(string.Join(' ', words), InWords, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            && Set(time.Ticks, out utcTicks);
    }

    private static bool TryFromEpochMilliseconds(long milliseconds, out long utcTicks)
    {
        utcTicks = 0;
        return Math.Abs(milliseconds) < 62_000_000_000_000
            && Set(DateTime.UnixEpoch.Ticks + (milliseconds * TimeSpan.TicksPerMillisecond), out utcTicks);
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
