using System.Globalization;

namespace EntraAuditTools.Core.Formats.Dates;

/// <summary>
/// Numbers that are times, known by their size: no two of these scales overlap between the years 2000 and 2100, and a number that fits
/// none of them is no time.
/// </summary>
internal static class NumberTime
{
    private static readonly long First = new DateTime(2000, 1, 1).Ticks;
    private static readonly long Last = new DateTime(2100, 1, 1).Ticks;

    /// <summary>Days since the end of 1899, as Excel counts them (and OLE).</summary>
    private static readonly long SerialEpoch = new DateTime(1899, 12, 30).Ticks;

    private static readonly (long Epoch, decimal Ticks)[] Units =
    [
        (DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerSecond),
        (DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerMillisecond),
        (DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerMicrosecond),
        (DateTime.UnixEpoch.Ticks, 0.01m),
        // FILETIME counts from 1601, .NET from the year 1; both in 100 ns.
        (new DateTime(1601, 1, 1).Ticks, 1),
        (0, 1),
    ];

    /// <summary>The time that a number means; false when it means none.</summary>
    public static bool TryRead(decimal number, out long utcTicks)
    {
        utcTicks = 0;
        if (number is >= 36_526 and < 73_051) return Set(SerialEpoch + Serial(number), out utcTicks);
        foreach (var (epoch, ticks) in Units)
        {
            if (number < (First - epoch) / ticks || number >= (Last - epoch) / ticks) continue;
            return Set(epoch + (long)(number * ticks), out utcTicks);
        }

        return TryReadCompact(number, out utcTicks);
    }

    /// <summary>Reads the text of a number; a comma may be the decimal point, as spreadsheets in many countries write it.</summary>
    public static bool TryRead(string text, out long utcTicks)
    {
        utcTicks = 0;
        if (text.Length is < 5 or > 30) return false;
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma >= 0 && (comma != 5 || text.LastIndexOf(',') != comma)) return false;
        const NumberStyles Styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign;
        return decimal.TryParse(text.Replace(',', '.'), Styles, CultureInfo.InvariantCulture, out var number)
            && TryRead(number, out utcTicks);
    }

    /// <summary>
    /// A day's fraction. What a cell shows has a second's precision or less (46297.33409): that is the second it comes from. Full
    /// precision keeps its milliseconds, with which Excel counts.
    /// </summary>
    private static long Serial(decimal number)
    {
        var unit = number.Scale >= 8 ? TimeSpan.TicksPerMillisecond : TimeSpan.TicksPerSecond;
        return (long)decimal.Round(number * TimeSpan.TicksPerDay / unit) * unit;
    }

    /// <summary>20261002 and 20261002080105.</summary>
    private static bool TryReadCompact(decimal number, out long utcTicks)
    {
        utcTicks = 0;
        if (number != decimal.Truncate(number) || number < 0) return false;
        var text = number.ToString("0", CultureInfo.InvariantCulture);
        if (text.Length is not (8 or 14)) return false;
        var format = text.Length == 8 ? "yyyyMMdd" : "yyyyMMddHHmmss";
        return DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            && time.Ticks >= First && time.Ticks < Last && Set(time.Ticks, out utcTicks);
    }

    private static bool Set(long ticks, out long utcTicks)
    {
        utcTicks = ticks;
        return true;
    }
}
