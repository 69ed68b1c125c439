using System.Globalization;
using EntraAuditTools.Core.Queries.Coverage;

namespace EntraAuditTools.Core.Tests.Queries.Coverage;

/// <summary>
/// The danger: a gap of a tick is closed, or a covered time is called a gap, at the edges of spans. Spans are [from, to): "its end
/// excluded". In the tables a span is 3-5, spans are separated by blanks.
/// </summary>
public sealed class TimeSpansTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("3-5", "3-5")]
    [InlineData("3-5 7-9", "3-5 7-9")]
    [InlineData("7-9 3-5", "3-5 7-9")]
    [InlineData("3-5 5-7", "3-7")]
    [InlineData("3-5 4-7", "3-7")]
    [InlineData("3-9 4-5", "3-9")]
    [InlineData("3-5 3-5", "3-5")]
    [InlineData("3-5 3-9", "3-9")]
    [InlineData("3-5 6-7", "3-5 6-7")]
    [InlineData("1-2 3-4 2-3", "1-4")]
    [InlineData("5-5", "")]
    [InlineData("5-3", "")]
    [InlineData("3-5 5-5 5-2", "3-5")]
    public void Spans_that_meet_are_one(string spans, string expected) => Assert.Equal(expected, Show(Of(spans).Spans));

    /// <summary>What is covered; the time asked for; how much of it is; what is missing.</summary>
    [Theory]
    [InlineData("", "2-8", 0, "2-8")]
    [InlineData("2-8", "2-8", 6, "")]
    [InlineData("1-9", "2-8", 6, "")]
    [InlineData("3-5", "2-8", 2, "2-3 5-8")]
    [InlineData("2-5", "2-8", 3, "5-8")]
    [InlineData("5-8", "2-8", 3, "2-5")]
    [InlineData("3-4 6-7", "2-8", 2, "2-3 4-6 7-8")]
    [InlineData("0-3 7-9", "2-8", 2, "3-7")]
    [InlineData("0-2 8-9", "2-8", 0, "2-8")]
    [InlineData("0-1 9-10", "2-8", 0, "2-8")]
    [InlineData("0-1 3-4 9-10", "2-8", 1, "2-3 4-8")]
    [InlineData("1-9", "5-5", 0, "")]
    [InlineData("1-9", "5-3", 0, "")]
    public void Of_a_time_the_rest_is_missing(string covered, string asked, long length, string missing)
    {
        var spans = Of(covered);
        var span = Of1(asked);
        Assert.Equal(length, spans.CoveredOf(span));
        Assert.Equal(missing, Show(spans.MissingOf(span)));
    }

    [Fact]
    public void What_is_covered_and_what_is_missing_make_the_whole_for_any_spans()
    {
        var random = new Random(24);
        for (var round = 0; round < 5_000; round++)
        {
            TicksSpan Any() => new(random.Next(20), random.Next(20));
            var given = Enumerable.Range(0, random.Next(6)).Select(_ => Any()).ToList();
            var spans = new TimeSpans(given);
            var asked = Any();
            var isCovered = Enumerable.Range(0, 20).Select(tick => given.Exists(span => span.From <= tick && tick < span.To)).ToArray();
            var ticks = Enumerable.Range(0, 20).Where(tick => asked.From <= tick && tick < asked.To).ToList();
            Assert.Equal(ticks.Count(tick => isCovered[tick]), spans.CoveredOf(asked));
            Assert.Equal(ticks.Where(tick => !isCovered[tick]),
                spans.MissingOf(asked).SelectMany(span => Enumerable.Range((int)span.From, (int)span.Length)));
            // In order, apart, and none empty.
            Assert.All(spans.Spans, span => Assert.True(span.From < span.To));
            Assert.All(spans.Spans.Zip(spans.Spans.Skip(1)), pair => Assert.True(pair.First.To < pair.Second.From));
        }
    }

    [Theory]
    [InlineData("2-8", "4-6", "4-6")]
    [InlineData("2-8", "6-9", "6-8")]
    [InlineData("2-8", "0-4", "2-4")]
    [InlineData("2-8", "8-9", "8-8")]
    public void The_part_of_two_is_in_both(string one, string other, string expected)
    {
        Assert.Equal(expected, Show([Of1(one).Intersect(Of1(other))]));
        Assert.Equal(expected, Show([Of1(other).Intersect(Of1(one))]));
    }

    [Fact]
    public void Spans_that_are_apart_have_no_part_of_both() => Assert.Equal(0, Of1("2-4").Intersect(Of1("6-9")).Length);

    private static TimeSpans Of(string spans) => new(spans.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Of1));

    private static TicksSpan Of1(string span) => span.Split('-') is [var from, var to] ? new(Number(from), Number(to)) : default;

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string Show(IEnumerable<TicksSpan> spans) => string.Join(' ', spans.Select(span => $"{span.From}-{span.To}"));
}
