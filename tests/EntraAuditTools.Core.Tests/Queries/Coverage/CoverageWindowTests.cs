using System.Globalization;
using EntraAuditTools.Core.Queries.Coverage;

namespace EntraAuditTools.Core.Tests.Queries.Coverage;

/// <summary>
/// The danger: a day that is missing is not listed, so that nobody misses it. Which days are, says <see cref="CoverageQuery.Run"/>; in the
/// table times are days of October 2026, so that 3.5 is noon of the 3rd.
/// </summary>
public sealed class CoverageWindowTests
{
    private static readonly DateTime Start = new(2026, 9, 30);

    /// <summary>
    /// Why; asked after and before; what the log covers, its first and last time; the present; the days that are listed.
    /// </summary>
    public static TheoryData<string, string, string, string, string, string> Windows => new()
    {
        { "nothing asked, only observed: from its first record to its last", "- -", "-", "3.5 5.5", "20.5", "3-5" },
        { "nothing asked, once covered: up to now", "- -", "3-4", "3 5.5", "20.5", "3-20" },
        { "nothing asked, nothing known", "- -", "-", "- -", "20.5", "" },
        { "asked after: from then up to now, whatever is known", "7.5 -", "-", "3.5 5.5", "20.5", "7-20" },
        { "asked after the last day: now is the last", "25 -", "-", "3.5 5.5", "20.5", "" },
        { "asked before: from the first that is known", "- 9", "-", "3.5 5.5", "20.5", "3-8" },
        { "asked before the middle of a day: that day too", "- 9.5", "-", "3.5 5.5", "20.5", "3-9" },
        { "asked before what is to come: up to now", "- 30", "-", "3.5 5.5", "20.5", "3-20" },
        { "asked for some days", "7 9", "-", "3.5 5.5", "20.5", "7-8" },
        { "asked for one day", "7 8", "-", "3.5 5.5", "20.5", "7-7" },
        { "asked for nothing", "8 8", "-", "3.5 5.5", "20.5", "" },
        { "asked for days of which nothing is known", "7 9", "-", "- -", "20.5", "7-8" },
        { "records of days to come (a clock that is wrong) are listed", "- -", "-", "3.5 25.5", "20.5", "3-25" },
        { "records of days to come, asked for", "19 -", "-", "3.5 25.5", "20.5", "19-25" },
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public void Days_are_listed(string why, string asked, string covered, string known, string now, string expected)
    {
        var (after, before) = Pair(asked);
        var (first, last) = Pair(known);
        var spans = new TimeSpans(covered == "-" ? [] : [new(Ticks(covered.Split('-')[0])!.Value, Ticks(covered.Split('-')[1])!.Value)]);
        var log = new CoverageLog(null, [], spans, new SortedDictionary<long, DayRecords>(), first, last);
        var window = new CoverageWindow(after, before, Ticks(now)!.Value, 0);
        var (from, to) = window.Days(log);
        Assert.True(expected == (from > to ? string.Empty : $"{Day(from)}-{Day(to)}"), $"{why}: {Day(from)}-{Day(to)}");
        Assert.Equal(asked != "- -", window.IsGiven);
    }

    private static (long?, long?) Pair(string text) => text.Split(' ') is [var one, var other] ? (Ticks(one), Ticks(other)) : default;

    private static long? Ticks(string day) => day == "-" ? null : Start.AddDays(double.Parse(day, CultureInfo.InvariantCulture)).Ticks;

    private static long Day(long number) => number - (Start.Ticks / TimeSpan.TicksPerDay);
}
