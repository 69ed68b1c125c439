using System.Globalization;
using EntraAuditTools.Core.Formats.Dates;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Formats.Dates;

/// <summary>Numbers that stand for times, by their size.</summary>
public sealed class NumberTimeTests
{
    [Theory]
    [InlineData("46297.33409", "2026-10-02T08:01:05.0000000")] // Excel, as a cell shows it (issue 11, case 05)
    [InlineData("46297.3340856481", "2026-10-02T08:01:05.0000000")] // Excel, all digits
    [InlineData("46297.33408709", "2026-10-02T08:01:05.1250000")] // with milliseconds
    [InlineData("46297,33409", "2026-10-02T08:01:05.0000000")] // Excel of a country with a decimal comma
    [InlineData("46297", "2026-10-02T00:00:00.0000000")]
    [InlineData("46297.5", "2026-10-02T12:00:00.0000000")]
    [InlineData("1790928065", "2026-10-02T08:01:05.0000000")] // Unix seconds
    [InlineData("1790928065.25", "2026-10-02T08:01:05.2500000")]
    [InlineData("1.790928065E9", "2026-10-02T08:01:05.0000000")]
    [InlineData("1790928065123", "2026-10-02T08:01:05.1230000")] // milliseconds
    [InlineData("1790928065123456", "2026-10-02T08:01:05.1234560")] // microseconds
    [InlineData("1790928065123456789", "2026-10-02T08:01:05.1234567")] // nanoseconds
    [InlineData("639265248651234567", "2026-10-02T08:01:05.1234567")] // .NET ticks
    [InlineData("134354016651234567", "2026-10-02T08:01:05.1234567")] // FILETIME
    [InlineData("20261002080105", "2026-10-02T08:01:05.0000000")]
    [InlineData("20261002", "2026-10-02T00:00:00.0000000")]
    [InlineData("20261002.0", "2026-10-02T00:00:00.0000000")] // pandas, of a column with blanks
    [InlineData("46297.334085648100000000000000", "2026-10-02T08:01:05.0000000")]
    // The first and the last of each: from 2000 up to 2100.
    [InlineData("36526", "2000-01-01T00:00:00.0000000")]
    [InlineData("73050.99999", "2099-12-31T23:59:59.0000000")]
    [InlineData("946684800", "2000-01-01T00:00:00.0000000")]
    [InlineData("4102444799", "2099-12-31T23:59:59.0000000")]
    [InlineData("946684800000", "2000-01-01T00:00:00.0000000")]
    [InlineData("4102444799999", "2099-12-31T23:59:59.9990000")]
    [InlineData("946684800000000", "2000-01-01T00:00:00.0000000")]
    [InlineData("946684800000000000", "2000-01-01T00:00:00.0000000")]
    [InlineData("125911584000000000", "2000-01-01T00:00:00.0000000")]
    [InlineData("630822816000000000", "2000-01-01T00:00:00.0000000")]
    [InlineData("662380415999999999", "2099-12-31T23:59:59.9999999")]
    [InlineData("20000101", "2000-01-01T00:00:00.0000000")]
    [InlineData("20991231235959", "2099-12-31T23:59:59.0000000")]
    public void A_number_is_recognised_by_its_size(string text, string expected)
    {
        Assert.True(TimeText.TryParse(text, out var ticks));
        Assert.Equal(expected, new DateTime(ticks).ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("12345")]
    [InlineData("99999")]
    [InlineData("46297000")]
    [InlineData("86400000")]
    [InlineData("-46297")]
    [InlineData("17909280651")]
    [InlineData("1790928065123456789012")]
    [InlineData("1,790,928,065")]
    [InlineData("36525")]
    [InlineData("36525.99999")]
    [InlineData("73051")]
    [InlineData("946684799")]
    [InlineData("4102444800")]
    [InlineData("946684799999")]
    [InlineData("4102444800000")]
    [InlineData("662380416000000000")]
    [InlineData("19991231")]
    [InlineData("21000101")]
    [InlineData("21000101000000")]
    [InlineData("20261301")]
    [InlineData("20261002.5")]
    [InlineData("202610020801")]
    [InlineData("4629,733409")]
    [InlineData("46297,334,09")]
    [InlineData("46297.3340856481000000000000000")]
    [InlineData("1790928065,25")] // a decimal comma is Excel's only
    [InlineData("462973,3409")]
    public void A_number_that_fits_nothing_is_no_time(string text) => Assert.False(TimeText.TryParse(text, out _));

    [Fact]
    public void A_number_that_fits_nothing_is_rejected_with_its_reason()
    {
        using var mirror = new TestMirror();
        var result = mirror.ImportText(PortalRows.Csv(["46297.33409", "297.33"]), "log.csv");
        Assert.Equal((1L, 1L), (result.Added, result.Rejected));
        Assert.Contains("297.33", Assert.Single(mirror.Rejected()).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1790928065")]
    [InlineData("1790928065000")]
    [InlineData("46297.33409")]
    public void Numbers_of_JSON_are_read_alike(string number)
    {
        using var mirror = new TestMirror();
        mirror.ImportText(Records.Graph("Directory_a_1").Replace("\"2026-10-01T08:00:00.1234567Z\"", number, StringComparison.Ordinal));
        Assert.Equal(new DateTimeOffset(2026, 10, 2, 8, 1, 5, TimeSpan.Zero), Assert.Single(mirror.Activities()).Time);
    }
}
