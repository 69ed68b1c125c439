using System.Text;
using EntraAuditTools.Core.Formats.Dates;

namespace EntraAuditTools.Core.Tests.Formats;

/// <summary>The spellings of FORMATS §0.4.</summary>
public sealed class TimeTextTests
{
    [Theory]
    [InlineData("2026-07-18T10:55:48.8287460Z", "2026-07-18T10:55:48.8287460")]
    [InlineData("2026-07-18T10:55:48.828746+00:00", "2026-07-18T10:55:48.8287460")]
    [InlineData("2026-07-18T12:55:48+02:00", "2026-07-18T10:55:48.0000000")]
    [InlineData("2026-07-18T10:55:48", "2026-07-18T10:55:48.0000000")]
    [InlineData("2024-09-23 14:33:09.049661100", "2024-09-23T14:33:09.0496611")]
    [InlineData("2024-09-23 14:33:09 +0000", "2024-09-23T14:33:09.0000000")]
    [InlineData("1/9/2007 9:41:00 AM", "2007-01-09T09:41:00.0000000")]
    [InlineData("5/18/2021 9:13:33 PM", "2021-05-18T21:13:33.0000000")]
    [InlineData("/Date(1700000000123)/", "2023-11-14T22:13:20.1230000")]
    [InlineData("1700000000", "2023-11-14T22:13:20.0000000")]
    [InlineData("1700000000123", "2023-11-14T22:13:20.1230000")]
    [InlineData("2026-07-18", "2026-07-18T00:00:00.0000000")]
    public void Spellings_are_read(string text, string expected)
    {
        Assert.True(TimeText.TryParse(text, out var ticks));
        Assert.Equal(expected, new DateTime(ticks).ToString("yyyy-MM-ddTHH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("18/05/2021 21:13:33")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-02-30T00:00:00Z")]
    [InlineData("2026-07-18T10:55:48.Z")]
    [InlineData("2026-07-18T10:55:48+99:00")]
    public void Others_are_refused(string text) => Assert.False(TimeText.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
