using EntraAuditTools.Core.Formats.Dates;

namespace EntraAuditTools.Core.Tests.Formats.Dates;

/// <summary>
/// The danger: rows that stand in order by chance decide how dates are read. Source: docs/decisions/day-or-month-first.md; a column that is
/// in order under one reading only proves it from eight steps on, or from fewer where the other reading scatters them.
/// </summary>
public sealed class OrderTrackTests
{
    /// <summary>The times; whether they stand in order; how many steps; from the first to the last.</summary>
    [Theory]
    [InlineData("", true, 0, 0)]
    [InlineData("5", true, 1, 0)]
    [InlineData("5 5 5", true, 1, 0)]
    [InlineData("1 2 3", true, 3, 2)]
    [InlineData("3 2 1", true, 3, 2)]
    [InlineData("1 1 2 2 3", true, 3, 2)]
    [InlineData("1 3 2", false, 3, 2)]
    [InlineData("3 1 2", false, 3, 2)]
    [InlineData("5 1 9", false, 3, 8)]
    public void Times_stand_in_order_up_or_down(string times, bool isInOrder, int steps, long span)
    {
        var track = Track(times);
        Assert.Equal((isInOrder, steps, span), (track.IsInOrder, track.Steps, track.Span));
    }

    /// <summary>The times; the span under the other reading; whether their order proves something.</summary>
    [Theory]
    [InlineData("1 2 3 4 5 6 7 8", 1, true)]
    [InlineData("8 7 6 5 4 3 2 1", 1, true)]
    [InlineData("1 2 3 4 5 6 7", 1, false)]
    [InlineData("1 2 3 4", 6, true)]
    [InlineData("1 2 3 4", 5, false)]
    [InlineData("1 2 3", 8, true)]
    [InlineData("1 2 3", 7, false)]
    [InlineData("1 2", 1_000, false)]
    [InlineData("1 2 3 4 5 6 7 9 8", 1_000, false)]
    public void Few_steps_prove_only_what_lies_close_together(string times, long other, bool proves) =>
        Assert.Equal(proves, Track(times).Proves(other));

    private static OrderTrack Track(string times)
    {
        var track = new OrderTrack();
        foreach (var time in times.Split(' ', StringSplitOptions.RemoveEmptyEntries)) track.Add(time[0] - '0');
        return track;
    }
}
