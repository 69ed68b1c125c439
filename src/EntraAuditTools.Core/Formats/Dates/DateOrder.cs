namespace EntraAuditTools.Core.Formats.Dates;

/// <summary>Possible orders of the numbers of a date.</summary>
[Flags]
internal enum DateOrder
{
    /// <summary>Not known.</summary>
    None = 0,

    /// <summary>Day, month, year.</summary>
    DayFirst = 1,

    /// <summary>Month, day, year.</summary>
    MonthFirst = 2,

    /// <summary>Year, month, day.</summary>
    YearFirst = 4,

    /// <summary>Any of them.</summary>
    Any = DayFirst | MonthFirst | YearFirst,
}
