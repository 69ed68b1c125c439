using System.Globalization;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Csv;
using EntraAuditTools.Core.Formats.Dates;

namespace EntraAuditTools.Core.Tests.Formats.Dates;

/// <summary>
/// The danger: a file is read with day and month exchanged. The tables of <see cref="DateOrderCases"/> without a mirror, and what is said
/// of how it was decided (docs/decisions/day-or-month-first.md).
/// </summary>
public sealed class DateDecisionTests
{
    private const string Source = "AuditLogs.csv", Column = "Date (UTC)";

    [Theory]
    [MemberData(nameof(DateOrderCases.Decided), MemberType = typeof(DateOrderCases))]
    public void What_a_file_gives_away_decides(string why, string header, string dates, string expected)
    {
        var order = Evidence(header, dates).Decide(Source);
        var reading = DateReading.Of(order);
        var times = dates.Split('|').Select(date => TimeText.TryParse(date, reading, out var ticks) ? ticks : 0);
        Assert.True(times.SequenceEqual(expected.Split('|').Select(Ticks)), $"{why}: {order}");
    }

    [Theory]
    [MemberData(nameof(DateOrderCases.Open), MemberType = typeof(DateOrderCases))]
    public void A_file_that_gives_nothing_away_is_refused(string why, string header, string dates)
    {
        var error = Assert.Throws<AuditToolException>(() => Evidence(header, dates).Decide(Source));
        Assert.True(error.ErrorId == "DateOrderUnknown", why);
        Assert.Contains("-DateFormat", error.RecommendedAction, StringComparison.Ordinal);
    }

    /// <summary>The dates; what is said of them.</summary>
    [Theory]
    [InlineData("13/10/2026 08:01|02/10/2026 08:02",
        "Dates such as \"13/10/2026 08:01\" were read day first: if that is wrong, say it with -DateFormat.")]
    [InlineData("02/10/2026 08:01|10/13/2026 08:02",
        "Dates such as \"10/13/2026 08:02\" were read month first: if that is wrong, say it with -DateFormat.")]
    [InlineData("16-10-20 08:01|40-10-13 08:02",
        "Dates such as \"40-10-13 08:02\" were read year first: if that is wrong, say it with -DateFormat.")]
    [InlineData("05.11.2026 08:01", "Dates such as \"05.11.2026 08:01\" were read day first: if that is wrong, say it with -DateFormat.")]
    // Read month first for its last date, though the rows are in order of time only when they are read day first.
    [InlineData("11/9/2026 8:00:00 AM|12/9/2026 8:00:00 AM|1/10/2026 8:00:00 AM|2/10/2026 8:00:00 AM|12/13/2026 8:00:00 AM",
        "Dates such as \"12/13/2026 8:00:00 AM\" were read month first: if that is wrong, say it with -DateFormat.")]
    // In order under neither reading: nothing speaks against it.
    [InlineData("12/13/2026 8:00:00 AM|11/9/2026 8:00:00 AM|12/9/2026 8:00:00 AM|1/10/2026 8:00:00 AM|2/10/2026 8:00:00 AM", null)]
    // The form that the United States and Microsoft's own tools write is not worth a word.
    [InlineData("5/8/2021 9:13:33 PM", null)]
    [InlineData("10/10/2026 08:01", null)]
    [InlineData("2026-10-02T08:01:05Z", null)]
    [InlineData("2026/10/2", null)]
    public void It_is_said_how_dates_were_read(string dates, string? note)
    {
        var evidence = Evidence(PortalRows.English, dates);
        evidence.Decide(Source);
        Assert.Equal(note, evidence.Note);
    }

    [Fact]
    public void Of_dates_of_which_none_is_doubtful_no_example_is_given()
    {
        var evidence = Evidence(DateOrderCases.Spanish, "26-10-16 08:01");
        evidence.Decide(Source);
        Assert.Equal("Dates were read day first: if that is wrong, say it with -DateFormat.", evidence.Note);
    }

    [Theory]
    [InlineData("02/10/2026 08:01|03/11/2026 08:01", "is \"02/10/2026 08:01\" 2 October 2026 or 10 February 2026?")]
    [InlineData("02/10/2026 08:01", "is \"02/10/2026 08:01\" 2 October 2026 or 10 February 2026?")]
    [InlineData("26-10-16", "which number is the year?")]
    public void An_open_question_names_both_answers(string dates, string question)
    {
        var error = Assert.Throws<AuditToolException>(() => Evidence(PortalRows.English, dates).Decide(Source));
        var words = $"'{Source}' does not give away in which order its dates are written: {question} Nothing of it was taken in.";
        Assert.Equal(words, error.Message);
        Assert.Equal("Say it with -DateFormat: dd/MM/yyyy (or DayFirst) when the day comes first, "
            + "MM/dd/yyyy (or MonthFirst) when the month does, YearFirst for two digits of a year in front.", error.RecommendedAction);
    }

    [Theory]
    [InlineData("13/10/2026|10/14/2026", "\"13/10/2026\" can only be day first, \"10/14/2026\" can only be month first")]
    [InlineData("13/10/2026|10/14/2026|14/10/2026", "\"13/10/2026\" can only be day first, \"10/14/2026\" can only be month first")]
    [InlineData("31-12-26|12-31-26", "\"12-31-26\" can only be month first")]
    [InlineData("40-12-31|12-31-26", "\"40-12-31\" can only be year first, \"12-31-26\" can only be month first")]
    public void Dates_of_two_orders_are_a_conflict_that_names_both(string dates, string proofs)
    {
        var error = Assert.Throws<AuditToolException>(() => Evidence(PortalRows.English, dates).Decide(Source));
        Assert.Equal("DateOrderConflict", error.ErrorId);
        Assert.Equal($"'{Source}' has dates of different orders: {proofs}. Nothing of it was taken in.", error.Message);
        Assert.Equal("Take the file as it was downloaded, before a spreadsheet saved it. Or say with -DateFormat "
            + "(dd/MM/yyyy, MM/dd/yyyy…) which dates are right: the rows of the others are then rejected.", error.RecommendedAction);
    }

    [Fact]
    public void Columns_that_are_read_must_agree_and_others_only_help()
    {
        var evidence = new DateEvidence();
        evidence.AddRead("Start", "02/10/2026");
        Assert.True(evidence.IsNeeded);
        evidence.AddRead("END", "13/10/2026");
        Assert.Equal(DateOrder.DayFirst, evidence.Decide(Source));
        evidence.AddRead("end", "10/13/2026");
        Assert.Equal("DateOrderConflict", Assert.Throws<AuditToolException>(() => evidence.Decide(Source)).ErrorId);

        evidence = new DateEvidence();
        evidence.AddOther("Exported", "13/10/2026");
        Assert.False(evidence.IsNeeded);
        Assert.Equal(DateOrder.None, evidence.Decide(Source));
        evidence.AddRead("Start", "02/10/2026");
        Assert.Equal(DateOrder.DayFirst, evidence.Decide(Source));
        // Another column that contradicts what the read ones prove is of no account; one that contradicts another's sign leaves it open.
        evidence.AddOther("Seen", "10/13/2026");
        Assert.Equal("DateOrderUnknown", Assert.Throws<AuditToolException>(() => evidence.Decide(Source)).ErrorId);
        evidence.AddRead("Start", "14/10/2026");
        Assert.Equal(DateOrder.DayFirst, evidence.Decide(Source));
    }

    [Fact]
    public void A_column_that_is_open_itself_does_not_disturb_a_sign()
    {
        var evidence = new DateEvidence();
        evidence.AddRead("Start", "05.11.2026");
        evidence.AddOther("Exported", "02/10/2026");
        Assert.Equal(DateOrder.DayFirst, evidence.Decide(Source));
    }

    private static DateEvidence Evidence(string header, string dates)
    {
        var evidence = new DateEvidence();
        evidence.AddHeaders(header.Split(','));
        foreach (var date in dates.Split('|')) evidence.AddRead(Column, date);
        return evidence;
    }

    private static long Ticks(string time) => DateTime.Parse(time, CultureInfo.InvariantCulture).Ticks;
}
