using System.Globalization;
using System.Text;
using EntraAuditTools.Core.Importing.Records;
using EntraAuditTools.Core.Mirror.Reading;
using EntraAuditTools.Core.Tests.Importing;

namespace EntraAuditTools.Core.Tests.Formats.Dates;

/// <summary>
/// The first date of which day and month must be told apart stands behind what is looked at first: downloads that were joined, of which one
/// had been saved by a spreadsheet.
/// </summary>
public sealed class LateDateTests
{
    private const int Certain = 3_000;

    public static TheoryData<string, string> Shapes => new()
    {
        { "csv", "AuditLogs.csv" },
        { "json", "AuditLogs.json" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_part_above_12_anywhere_decides(string shape, string name)
    {
        using var mirror = new TestMirror();
        var result = Assert.Single(mirror.Import(mirror.Write(name, Bytes(shape, "02/10/2026 08:01", "05/11/2026 09:03", "13/10/2026 08:02"))));
        Assert.Empty(mirror.Errors);
        Assert.Equal((Certain + 3, 0, "Imported"), (result.Added, result.Rejected, result.Status));
        Assert.Equal(["2026-10-02T08:01", "2026-10-13T08:02", "2026-11-05T09:03"], Times(mirror).Where(time => time[..4] == "2026"));
        Assert.Contains("day first", Assert.Single(result.Notes), StringComparison.Ordinal);

        // What it was read with is remembered, so that it is read so again.
        using var reader = MirrorReader.Open(mirror.Path);
        var options = reader.Query("SELECT options, header FROM import", row => (row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1))).Single();
        Assert.Contains("\"DateFormat\":\"DayFirst\"", options.Item1, StringComparison.Ordinal);
        Assert.Equal(shape == "csv", options.Item2?.Contains("Date (UTC)", StringComparison.Ordinal) == true);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Where_nothing_decides_those_dates_are_refused_with_the_question(string shape, string name)
    {
        using var mirror = new TestMirror();
        var file = mirror.Write(name, Bytes(shape, "02/10/2026 08:01"));
        var result = Assert.Single(mirror.Import(file));
        Assert.Equal((Certain, 1, "Partial"), (result.Added, result.Rejected, result.Status));
        Assert.Contains("say it with -DateFormat", Assert.Single(mirror.Rejected()).Reason, StringComparison.Ordinal);

        // And read again once it is said.
        result = Assert.Single(mirror.Import(new ImportOptions { MirrorPath = mirror.Path, DateFormat = "DayFirst" }, file));
        Assert.Equal((1, Certain, 0), (result.Added, result.Unchanged, result.Rejected));
        Assert.Equal("2026-10-02T08:01", Times(mirror).Single(time => time[..4] == "2026"));
    }

    private static byte[] Bytes(string shape, params string[] late)
    {
        var dates = Enumerable.Range(0, Certain).Select(i => new DateTime(2025, 1, 1).AddMinutes(i).ToString("s", CultureInfo.InvariantCulture)).Concat(late);
        var text = shape == "csv" ? PortalRows.Csv(dates) : PortalRows.Json(dates);
        Assert.True(text.Length > 2 * 64 * 1024);
        return Encoding.UTF8.GetBytes(text);
    }

    private static IEnumerable<string> Times(TestMirror mirror) =>
        mirror.Activities().Select(a => a.Time.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)).Order();
}
