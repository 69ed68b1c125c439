using System.Globalization;
using EntraAuditTools.Core.Queries.Times;

namespace EntraAuditTools.Core.Tests.Queries;

/// <summary>Times and spans as people type them, under whatever culture.</summary>
public sealed class TimeInputTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("90m", "2026-03-31T10:30:00Z")]
    [InlineData("24h", "2026-03-30T12:00:00Z")]
    [InlineData("7d", "2026-03-24T12:00:00Z")]
    [InlineData("2W", "2026-03-17T12:00:00Z")]
    [InlineData("1month", "2026-02-28T12:00:00Z")]
    [InlineData("1y", "2025-03-31T12:00:00Z")]
    [InlineData("2h30m", "2026-03-31T09:30:00Z")]
    [InlineData("1.5h", "2026-03-31T10:30:00Z")]
    [InlineData("01:30:00", "2026-03-31T10:30:00Z")]
    public void Span_counts_back_from_the_end(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), RelativeTime.Before(text, Now));

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("d")]
    [InlineData("7 parsecs")]
    [InlineData("-7d")]
    [InlineData("9999999y")]
    [InlineData("99999999999999999999d")]
    public void What_is_no_span_is_refused(string text) => Assert.Null(RelativeTime.Before(text, Now));

    [Theory]
    [InlineData("2026-11-01T14:30Z")]
    [InlineData("2026-11-01T15:30+01:00")]
    [InlineData("2026-11-01 14:30:00Z")]
    [InlineData("2026-11-01T14:30:00.0000000Z")]
    public void Time_with_a_zone_is_exact(string text) => Assert.Equal(new DateTimeOffset(2026, 11, 1, 14, 30, 0, TimeSpan.Zero), TimeInput.Parse(text, Now));

    [Theory]
    [InlineData("en-US")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void Iso_date_is_local_midnight_under_every_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            Assert.Equal(new DateTimeOffset(new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Local)), TimeInput.Parse("2026-11-01", Now));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Words_mean_local_days()
    {
        Assert.Equal(Now, TimeInput.Parse("now", Now));
        Assert.Equal(new DateTimeOffset(Now.LocalDateTime.Date), TimeInput.Parse("Today", Now));
        Assert.Equal(new DateTimeOffset(Now.LocalDateTime.Date.AddDays(-1)), TimeInput.Parse("yesterday", Now));
    }

    [Theory]
    [InlineData("en-US", "01/11/2026", "11 January 2026 (month first, as the culture en-US has it). For 1 November give 2026-11-01.")]
    [InlineData("en-GB", "01/11/2026", "1 November 2026 (day first, as the culture en-GB has it). For 11 January give 2026-01-11.")]
    [InlineData("", "1/11/26 14:30", "11 January 2026 (month first, as the culture invariant has it). For 1 November give 2026-11-01.")]
    [InlineData("en-US", "01.11.2026", "11 January 2026 (month first, as the culture en-US has it). For 1 November give 2026-11-01.")]
    [InlineData("en-US", "1-11-2026", "11 January 2026 (month first, as the culture en-US has it). For 1 November give 2026-11-01.")]
    // One reading only: the country's own dots, the same number twice, no month of that number, the year first, a span, a word.
    [InlineData("de-DE", "01.11.2026", null)]
    [InlineData("en-US", "11/11/2026", null)]
    [InlineData("en-US", "11/30/2026", null)]
    [InlineData("en-GB", "30/11/2026", null)]
    [InlineData("en-US", "2026-01-11", null)]
    [InlineData("en-US", "2026/01/11", null)]
    [InlineData("en-US", "7d", null)]
    [InlineData("en-US", "10:11:12", null)]
    [InlineData("en-US", "yesterday", null)]
    [InlineData("en-US", "99/99/2026", null)]
    public void A_date_that_others_read_otherwise_says_how_it_was_read(string culture, string text, string? expected)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal(expected is null ? null : $"'{text}' was read as {expected}", TimeInput.Reading(text, Now));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("2026")]
    [InlineData("11.1")]
    [InlineData("soon")]
    [InlineData("2026-13-01")]
    public void What_is_no_time_is_refused(string text) => Assert.Null(TimeInput.Parse(text, Now));
}
