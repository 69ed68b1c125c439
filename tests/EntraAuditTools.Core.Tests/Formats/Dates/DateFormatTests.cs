using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Dates;

namespace EntraAuditTools.Core.Tests.Formats.Dates;

/// <summary>
/// The danger: what the admin says with -DateFormat is understood otherwise. Sources: .NET's custom format strings, and the spellings of
/// spreadsheets (Excel: DD/MM/YYYY, dd/mm/yyyy).
/// </summary>
public sealed class DateFormatTests
{
    /// <summary>What is said; the order, None for a format that is read as it stands only.</summary>
    public static TheoryData<string, string> Formats => new()
    {
        { "DayFirst", "DayFirst" },
        { "monthfirst", "MonthFirst" },
        { " YearFirst ", "YearFirst" },
        { "dd/MM/yyyy", "DayFirst" },
        { "d.M.yy", "DayFirst" },
        { "MM/dd/yyyy", "MonthFirst" },
        { "M/d/yy h:mm tt", "MonthFirst" },
        { "yyyy-MM-dd", "YearFirst" },
        { "yyyy-dd-MM", "None" },
        { "DD/MM/YYYY", "DayFirst" },
        { "dd/mm/yyyy", "DayFirst" },
        { "mm/dd/yyyy", "MonthFirst" },
        { "mm/dd/yyyy hh:mm", "MonthFirst" },
        { "dd/mm/yyyy HH:mm", "DayFirst" },
        { "HH:mm dd/MM/yyyy", "DayFirst" },
        { "MM", "invalid" },
        { "dddd d MMMM yyyy", "DayFirst" },
        { "ddd d MMM yyyy", "DayFirst" },
        { "dddd MMMM d yyyy", "MonthFirst" },
        { "dd.MM.yyyy 'um' HH:mm", "DayFirst" },
        { "'My day' dd/MM/yyyy", "DayFirst" },
        { "\"My day\" dd/MM/yyyy", "DayFirst" },
        { "'\"M\"' dd/MM/yyyy", "DayFirst" },
        { "\\M dd/MM/yyyy", "DayFirst" },
        { "HH:mm", "invalid" },
        { "hh:mm", "invalid" },
        // Minutes, not months, come after hours.
        { "HH:mm dd/mm/yyyy", "invalid" },
        { "english", "invalid" },
        { "g", "invalid" },
        { "MM/yyyy", "invalid" },
        { "dd/yyyy", "invalid" },
        { "dd/MM", "invalid" },
        { "MM/yyyy/dd", "invalid" },
        { "dd/yyyy/MM", "invalid" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_format_says_its_order(string format, string order)
    {
        if (order == "invalid")
        {
            var error = Assert.Throws<AuditToolException>(() => DateReading.Of(format));
            Assert.Equal("DateFormatInvalid", error.ErrorId);
            Assert.Equal($"'{format}' does not say in which order day, month and year stand.", error.Message);
            Assert.Equal("Give DayFirst, MonthFirst or YearFirst, or a format such as dd/MM/yyyy, M/d/yy or 'dd.MM.yyyy HH:mm:ss'.",
                error.RecommendedAction);
            return;
        }

        var reading = DateReading.Of(format);
        Assert.Equal((order, order == "None"), (reading.Order.ToString(), reading.IsExact));
        Assert.Equal(reading.Order == DateOrder.None || DateReading.Words.Contains(reading.Text!) ? reading.Text : format.Trim(),
            reading.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Nothing_said_is_what_Microsoft_writes(string? format)
    {
        Assert.Same(DateReading.Documented, DateReading.Of(format));
        Assert.Same(DateReading.Documented, DateReading.Of(DateOrder.None));
        Assert.Equal((null, DateOrder.None, false),
            (DateReading.Documented.Text, DateReading.Documented.Order, DateReading.Documented.IsExact));
    }

    /// <summary>The format; a text; the time when it is in that very format.</summary>
    [Theory]
    [InlineData("dd/MM/yyyy", "02/10/2026", "2026-10-02T00:00:00")]
    [InlineData("dd/MM/yyyy", " 02/10/2026 ", "2026-10-02T00:00:00")]
    [InlineData("dd/MM/yyyy", "2/10/2026", null)]
    [InlineData("dd.MM.yyyy HH:mm zzz", "02.10.2026 08:01 +02:00", "2026-10-02T06:01:00")]
    [InlineData("dd/MM/yyyy", "01/01/0001", null)]
    [InlineData("DayFirst", "02/10/2026", null)]
    public void A_text_is_read_by_the_very_format(string format, string text, string? expected)
    {
        var isRead = DateReading.Of(format).TryReadFormat(text, out var ticks);
        Assert.Equal(expected, isRead ? new DateTime(ticks).ToString("s", System.Globalization.CultureInfo.InvariantCulture) : null);
    }
}
