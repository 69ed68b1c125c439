using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using EntraAuditTools.Core.Errors;

namespace EntraAuditTools.Core.Formats.Dates;

/// <summary>
/// How dates of a source are read that can be read in several ways: as the admin said with <c>-DateFormat</c>, or as the source itself
/// shows. ISO 8601 and everything else that means one instant only is read the same under every reading.
/// </summary>
internal sealed class DateReading
{
    private readonly string? format;

    private DateReading(string? text, DateOrder order, string? format)
    {
        Text = text;
        Order = order;
        this.format = format;
    }

    /// <summary>
    /// Nothing is said: only <c>5/18/2021 9:13:33 PM</c>, which the United States and Microsoft's own tools write, has an order.
    /// </summary>
    public static DateReading Documented { get; } = new(null, DateOrder.None, null);

    /// <summary>The words that <c>-DateFormat</c> knows besides formats.</summary>
    public static IReadOnlyList<string> Words { get; } = [nameof(DateOrder.DayFirst), nameof(DateOrder.MonthFirst),
        nameof(DateOrder.YearFirst)];

    /// <summary>The word or format, as it is kept with the import; null when none is given.</summary>
    public string? Text { get; }

    /// <summary>The order; None when it is not known or only the format itself is.</summary>
    public DateOrder Order { get; }

    /// <summary>The reading that a word or a .NET format means.</summary>
    /// <exception cref="AuditToolException">It is neither.</exception>
    public static DateReading Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Documented;
        text = text.Trim();
        foreach (var order in (ReadOnlySpan<DateOrder>)[DateOrder.DayFirst, DateOrder.MonthFirst, DateOrder.YearFirst])
        {
            if (text.Equals(order.ToString(), StringComparison.OrdinalIgnoreCase)) return Of(order);
        }

        var format = Tidy(text);
        var letters = string.Concat(Letters(format).Where(c => c is 'd' or 'M' or 'y'));
        var order2 = letters switch
        {
            "dMy" => DateOrder.DayFirst,
            "Mdy" => DateOrder.MonthFirst,
            "yMd" => DateOrder.YearFirst,
            _ => DateOrder.None,
        };
        // No country writes year, day, month, but it may be given.
        if (order2 == DateOrder.None && letters != "ydM") throw Invalid(text);
        return new(text, order2, format);
    }

    /// <summary>The reading of an order.</summary>
    public static DateReading Of(DateOrder order) => order == DateOrder.None ? Documented : new(order.ToString(), order, null);

    /// <summary>Whether the text is in the format that was said, and which time it is then.</summary>
    public bool TryReadFormat(string text, out long utcTicks)
    {
        utcTicks = 0;
        const DateTimeStyles Styles = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (format == null || !DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, Styles, out var time)) return false;
        utcTicks = time.Ticks;
        return utcTicks > 0;
    }

    /// <summary>True when nothing but the format itself may be read: its order is none that others have.</summary>
    [MemberNotNullWhen(true, nameof(Text))]
    public bool IsExact => format != null && Order == DateOrder.None;

    /// <summary>Which of the orders a time is read in; None when that is not known.</summary>
    public DateOrder OrderOf(in LocalTime time)
    {
        if (time.IsYearFirst) return DateOrder.YearFirst;
        if (Order != DateOrder.None) return Order;
        return time is { Separator: '/', Meridiem: Meridiem.Us, IsShortYear: false, PadsSecondOnly: false }
            ? DateOrder.MonthFirst : DateOrder.None;
    }

    // What spreadsheets and other languages write is understood: DD/MM/YYYY, dd/mm/yyyy.
    private static string Tidy(string format)
    {
        var tidy = format.Replace('D', 'd').Replace('Y', 'y').ToCharArray();
        if (Array.IndexOf(tidy, 'M') >= 0) return new(tidy);
        // Minutes come after hours; an m before or without them is a month.
        var hours = Array.FindIndex(tidy, c => c is 'h' or 'H');
        for (var i = 0; i < (hours < 0 ? tidy.Length : hours); i++)
        {
            if (tidy[i] == 'm') tidy[i] = 'M';
        }

        return new(tidy);
    }

    /// <summary>The letters of a format, each once, in their order; texts in quotes and escapes left out.</summary>
    private static string Letters(string format)
    {
        var found = new List<char>();
        var quote = '\0';
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '\'' or '"') quote = c;
            else if (c == '\\') i++;
            // dddd is the name of the weekday.
            else if (c == 'd' && format.AsSpan(i).StartsWith("ddd")) i += format.AsSpan(i).StartsWith("dddd") ? 3 : 2;
            else if (char.IsAsciiLetter(c) && !found.Contains(c)) found.Add(c);
        }

        return string.Concat(found);
    }

    private static AuditToolException Invalid(string text) => new(
        "DateFormatInvalid",
        AuditErrorKind.InvalidArgument,
        $"'{text}' does not say in which order day, month and year stand.",
        "Give DayFirst, MonthFirst or YearFirst, or a format such as dd/MM/yyyy, M/d/yy or 'dd.MM.yyyy HH:mm:ss'.",
        text);
}
