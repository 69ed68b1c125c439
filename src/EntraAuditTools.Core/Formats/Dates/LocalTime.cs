using System.Text;

namespace EntraAuditTools.Core.Formats.Dates;

/// <summary>How a time distinguishes morning from afternoon.</summary>
internal enum Meridiem
{
    /// <summary>It does not: 24 hours.</summary>
    None,

    /// <summary><c>AM</c> and <c>PM</c>, as the United States write it.</summary>
    Us,

    /// <summary><c>a. m.</c> and <c>p. m.</c> with a blank, as Spanish does.</summary>
    Spanish,

    /// <summary>Any other spelling (<c>am</c>, <c>a.m.</c>), which several countries share.</summary>
    Other,
}

/// <summary>
/// A time as programs and spreadsheets of the world's countries write it: three numbers between slashes, dots or dashes, then maybe a time
/// of day and an offset. Which number is the day is not decided here.
/// </summary>
internal readonly record struct LocalTime
{
    // Two digits are a year of this century, within which there can be logs and ends of assignments.
    private const int FirstShortYear = 2015;
    private const int LastShortYear = 2060;

    private int A { get; init; }

    private int B { get; init; }

    private int C { get; init; }

    /// <summary>Ticks since midnight UTC: an offset is taken off already.</summary>
    private long TimeOfDay { get; init; }

    /// <summary>The separator of the numbers: a slash, dot or dash.</summary>
    public char Separator { get; private init; }

    /// <summary>Whether the year has four digits and comes first: then the order is known.</summary>
    public bool IsYearFirst { get; private init; }

    /// <summary>Whether the year has two digits.</summary>
    public bool IsShortYear { get; private init; }

    /// <summary>
    /// Whether the second number alone is filled up with a zero, which it is of a month behind a day (2/05/2026: en-AU, en-NZ).
    /// </summary>
    public bool PadsSecondOnly { get; private init; }

    /// <summary>How morning and afternoon are distinguished.</summary>
    public Meridiem Meridiem { get; private init; }

    /// <summary>The orders in which the numbers are a date.</summary>
    public DateOrder Feasible
    {
        get
        {
            var found = DateOrder.None;
            foreach (var order in (ReadOnlySpan<DateOrder>)[DateOrder.DayFirst, DateOrder.MonthFirst, DateOrder.YearFirst])
            {
                if (TryGet(order, out _)) found |= order;
            }

            return found;
        }
    }

    /// <summary>The time in UTC when the numbers are in that order; false when they are no date then.</summary>
    public bool TryGet(DateOrder order, out long utcTicks)
    {
        utcTicks = 0;
        if (IsYearFirst) order = DateOrder.YearFirst;
        else if (order == DateOrder.YearFirst && !(IsShortYear && A is >= FirstShortYear - 2000 and <= LastShortYear - 2000)) return false;
        var (year, month, day) = order switch
        {
            DateOrder.DayFirst => (C, B, A),
            DateOrder.MonthFirst => (C, A, B),
            DateOrder.YearFirst => (A, B, C),
            _ => default,
        };
        if (IsShortYear) year += 2000;
        if (IsShortYear && year is < FirstShortYear or > LastShortYear) return false;
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        utcTicks = new DateTime(year, month, day).Ticks + TimeOfDay;
        return utcTicks > 0;
    }

    /// <summary>Reads a time of this kind; false when the text is none.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out LocalTime time)
    {
        time = default;
        var t = new Cursor(text.Trim());
        if (!t.Number(1, 4, out var a, out var digitsOfA) || digitsOfA == 3 || !t.Separator(out var separator)) return false;
        if (!t.Number(1, 2, out var b, out var digitsOfB) || !t.Separator(out var second) || second != separator) return false;
        if (!t.Number(1, 4, out var c, out var digitsOfC)) return false;
        var isYearFirst = digitsOfA == 4;
        if (isYearFirst ? digitsOfC > 2 : digitsOfC is not (2 or 4)) return false;
        var isShort = !isYearFirst && digitsOfC == 2;
        // Hungarian and Korean put a dot behind the day too.
        if (separator == '.') t.Skip('.');
        if (!t.TimeOfDay(out var timeOfDay, out var meridiem)) return false;
        time = new()
        {
            A = a,
            B = b,
            C = c,
            Separator = separator,
            IsYearFirst = isYearFirst,
            IsShortYear = isShort,
            PadsSecondOnly = digitsOfA == 1 && digitsOfB == 2 && b < 10,
            TimeOfDay = timeOfDay,
            Meridiem = meridiem,
        };
        // A year of one or two digits in front of a short one could be anything: the order decides; none at all is no date.
        return time.Feasible != DateOrder.None;
    }

    /// <summary>Reads from left to right.</summary>
    private ref struct Cursor(ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> text = text;
        private int at;

        private readonly char Now => at < text.Length ? text[at] : '\0';

        public bool Skip(char c)
        {
            if (Now != c) return false;
            at++;
            return true;
        }

        public bool Number(int least, int most, out int value, out int digits)
        {
            value = digits = 0;
            for (; digits < most && char.IsAsciiDigit(Now); digits++, at++) value = (value * 10) + (Now - '0');
            return digits >= least && !char.IsAsciiDigit(Now);
        }

        public bool Separator(out char separator)
        {
            separator = Now;
            if (separator is not ('/' or '.' or '-')) return false;
            at++;
            Blanks();
            return true;
        }

        public bool TimeOfDay(out long ticks, out Meridiem meridiem)
        {
            (ticks, meridiem) = (0, Meridiem.None);
            var before = at;
            Skip(',');
            var hasGap = Blanks() || at > before;
            if (at == text.Length) return true;
            if (!hasGap && !Skip('T') && !Skip('t')) return false;
            if (!Number(1, 2, out var hour, out _) || Now is not (':' or '.')) return false;
            var colon = Now;
            at++;
            if (!Number(2, 2, out var minute, out _) || minute > 59) return false;
            var second = 0;
            long fraction = 0;
            if (Skip(colon))
            {
                if (!Number(2, 2, out second, out _) || second > 59) return false;
                if (Now is '.' or ',' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
                {
                    at++;
                    for (var scale = TimeSpan.TicksPerSecond / 10; char.IsAsciiDigit(Now); scale /= 10, at++)
                        fraction += (Now - '0') * scale;
                }
            }

            Blanks();
            if (!ReadMeridiem(ref hour, out meridiem) || hour > 23) return false;
            Blanks();
            ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute) + (second * TimeSpan.TicksPerSecond) + fraction;
            return TimeText.TryReadZone(Encoding.UTF8.GetBytes(text[at..].ToString()), ref ticks);
        }

        private bool ReadMeridiem(ref int hour, out Meridiem meridiem)
        {
            meridiem = Meridiem.None;
            if (Now is not ('A' or 'a' or 'P' or 'p')) return true;
            var from = at;
            var isAfternoon = Now is 'P' or 'p';
            at++;
            var hasDot = Skip('.');
            var hasBlank = Blanks();
            if (!Skip('m') && !Skip('M')) return false;
            if (hasDot) Skip('.');
            meridiem = hasBlank ? Meridiem.Spanish : text[from..at] is "AM" or "PM" ? Meridiem.Us : Meridiem.Other;
            if (hour > 12) return false;
            hour = (hour % 12) + (isAfternoon ? 12 : 0);
            return true;
        }

        private bool Blanks()
        {
            var from = at;
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            return at > from;
        }
    }
}
