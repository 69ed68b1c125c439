using System.Globalization;
using EntraAuditTools.Core.Errors;
using EntraAuditTools.Core.Formats.Dates;

namespace EntraAuditTools.Core.Tests.Formats.Dates;

/// <summary>
/// The danger: a text that is no time is read as one, or a time as another. Sources: FORMATS §0.4, RFC 3339, RFC 1123, CLDR as .NET's
/// cultures have it, and what .NET and Excel write.
/// </summary>
public sealed class SpellingTests
{
    /// <summary>Who writes it so; the text; the reading; the time.</summary>
    public static TheoryData<string, string, string, string> Times => new()
    {
        // RFC 3339 §5.6.
        { "RFC 3339, T and Z in small letters", "2026-10-02t08:01:05z", "", "2026-10-02T08:01:05" },
        { "RFC 3339, a blank instead of T", "2026-10-02 08:01:05Z", "", "2026-10-02T08:01:05" },
        { "RFC 3339, an offset behind UTC", "2026-10-02T08:01:05-05:30", "", "2026-10-02T13:31:05" },
        { "RFC 3339 §5.7, a leap second", "2016-12-31T23:59:60Z", "", "2017-01-01T00:00:00" },
        { "ISO 8601, 24:00 is midnight at the end of a day", "2026-10-02T24:00", "", "2026-10-03T00:00:00" },
        { "ISO 8601, 24:00 on the first day of a year", "2026-01-01T24:00:00Z", "", "2026-01-02T00:00:00" },
        { "ISO 8601, 24:00 in the last year that is taken in", "9998-01-01T24:00", "", "9998-01-02T00:00:00" },
        { "RFC 3339 §5.7, a leap second with its fraction", "2016-12-31T23:59:60.250Z", "", "2017-01-01T00:00:00.2500000" },
        { "RFC 3339, every part at its most", "2026-12-31T23:59:59.9999999+13:59", "", "2026-12-31T10:00:59.9999999" },
        { "ISO 8601, a comma before the fraction", "2026-10-02T08:01:05,25Z", "", "2026-10-02T08:01:05.2500000" },
        { "ISO 8601, hours of an offset only", "2026-10-02T08:01:05+02", "", "2026-10-02T06:01:05" },
        { "ISO 8601, an offset without colon", "2026-10-02T08:01:05+0230", "", "2026-10-02T05:31:05" },
        { "ISO 8601, no seconds", "2026-10-02T08:01", "", "2026-10-02T08:01:00" },
        { "digits past 100 ns are dropped (FORMATS §0.4: up to nine)",
            "2026-10-02T08:01:05.123456789Z", "", "2026-10-02T08:01:05.1234567" },
        { "a blank before the offset", "2026-10-02 08:01:05 +0200", "", "2026-10-02T06:01:05" },
        { "the largest offset there is (UTC+14)", "2026-10-02T08:01:05+14:00", "", "2026-10-01T18:01:05" },
        { "the zone's name, as portals write it", "2026-10-02 08:01:05 [UTC]", "", "2026-10-02T08:01:05" },
        { "the zone's name in brackets", "2026-10-02 08:01:05 (UTC)", "", "2026-10-02T08:01:05" },
        { "the zone's name in words", "2026-10-02 08:01:05 GMT", "", "2026-10-02T08:01:05" },
        { "the first day of a leap year's end", "2024-02-29T00:00:00Z", "", "2024-02-29T00:00:00" },
        { "Windows PowerShell", "/Date(1790928065123)/", "", "2026-10-02T08:01:05.1230000" },
        { "blanks around", " 02/10/2026 08:01\t", "DayFirst", "2026-10-02T08:01:00" },
        // Months in words.
        { "RFC 1123", "Fri, 02 Oct 2026 08:01:05 GMT", "", "2026-10-02T08:01:05" },
        { "RFC 1123, its day without a zero", "Fri, 2 Oct 2026 08:01:05 GMT", "", "2026-10-02T08:01:05" },
        { "RFC 1123 with UTC", "Fri, 02 Oct 2026 08:01:05 UTC", "", "2026-10-02T08:01:05" },
        { "RFC 1123 with Z", "Fri, 02 Oct 2026 08:01:05 Z", "", "2026-10-02T08:01:05" },
        { "asctime (RFC 9110 §5.6.7)", "Fri Oct  2 08:01:05 2026", "", "2026-10-02T08:01:05" },
        { "en-US, long", "Friday, October 2, 2026 8:01:05 PM", "", "2026-10-02T20:01:05" },
        { "en-US, long, without seconds", "Friday, October 2, 2026 8:01 PM", "", "2026-10-02T20:01:00" },
        { "en-US, long, a day alone", "Friday, October 2, 2026", "", "2026-10-02T00:00:00" },
        { "en-GB, long", "02 October 2026 08:01", "", "2026-10-02T08:01:00" },
        { "Oracle", "02-OCT-2026", "", "2026-10-02T00:00:00" },
        { "CLDR 42: a narrow blank before PM", "Oct 2, 2026, 8:01:05\u202fPM", "", "2026-10-02T20:01:05" },
        // Numbers between slashes, dots or dashes: with the reading that decides.
        { "en-US (FORMATS §0.4)", "5/18/2021 9:13:33 PM", "", "2021-05-18T21:13:33" },
        { "en-US, midnight", "5/18/2021 12:00:00 AM", "", "2021-05-18T00:00:00" },
        { "en-US, noon", "5/18/2021 12:00:00 PM", "", "2021-05-18T12:00:00" },
        { "en-US, no time of day", "5/18/2021", "MonthFirst", "2021-05-18T00:00:00" },
        { "en-US, a year of two digits", "5/18/21 9:13 PM", "MonthFirst", "2021-05-18T21:13:00" },
        { "en-AU", "18/05/2021 9:13:33 pm", "DayFirst", "2021-05-18T21:13:33" },
        { "es-ES", "18/5/2021 9:13:33 p. m.", "DayFirst", "2021-05-18T21:13:33" },
        { "es-MX", "18/05/2021 09:13:33 a.m.", "DayFirst", "2021-05-18T09:13:33" },
        { "de-DE", "18.05.2021 21:13:33", "DayFirst", "2021-05-18T21:13:33" },
        { "da-DK", "18.05.2021 21.13.33", "DayFirst", "2021-05-18T21:13:33" },
        { "cs-CZ", "18. 5. 2021 21:13", "DayFirst", "2021-05-18T21:13:00" },
        { "nl-NL", "18-5-2021 21:13", "DayFirst", "2021-05-18T21:13:00" },
        { "hu-HU", "2021. 05. 18. 21:13:33", "", "2021-05-18T21:13:33" },
        { "ja-JP", "2021/05/18 21:13:33", "", "2021-05-18T21:13:33" },
        { "sv-SE, its hour without a zero", "2021-05-18 9:13", "", "2021-05-18T09:13:00" },
        { "JavaScript's toLocaleString", "5/18/2021, 9:13:33 PM", "", "2021-05-18T21:13:33" },
        { "a comma without a blank", "5/18/2021,9:13:33 PM", "", "2021-05-18T21:13:33" },
        { "T between day and time", "18/05/2021T21:13", "DayFirst", "2021-05-18T21:13:00" },
        { "t between day and time", "18/05/2021t21:13", "DayFirst", "2021-05-18T21:13:00" },
        { "the last second of a day", "18/05/2021 23:59:59", "DayFirst", "2021-05-18T23:59:59" },
        { "the first year in front", "15-05-18", "YearFirst", "2015-05-18T00:00:00" },
        { "the last year in front", "60-05-18", "YearFirst", "2060-05-18T00:00:00" },
        { "the last year that is taken in", "18/05/9998", "DayFirst", "9998-05-18T00:00:00" },
        { "the first year", "18/05/0001", "DayFirst", "0001-05-18T00:00:00" },
        { "AM and an offset", "5/18/2021 9:13:33 PM +02:00", "", "2021-05-18T19:13:33" },
        { "a format that the admin gave", "2026-02-10 08:01", "yyyy-dd-MM HH:mm", "2026-10-02T08:01:00" },
        { "a format with words", "02.10.2026 um 08:01", "dd.MM.yyyy 'um' HH:mm", "2026-10-02T08:01:00" },
        { "a format that writes the month small, as spreadsheets do", "02 10 2026 08.01", "dd mm yyyy HH.mm", "2026-10-02T08:01:00" },
        { "another spelling of the order of a format", "2/10/2026", "dd/MM/yyyy", "2026-10-02T00:00:00" },
        { "an offset behind", "18/05/2021 21:13:33 +02:00", "DayFirst", "2021-05-18T19:13:33" },
        { "a fraction behind a comma", "18/05/2021 21:13:33,25", "DayFirst", "2021-05-18T21:13:33.2500000" },
        { "a fraction behind a point", "18/05/2021 21:13:33.1234567", "DayFirst", "2021-05-18T21:13:33.1234567" },
        { "the first short year", "18/05/15", "DayFirst", "2015-05-18T00:00:00" },
        { "the last short year", "18/05/60", "DayFirst", "2060-05-18T00:00:00" },
        { "a year of two digits in front", "21-05-18", "YearFirst", "2021-05-18T00:00:00" },
        // A zone that the admin said stands behind (ZoneText).
        { "a zone of IANA", "02/10/2026 08:01 [Europe/Madrid]", "DayFirst", "2026-10-02T06:01:00" },
        { "a zone of Windows", "02/10/2026 08:01 [Tokyo Standard Time]", "DayFirst", "2026-10-01T23:01:00" },
        { "an offset for a zone", "02/10/2026 08:01 [+02:00]", "DayFirst", "2026-10-02T06:01:00" },
        { "UTC and an offset for a zone", "2026-10-02 08:01 [UTC-3]", "", "2026-10-02T11:01:00" },
    };

    public static TheoryData<string, string, string> NoTimes => new()
    {
        { "a year of three digits", "18/05/202", "DayFirst" },
        { "short years before 2015 are none of these logs", "18/05/14", "DayFirst" },
        { "short years after 2060 are none of these logs", "18/05/61", "DayFirst" },
        { "a month of 13", "18/13/2021", "DayFirst" },
        { "a day of 0", "0/05/2021", "DayFirst" },
        { "30 February", "30/02/2021", "DayFirst" },
        { "29 February of no leap year", "29/02/2021", "DayFirst" },
        { "another order than the reading's", "05/18/2021", "DayFirst" },
        { "two separators", "18/05-2021", "DayFirst" },
        { "no year", "18/05", "DayFirst" },
        { "four numbers", "18/05/2021/3", "DayFirst" },
        { "an hour of 24", "18/05/2021 24:00", "DayFirst" },
        { "a minute of 60", "18/05/2021 21:60", "DayFirst" },
        { "a minute of one digit", "18/05/2021 21:5", "DayFirst" },
        { "a second of 60", "18/05/2021 21:13:60", "DayFirst" },
        { "an hour of 13 with PM", "18/05/2021 13:00 PM", "DayFirst" },
        { "a word behind", "18/05/2021 21:13 x", "DayFirst" },
        { "letters at once behind the year", "18/05/2021x", "DayFirst" },
        { "an offset beyond 14 hours", "18/05/2021 21:13 +15:00", "DayFirst" },
        { "nothing says which is the day", "02/10/2026 08:01", "" },
        { "small letters for AM say nothing", "2/10/2026 8:01 am", "" },
        { "a zero before the second number alone speaks against en-US", "2/05/2026 8:01:05 AM", "" },
        { "a short year says nothing", "5/18/21 9:13 PM", "" },
        { "RFC 3339, an hour of 25", "2026-10-02T25:00:00Z", "" },
        { "RFC 3339, a minute of 60", "2026-10-02T08:60:00Z", "" },
        { "RFC 3339, a second of 61", "2026-10-02T08:01:61Z", "" },
        { "RFC 3339, a month of 0", "2026-00-02T08:01:05Z", "" },
        { "RFC 3339, a day of 0", "2026-10-00T08:01:05Z", "" },
        { "RFC 3339, no digit behind the point", "2026-10-02T08:01:05.Z", "" },
        { "RFC 3339, an offset of three digits", "2026-10-02T08:01:05+020", "" },
        { "RFC 3339, an offset with minutes of 60", "2026-10-02T08:01:05+02:60", "" },
        { "RFC 3339, an hour only", "2026-10-02T08", "" },
        { "RFC 3339, cut behind the minute's colon", "2026-10-02T08:01:", "" },
        { "RFC 3339, a second of one digit", "2026-10-02T08:01:5", "" },
        { "a zone that nobody knows", "02/10/2026 08:01 [Middle/Earth]", "DayFirst" },
        { "this computer's zone is not the export's", "02/10/2026 08:01 [Local]", "DayFirst" },
        { "an hour that there was not: clocks went forward (Madrid, 2026-03-29)", "29/03/2026 02:30 [Europe/Madrid]", "DayFirst" },
        { "an hour that there was twice: clocks went back (Madrid, 2026-10-25)", "25/10/2026 02:30 [Europe/Madrid]", "DayFirst" },
        { "a day of three digits", "018/05/2021", "DayFirst" },
        { "a month of three digits", "18/005/2021", "DayFirst" },
        { "a year of five digits", "18/05/02021", "DayFirst" },
        { "a day of three digits behind the year", "2021/05/018", "" },
        { "no number for the year", "18/05/x", "DayFirst" },
        { "an hour without minutes", "18/05/2021 21", "DayFirst" },
        { "no hour", "18/05/2021 x:13", "DayFirst" },
        { "a point without a fraction", "18/05/2021 21:13:33.", "DayFirst" },
        { "a letter for the colon", "18/05/2021 21x13", "DayFirst" },
        { "no hour before the colon", "18/05/2021 :13", "DayFirst" },
        { "a letter for AM", "18/05/2021 9:13 a", "DayFirst" },
        { "the very first day: never", "01/01/0001", "DayFirst" },
        { "the very first day in ISO 8601: never (FORMATS §0.4)", "0001-01-01T00:00:00Z", "" },
        { "a year after the last that is taken in", "18/05/9999", "DayFirst" },
        { "RFC 3339, a letter for a sign", "2026-10-02T08:01:05x02:00", "" },
        { "RFC 3339, letters in an offset", "2026-10-02T08:01:05+02:xx", "" },
        { "RFC 3339, letters in an offset without colon", "2026-10-02T08:01:05+02xx", "" },
        { "RFC 3339, letters for a day", "2026-10-xxT08:01:05Z", "" },
        { "RFC 3339, letters for a minute", "2026-10-02T08:xx:05Z", "" },
        { "another than the very format", "13/10/2026", "yyyy-dd-MM" },
        { "ISO 8601, where a format of another order was given", "2026-10-13", "yyyy-dd-MM" },
        { "a month in words that is none", "02 Okt 2026 08:01:05", "" },
        { "Windows PowerShell, the first millisecond of .NET: never", "/Date(-62135596799999)/", "" },
        { "the year 0", "0000-10-02T08:01:05Z", "" },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public void A_time_is_read_as_it_was_meant(string who, string text, string reading, string expected)
    {
        Assert.True(TimeText.TryParse(text, DateReading.Of(reading), out var ticks), who);
        Assert.Equal(DateTime.Parse(expected, CultureInfo.InvariantCulture).Ticks, ticks);
    }

    [Theory]
    [MemberData(nameof(NoTimes))]
    public void What_is_no_time_or_could_be_two_is_refused(string why, string text, string reading) =>
        Assert.False(TimeText.TryParse(text, DateReading.Of(reading), out _), why);

    /// <summary>Two spellings (ticks behind a second); whether they can mean one instant (FORMATS §0.4: shapes cut times).</summary>
    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1_234_567, 1_234_567, true)]
    [InlineData(1_234_567, 1_234_568, false)]
    [InlineData(1_234_567, 1_230_000, true)]
    [InlineData(1_234_567, 1_234_560, true)]
    [InlineData(1_234_567, 1_234_550, false)]
    [InlineData(1_234_567, 1_220_000, false)]
    [InlineData(1_234_567, 0, true)]
    [InlineData(9_999_999, 0, true)]
    [InlineData(10_000_000, 0, false)]
    [InlineData(10_000_000, 9_999_999, false)]
    [InlineData(1_230_000, 1_240_000, false)]
    [InlineData(1_230_000, 0, true)]
    [InlineData(20_000_000, 0, false)]
    public void Two_spellings_agree_when_the_finer_is_cut_to_the_coarser(long one, long other, bool expected)
    {
        var second = new DateTime(2026, 10, 2, 8, 1, 5).Ticks;
        Assert.Equal((expected, expected), (TimeText.Agree(second + one, second + other), TimeText.Agree(second + other, second + one)));
    }

    /// <summary>A text that is refused; the reading; whether the admin can answer it with -DateFormat.</summary>
    [Theory]
    [InlineData("02/10/2026", "", true)]
    [InlineData("02/10/2026 [Europe/Madrid]", "", true)]
    [InlineData("02/10/2026", "MonthFirst", false)]
    [InlineData("yesterday", "", false)]
    public void A_refusal_says_whether_an_order_would_help(string text, string reading, bool wouldHelp) =>
        Assert.Equal(wouldHelp, TimeText.Refuse(text, DateReading.Of(reading)) is AmbiguousTimeException);

    [Theory]
    [InlineData("yesterday", "", "its time is in no known spelling: \"yesterday\"")]
    [InlineData("18/05/x", "", "its time is in no known spelling: \"18/05/x\"")]
    [InlineData("18/05/202", "", "its time is in no known spelling: \"18/05/202\"")]
    [InlineData("18/05/2021x", "", "its time is in no known spelling: \"18/05/2021x\"")]
    [InlineData("02/10/2026", "", "its time does not say whether day or month comes first: \"02/10/2026\" (say it with -DateFormat)")]
    [InlineData("13/10/2026", "MonthFirst", "its time does not fit the dates of its source, which are read as MonthFirst: \"13/10/2026\"")]
    [InlineData("25/10/2026 02:30 [Europe/Madrid]", "DayFirst",
        "there is no one such time in the zone Europe/Madrid, where clocks were moved then: \"25/10/2026 02:30 [Europe/Madrid]\"")]
    [InlineData("02/10/2026 [Europe/Madrid]", "",
        "its time does not say whether day or month comes first: \"02/10/2026\" (say it with -DateFormat)")]
    public void It_is_said_why_a_text_is_no_time(string text, string reading, string words) =>
        Assert.Equal(words, TimeText.Explain(text, DateReading.Of(reading)));
}
