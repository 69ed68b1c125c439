using EntraAuditTools.Core.Formats.Dates;

namespace EntraAuditTools.Core.Formats.Csv;

/// <summary>What the dates of one column show about their order.</summary>
internal sealed class ColumnDates
{
    private readonly OrderTrack dayFirst = new();
    private readonly OrderTrack monthFirst = new();
    private bool sawDash;
    private bool sawDot;
    private bool sawPadding;
    private bool sawUs;
    private bool sawSpanish;

    /// <summary>Whether there is a date that needs an order.</summary>
    public bool IsLocal { get; private set; }

    /// <summary>The orders in which every date of the column is one.</summary>
    public DateOrder Feasible { get; private set; } = DateOrder.Any;

    /// <summary>A date that is another one when day and month are exchanged; null when there is none.</summary>
    public string? Doubtful { get; private set; }

    /// <summary>A date that can only be read day first, or null; then the same for the other orders.</summary>
    public Dictionary<DateOrder, string> Proofs { get; } = [];

    /// <summary>Takes the next cell; what is no date is ignored.</summary>
    public void Add(string text)
    {
        if (!LocalTime.TryRead(text, out var time))
        {
            if (TimeText.TryParse(text, out var known)) Follow(known, known);
            return;
        }

        if (time.IsYearFirst)
        {
            if (time.TryGet(DateOrder.YearFirst, out var ticks)) Follow(ticks, ticks);
            return;
        }

        IsLocal = true;
        var feasible = time.Feasible;
        Feasible &= feasible;
        if (feasible is DateOrder.DayFirst or DateOrder.MonthFirst or DateOrder.YearFirst) Proofs.TryAdd(feasible, text);
        sawDash |= time.Separator == '-';
        sawDot |= time.Separator == '.';
        sawPadding |= time.PadsSecondOnly;
        sawUs |= time is { Separator: '/', Meridiem: Meridiem.Us };
        sawSpanish |= time.Meridiem == Meridiem.Spanish;
        var isDay = time.TryGet(DateOrder.DayFirst, out var day);
        var isMonth = time.TryGet(DateOrder.MonthFirst, out var month);
        if (isDay && isMonth && day != month) Doubtful ??= text;
        if (isDay && isMonth) Follow(day, month);
        else Follow(isDay ? day : month, isMonth ? month : day);
    }

    /// <summary>
    /// Evidence for an order that does not prove it; several orders when the column contradicts itself. Dots are only in dates of countries
    /// that write the day first, and so is a zero before the second number alone; Spanish has its own a. m.; rows are in order of time in
    /// exports.
    /// </summary>
    public DateOrder Signs
    {
        get
        {
            var signs = DateOrder.None;
            if (sawDot && !sawDash) signs |= DateOrder.DayFirst;
            if (sawPadding) signs |= DateOrder.DayFirst;
            if (sawSpanish) signs |= DateOrder.DayFirst;
            if (sawUs) signs |= DateOrder.MonthFirst;
            if (dayFirst.Proves(monthFirst.Span) && !monthFirst.IsInOrder) signs |= DateOrder.DayFirst;
            if (monthFirst.Proves(dayFirst.Span) && !dayFirst.IsInOrder) signs |= DateOrder.MonthFirst;
            return signs;
        }
    }

    /// <summary>
    /// Whether two digits may be a year in front: only with dashes, as in ISO's short form, where another reading is possible.
    /// </summary>
    public bool MayBeYearFirst => sawDash;

    private void Follow(long day, long month)
    {
        dayFirst.Add(day);
        monthFirst.Add(month);
    }
}
